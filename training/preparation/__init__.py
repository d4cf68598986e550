"""From recordings on disk to a compact cache that training reads in one go."""
