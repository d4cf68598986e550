"""Mean motions of signs, and the network that simulates sensor samples from joints."""
