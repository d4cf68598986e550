"""Outputs of networks on clips, and the figures computed from them."""
