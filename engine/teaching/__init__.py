"""Taught signs: takes, the folder they are kept in, the file they travel in."""
