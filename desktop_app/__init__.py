"""The window: pages, widgets, workers, settings, translations."""
