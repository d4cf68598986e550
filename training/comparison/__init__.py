"""Ours and its baselines on the same data, the same split and the same epochs."""
