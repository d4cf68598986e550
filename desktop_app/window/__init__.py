"""What belongs to the window as a whole: its size, its keys, About, full screen, second copies."""
