"""Words and numbers in the window's language, and for screen readers."""
