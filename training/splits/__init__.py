"""Splits into training, validation and test signers, and checks that they are disjoint."""
