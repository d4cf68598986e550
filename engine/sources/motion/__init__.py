"""Recorded motions of signs, and the figure that shows them."""
