"""Live: the mirror, the sign, the likeliest signs, the traces."""
