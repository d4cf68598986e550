"""Menu entries of which one is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup


def choice_actions(
    parent: QObject, names: tuple[str, ...], work: Callable[[str], None]
) -> dict[str, QAction]:
    """One a name; `work(name)` is called when a person chooses it."""
    group = QActionGroup(parent)
    actions = {}
    for name in names:
        action = QAction(parent)
        action.setCheckable(True)
        action.triggered.connect(lambda _=False, name=name: work(name))
        group.addAction(action)
        actions[name] = action
    return actions
