"""The window: live, teach, what is chosen, widgets, settings, translations."""
