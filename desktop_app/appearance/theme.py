"""Light and dark: one set of named colours each, one style sheet for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.appearance.style_sheet import style_sheet

ThemeChoice = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by their use, as `#rrggbb`.

    Text on its ground has a contrast of at least 4.5; a control's `border`, its `fill` where it is
    on and the ring that says where the `focus` is stand out by at least 3 from what is beside them.
    `line` only adorns. The three axes differ for every kind of colour vision.
    """

    name: str
    window: str
    card: str
    line: str
    border: str
    text: str
    quiet: str
    accent: str
    accent_text: str
    fill: str
    fill_text: str
    focus: str
    track: str
    warning: str
    warning_text: str
    x_axis: str
    y_axis: str
    z_axis: str


LIGHT = Theme(
    name="light",
    window="#f2f4f7",
    card="#ffffff",
    line="#d5dae1",
    border="#78838f",
    text="#16202c",
    quiet="#56616f",
    accent="#0b62c4",
    accent_text="#ffffff",
    fill="#0b62c4",
    fill_text="#ffffff",
    focus="#05080d",
    track="#e4e9f0",
    warning="#fff0c9",
    warning_text="#4f3a00",
    x_axis="#b34700",
    y_axis="#0b62c4",
    z_axis="#16202c",
)

DARK = Theme(
    name="dark",
    window="#12171e",
    card="#1b222c",
    line="#333d4a",
    border="#748194",
    text="#eef2f7",
    quiet="#a5b1c0",
    accent="#6db3ff",
    accent_text="#08182b",
    fill="#4590e6",
    fill_text="#08182b",
    focus="#ffffff",
    track="#2a3441",
    warning="#43360c",
    warning_text="#ffe7a6",
    x_axis="#ffa24d",
    y_axis="#5aa5ff",
    z_axis="#eef2f7",
)


def choose_theme(choice: ThemeChoice) -> Theme:
    """The theme of this choice; 'system' follows the desktop."""
    if choice == "system":
        dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Palette and style sheet for the whole application."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.Base, theme.card),
        (roles.AlternateBase, theme.track),
        (roles.Button, theme.card),
        (roles.ToolTipBase, theme.card),
        (roles.WindowText, theme.text),
        (roles.Text, theme.text),
        (roles.ButtonText, theme.text),
        (roles.ToolTipText, theme.text),
        (roles.PlaceholderText, theme.quiet),
        (roles.Link, theme.accent),
        (roles.Highlight, theme.fill),
        (roles.HighlightedText, theme.fill_text),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.quiet))
    application.setPalette(palette)
    colours = {field: getattr(theme, field) for field in theme.__slots__}
    points = application.font().pointSizeF()
    application.setStyleSheet(style_sheet(theme.name, colours, points))
