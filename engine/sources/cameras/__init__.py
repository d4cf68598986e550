"""Webcams: which there are, how they are opened, how large and which way up they see."""
