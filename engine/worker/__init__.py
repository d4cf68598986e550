"""The process next door that owns the networks: the window's client, and the server."""
