"""What is connected, and what it sends."""
