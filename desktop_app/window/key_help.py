"""Every key there is, in one table."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


class KeyHelp(QObject):
    """Keys of the window's actions, and those that lists and the teaching window have."""

    def table(self, actions: Iterable[QAction]) -> str:
        """As HTML."""
        rows = [
            (_keys(action), action.text().replace("&", "").rstrip("…"))
            for action in actions
            if action.shortcuts()
        ]
        rows += self._elsewhere()
        lines = (
            f"<tr><td><b>{escape(keys)}</b>&nbsp;&nbsp;</td><td>{escape(text)}</td></tr>"
            for keys, text in rows
        )
        return f"<table cellpadding='3'>{''.join(lines)}</table>"

    def _elsewhere(self) -> list[tuple[str, str]]:
        return [
            (_native("Tab"), self.tr("To the next button or list")),
            (_native("Alt"), self.tr("With an underlined letter: that menu, button or list")),
            (_native("Ctrl+A"), self.tr("In the list of signs: choose all")),
            (_native("End"), self.tr("In the list of signs: to the newest")),
            (_native("Return"), self.tr("While teaching: record, then keep the take")),
            (_native("Esc"), self.tr("While teaching: back, then close")),
        ]


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts())


def _native(keys: str) -> str:
    if keys == "Alt":
        return keys
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
