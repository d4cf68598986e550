"""The signs so far: shown, said, copied, cleared."""
