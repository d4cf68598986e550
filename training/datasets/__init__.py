"""Clips in batches: joints with sensors, video, landmarks; augmented on the device that trains."""
