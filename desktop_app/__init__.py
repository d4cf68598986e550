"""The window: pages, widgets, workers, settings, translations."""

from desktop_app.lasting_constants import make_constants_last

# Before anything of Qt runs.
make_constants_last()
