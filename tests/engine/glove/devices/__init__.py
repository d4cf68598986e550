"""Programs that play devices, each run as a second process, and what starts them."""
