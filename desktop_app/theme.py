"""Light and dark: one set of named colours each, one style sheet for both."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from engine.paths import ASSETS

ThemeChoice = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by their use, as `#rrggbb`. Text on its ground has a contrast of at least 4.5."""

    name: str
    window: str
    card: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_text: str
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
    text="#16202c",
    quiet="#56616f",
    accent="#0b62c4",
    accent_text="#ffffff",
    track="#e4e9f0",
    warning="#fff0c9",
    warning_text="#4f3a00",
    x_axis="#b3261e",
    y_axis="#1a7037",
    z_axis="#0b62c4",
)

DARK = Theme(
    name="dark",
    window="#12171e",
    card="#1b222c",
    line="#333d4a",
    text="#eef2f7",
    quiet="#a5b1c0",
    accent="#6db3ff",
    accent_text="#08182b",
    track="#2a3441",
    warning="#43360c",
    warning_text="#ffe7a6",
    x_axis="#ff8a80",
    y_axis="#6fd58f",
    z_axis="#6db3ff",
)

_STYLE = Template(
    """
QMainWindow, QDialog, QWidget#page { background: $window; }
QWidget { color: $text; }
QFrame#card { background: $card; border: 1px solid $line; border-radius: 12px; }
QLabel#quiet { color: $quiet; }
QLabel#heading { color: $quiet; font-weight: 600; }
QLabel#small_heading { color: $text; font-size: 9pt; font-weight: 600; }
QLabel#small { color: $quiet; font-size: 9pt; }
QFrame#banner { background: $warning; border-radius: 10px; }
QFrame#banner QLabel { color: $warning_text; background: transparent; }
QPushButton, QComboBox, QToolButton {
    background: $card; border: 1px solid $line; border-radius: 8px; padding: 5px 12px;
    min-height: 22px;
}
QLineEdit {
    background: $card; border: 1px solid $line; border-radius: 8px; padding: 5px 8px;
    min-height: 22px;
}
QLineEdit:focus { border: 2px solid $accent; }
QPushButton:hover, QComboBox:hover, QToolButton:hover { border-color: $accent; }
QPushButton:focus, QComboBox:focus, QToolButton:focus, QListWidget:focus {
    border: 2px solid $accent;
}
QPushButton:default { background: $accent; color: $accent_text; border-color: $accent; }
QToolButton:checked { background: $track; border-color: $accent; font-weight: 600; }
QPushButton:disabled, QComboBox:disabled { color: $quiet; }
QComboBox { padding-right: 30px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $card; color: $text; selection-background-color: $accent;
    selection-color: $accent_text; border: 1px solid $line;
}
QListWidget { background: transparent; border: 1px solid transparent; }
QListWidget::item { padding: 3px 4px; }
QListWidget::item:selected { background: $accent; color: $accent_text; border-radius: 4px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $quiet; border-radius: 5px; min-height: 24px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }
QMenuBar, QMenu { background: $card; color: $text; }
QMenuBar::item:selected, QMenu::item:selected { background: $accent; color: $accent_text; }
QMenu::item:disabled { color: $quiet; }
QToolTip { background: $card; color: $text; border: 1px solid $line; }
QLabel#notice, QPushButton#notice {
    background: $track; border: 1px solid $line; border-radius: 8px; padding: 2px 10px;
    min-height: 18px;
}
QCheckBox:focus { border: 2px solid $accent; border-radius: 4px; }
"""
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
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.accent_text),
    ):
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    colours = {field: getattr(theme, field) for field in theme.__slots__}
    arrow = (ASSETS / "icons" / f"chevron_{theme.name}.svg").as_posix()
    application.setStyleSheet(_STYLE.substitute(colours, arrow=arrow))
