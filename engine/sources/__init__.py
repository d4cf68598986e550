"""Frames in: cameras, files, network streams, reference motions."""
