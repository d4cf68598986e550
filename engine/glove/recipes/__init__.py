"""Devices described as data."""
