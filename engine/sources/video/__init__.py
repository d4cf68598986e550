"""Video files, decoded in sequence and upright, by a clock that only grows."""
