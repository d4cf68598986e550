"""The engine at work beside a window: capture here, inference next door, one state to look at."""
