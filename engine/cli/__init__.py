"""The engine without a window: `--headless`, its JSON lines, Ctrl+C."""
