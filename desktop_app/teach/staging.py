"""What stands on the stage of the teaching dialog, from the countdown to the replay."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.teach.take_player import TakePlayer
from desktop_app.teach.take_session import TakeSession
from desktop_app.teach.take_stage import TakeStage


class Staging(QObject):
    """Knows the words for it, and nothing else."""

    def show(
        self, stage: TakeStage, taking: TakeSession, replay: tuple[int, TakePlayer] | None
    ) -> None:
        """`replay`: index and player of a kept take that is being looked at."""
        if taking.phase == "counting":
            stage.show_count(taking.count, self.tr("Get ready"))
        elif taking.phase == "recording":
            stage.show_progress(taking.progress, self.tr("Sign now"))
        elif taking.player is not None:
            stage.show_player(taking.player, self.tr("Is this take good?"))
        elif replay is not None:
            index, player = replay
            stage.show_player(player, self.tr("Take %1").replace("%1", str(index + 1)))
        else:
            stage.show_live()
