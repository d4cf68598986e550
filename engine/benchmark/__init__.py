"""How fast this very machine recognises: `main.py --benchmark`."""
