"""Trained networks become a bundle: video, landmark and int8 networks."""
