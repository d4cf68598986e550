"""The menu for how fast, on what, and at what cost signs are recognised."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.choices.choice_actions import choice_actions
from desktop_app.settings import Settings
from engine.live.power import BUDGET_CHOICES
from engine.runtime.backend import AUTOMATIC, EVERY

RUNTIMES = (AUTOMATIC, *map(str, EVERY))


class SpeedMenu(QMenu):
    """Two choices that are remembered: a budget, and what runs the networks."""

    budget_chosen = Signal(str)
    runtime_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.budgets = self._choices("budget", BUDGET_CHOICES, self.budget_chosen)
        self.addActions(list(self.budgets.values()))
        self.addSeparator()
        self.runtimes = self._choices("runtime", RUNTIMES, self.runtime_chosen)
        self.runtime_menu = self.addMenu("")
        self.runtime_menu.addActions(list(self.runtimes.values()))
        self.setToolTipsVisible(True)
        self.runtime_menu.setToolTipsVisible(True)
        self.retranslate()

    def _choices(
        self, key: str, names: tuple[str, ...], chosen: SignalInstance
    ) -> dict[str, QAction]:
        actions = choice_actions(self, names, lambda name: self._choose(key, name, chosen))
        actions[self._settings.choice(key, names)].setChecked(True)
        return actions

    def _choose(self, key: str, name: str, chosen: SignalInstance) -> None:
        self._settings.set(key, name)
        chosen.emit(name)

    def retranslate(self) -> None:
        self.setTitle(self.tr("Sp&eed"))
        for name, text, tip in (
            (
                "auto",
                self.tr("&Automatic"),
                self.tr("As fast as the computer can; half of that on the battery"),
            ),
            ("full", self.tr("As &fast as possible"), self.tr("The networks never rest")),
            ("balanced", self.tr("&Balanced"), self.tr("The networks rest half of the time")),
            (
                "saving",
                self.tr("&Saving"),
                self.tr("For a long day on the battery or in a booth: fewer answers, less heat"),
            ),
        ):
            self.budgets[name].setText(text)
            self.budgets[name].setToolTip(tip)
        self.runtime_menu.setTitle(self.tr("&Networks run with"))
        self.runtimes[AUTOMATIC].setText(self.tr("Whatever is fastest here"))
        for choice in EVERY:
            self.runtimes[str(choice)].setText(choice.title)
