"""Stages of what is known by the sign encoder."""
