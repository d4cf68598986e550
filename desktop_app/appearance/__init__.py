"""Colours and the style of every control."""
