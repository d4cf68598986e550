"""How bytes, packets and channels come in: one file a transport."""
