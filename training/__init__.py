"""From recordings to bundles. Imports without Qt, MediaPipe or a screen."""
