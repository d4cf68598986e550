"""What is learnt in one go: clips of each side, and what the card will say of them."""
