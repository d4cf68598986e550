"""Between what a glove measured and what the camera saw: one offset, found by the movement."""
