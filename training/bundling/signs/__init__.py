"""The sign encoder's folder, and what bundles have of it."""
