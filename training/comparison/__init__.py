"""Ours and its rivals on the same data, the same split and the same epochs."""
