"""What keeps a sign from being named: light, distance, hands out of view, a second person."""
