"""How good something is: what the streams say of clips, and the figures made of it."""
