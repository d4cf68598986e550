"""What is trained for: a set, a split of its signers, a vocabulary, and what a card says of it."""
