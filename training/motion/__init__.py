"""Mean motions of signs, and the network that simulates sensors from motion."""
