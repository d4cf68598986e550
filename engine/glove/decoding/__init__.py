"""From what was sent to readings; no file here opens anything."""
