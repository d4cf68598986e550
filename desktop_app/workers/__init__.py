"""Work beside the window; no worker touches a widget."""
