"""Frames in, predictions out: the recognizer, and how what the streams say is decided."""
