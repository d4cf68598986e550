"""How every control looks, written once for both themes."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from engine.paths import ASSETS

# Rings are thicker than borders and take that from the padding, so that nothing moves with the
# focus. What is disabled comes last: neither hover nor default may make it look usable.
_STYLE = Template(
    """
QMainWindow, QDialog, QWidget#page { background: $window; }
QWidget { color: $text; }
QFrame#card { background: $card; border: 1px solid $line; border-radius: 12px; }
QLabel#quiet { color: $quiet; }
QLabel#instruction { font-size: ${large}pt; }
QPushButton#step { text-align: left; padding: 8px 12px; }
QPushButton#step:focus { padding: 7px 11px; }
QPushButton:checked { background: $fill; color: $fill_text; border-color: $fill; }
QLabel#heading { color: $quiet; font-weight: 600; }
QLabel#small_heading { color: $text; font-size: ${small}pt; font-weight: 600; }
QLabel#small { color: $quiet; font-size: ${small}pt; }
QLabel#notice, QPushButton#notice {
    background: $track; border: 1px solid $border; border-radius: 8px; padding: 2px 10px;
    min-height: 18px;
}
QPushButton#notice:focus { border: 2px solid $focus; padding: 1px 9px; }
QFrame#banner { background: $warning; border-radius: 10px; }
QFrame#banner QLabel { color: $warning_text; background: transparent; }

QPushButton, QComboBox, QToolButton {
    background: $card; border: 1px solid $border; border-radius: 8px; padding: 5px 12px;
    min-height: 22px;
}
QLineEdit, QAbstractSpinBox {
    background: $card; border: 1px solid $border; border-radius: 8px; padding: 5px 8px;
    min-height: 22px;
}
QPushButton:hover, QComboBox:hover, QToolButton:hover { border-color: $accent; }
QPushButton:default, QToolButton:checked {
    background: $fill; color: $fill_text; border-color: $fill;
}
QToolButton:checked { font-weight: 600; }
QPushButton:pressed, QToolButton:pressed { background: $track; color: $text; }
QPushButton:focus, QComboBox:focus, QToolButton:focus {
    border: 2px solid $focus; padding: 4px 11px;
}
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid $focus; padding: 4px 7px; }
QPushButton:disabled, QComboBox:disabled, QToolButton:disabled, QLineEdit:disabled,
QAbstractSpinBox:disabled, QPushButton:default:disabled, QToolButton:checked:disabled {
    background: $track; color: $quiet; border: 1px solid $border; padding: 5px 12px;
}
QLineEdit:disabled, QAbstractSpinBox:disabled { padding: 5px 8px; }
QToolButton#small_button { padding: 3px 8px; }
QToolButton#small_button:focus { padding: 2px 7px; }
QToolButton#disclosure {
    background: transparent; color: $quiet; border: 1px solid transparent; padding: 1px 6px;
    min-height: 16px; font-weight: 400;
}
QToolButton#disclosure:hover { border-color: $border; color: $text; }
QToolButton#disclosure:focus { border: 2px solid $focus; padding: 0 5px; }

QComboBox, QComboBox:focus, QComboBox:disabled { padding-right: 30px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow, QPushButton::menu-indicator, QToolButton::menu-indicator {
    image: url("$down"); width: 12px; height: 12px;
}
QPushButton::menu-indicator, QToolButton::menu-indicator {
    subcontrol-position: right center; subcontrol-origin: padding; right: 8px;
}
QToolButton#overflow { padding: 5px 10px; }
QToolButton#overflow:focus { padding: 4px 9px; }
QToolButton#overflow::menu-indicator { image: none; }
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    background: transparent; border: none; width: 22px; subcontrol-origin: border;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 10px; height: 10px; }
QComboBox QAbstractItemView {
    background: $card; color: $text; selection-background-color: $fill;
    selection-color: $fill_text; border: 1px solid $border;
}
QComboBox QAbstractItemView::item:disabled { color: $quiet; }

QListWidget { background: transparent; border: 2px solid transparent; }
QListWidget:focus { border: 2px solid $focus; border-radius: 4px; }
QListWidget::item { padding: 3px 4px; }
QListWidget::item:selected { background: $fill; color: $fill_text; border-radius: 4px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#scrolled { background: transparent; }
QScrollArea:focus { border: 2px solid $focus; border-radius: 4px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $quiet; border-radius: 5px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $card; color: $text; }
QMenuBar::item { background: transparent; padding: 4px 8px; }
QMenu { background: $card; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 30px 5px 28px; border-radius: 4px; }
QMenuBar::item:selected, QMenu::item:selected { background: $fill; color: $fill_text; }
QMenu::item:disabled { background: transparent; color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::right-arrow { image: url("$right"); width: 12px; height: 12px; right: 8px; }
QMenu::right-arrow:selected { image: url("$right_on_fill"); }
QMenu::indicator { width: 14px; height: 14px; left: 8px; }
QMenu::indicator:checked { image: url("$check"); }
QMenu::indicator:checked:selected { image: url("$check_on_fill"); }
QMenu::scroller { height: 16px; background: $track; }
QToolTip { background: $card; color: $text; border: 1px solid $border; }

QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 4px; padding: 1px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $quiet; }
QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $border; border-radius: 3px; background: $card;
}
QCheckBox::indicator:checked { image: url("$check_on_fill"); background: $fill; }
QProgressBar { background: $track; border: 1px solid $border; border-radius: 4px; }
QProgressBar::chunk { background: $fill; border-radius: 3px; }
"""
)
# Small letters and large ones, by the application's.
_SMALL, _LARGE = 0.9, 1.35
_ICONS = {
    "down": "chevron",
    "up": "chevron_up",
    "right": "chevron_right",
    "right_on_fill": "chevron_right_on_fill",
    "check": "check",
    "check_on_fill": "check_on_fill",
}


def style_sheet(theme: str, colours: Mapping[str, str], points: float) -> str:
    """The sheet for the theme of that name ('light', 'dark'); `colours` are its fields, `points`
    the size of the application's letters."""
    icons = {
        part: (ASSETS / "icons" / f"{icon}_{theme}.svg").as_posix() for part, icon in _ICONS.items()
    }
    return _STYLE.substitute(
        colours, **icons, small=f"{_SMALL * points:.1f}", large=f"{_LARGE * points:.1f}"
    )
