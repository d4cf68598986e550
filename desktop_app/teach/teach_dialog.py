"""Teach a sign: name it, record some takes, keep the good ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.appearance.theme import Theme
from desktop_app.teach.exchange import TeachExchange
from desktop_app.teach.layout import TeachLayout, TeachPhase
from desktop_app.teach.questions import TeachQuestions
from desktop_app.teach.staging import Staging
from desktop_app.teach.take_player import TakePlayer
from desktop_app.teach.take_session import TakeSession
from desktop_app.teach.texts import TeachTexts
from desktop_app.teach.vocabulary_switch import VocabularySwitch
from desktop_app.texts.engine_texts import in_words
from engine.bundle import BundleCard, Sign
from engine.landmarks.recording import RecordingError, load_recording
from engine.live.live_state import LiveState
from engine.teaching.take_recorder import Fault, TakePicture, TakeRecorder
from engine.teaching.taught_store import (
    MOST_TAKES,
    TaughtSign,
    TaughtSignError,
    TaughtStore,
    same_name,
)

_LANDMARKS_OLD_S = 0.5
_NO_PICTURES = ("lost", "ended", "failed")


class TeachDialog(QDialog):
    """Shows `LiveState`s and works on `TaughtStore`; `changed`: what is on disk has changed.

    Pictures of takes live here and nowhere else: they go with the dialog, and with another sign.
    """

    changed = Signal()
    bundle_wanted = Signal(str)
    left_handed_changed = Signal(bool)

    def __init__(
        self, taught: TaughtStore, recorder: TakeRecorder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.taught = taught
        self.gloss = ""
        self._signs: tuple[TaughtSign, ...] = ()
        self._players: list[TakePlayer] = []
        self._pictures: dict[Path, tuple[TakePicture, ...]] = {}
        self._playing: int | None = None
        self._notice, self._name_is_at_fault = "", False
        self._ending = False
        self._card: BundleCard | None = None
        self._state = LiveState()
        self.texts, self._questions = TeachTexts(self), TeachQuestions(self)
        self.taking, self.parts = TakeSession(recorder, self), TeachLayout(self)
        self._staging = Staging(self)
        self.exchange = TeachExchange(taught, self._questions, self)
        self.switch = VocabularySwitch(self.parts.teachable, self)
        self._connect()
        self.retranslate()
        self.reload("")
        self.parts.name.setFocus()

    def _connect(self) -> None:
        parts, signs, exchange = self.parts, self.parts.signs, self.exchange
        self.taking.moved.connect(self._show_phase)
        self.taking.failed.connect(lambda fault: self._say(self.texts.fault(cast(Fault, fault))))
        parts.record.clicked.connect(self.record)
        parts.keep.clicked.connect(self.keep)
        parts.again.clicked.connect(self.record)
        parts.stop.clicked.connect(self.to_mirror)
        parts.close_button.clicked.connect(self.close)
        parts.rename.clicked.connect(self.rename)
        parts.name.textChanged.connect(self._name_changed)
        parts.name.textChanged.connect(self._forgive_name)
        self.switch.wanted.connect(self.bundle_wanted)
        self.switch.done.connect(parts.name.setFocus)
        parts.left_handed.toggled.connect(self.left_handed_changed)
        parts.banner.pressed.connect(self._discard_damaged)
        parts.strip.replay.connect(self.replay)
        parts.strip.delete.connect(self._ask_delete_take)
        signs.chosen.connect(self._choose_other)
        signs.delete_asked.connect(self._ask_delete)
        signs.import_asked.connect(exchange.ask_import)
        signs.export_one_asked.connect(lambda: exchange.ask_export([self.gloss]))
        signs.export_all_asked.connect(lambda: exchange.ask_export(None))
        exchange.said.connect(self._say)
        exchange.imported.connect(self._imported)
        exchange.failed.connect(self._tell)

    # -- which sign ------------------------------------------------------------------------------

    def reload(self, gloss: str) -> None:
        """Read the folder anew and choose `gloss`; '' is a new sign."""
        try:
            self._signs = self.taught.signs()
        except TaughtSignError as error:
            self._signs = ()
            self._tell(error)
        self.choose(gloss)

    def choose(self, gloss: str) -> None:
        """Show the sign of that name with its takes; '' is a new sign."""
        sign = next((s for s in self._signs if same_name(s.gloss, gloss)), None)
        takes = () if sign is None else sign.takes
        files = {take.file for take in takes}
        self._pictures = {file: p for file, p in self._pictures.items() if file in files}
        self.gloss = "" if sign is None else sign.gloss
        self._players = []
        for take in takes:
            try:
                recording = load_recording(take.file)
            except RecordingError:
                # Gone since the list was read; the next reading tells.
                continue
            self._players.append(TakePlayer(recording, self._pictures.get(take.file, ())))
        self.parts.signs.show_signs(self._signs, self.gloss)
        self.parts.strip.show_players(self._players)
        self.parts.name.setText(self._shown(self.gloss))
        self.to_mirror()

    def _choose_other(self, gloss: str) -> None:
        self._notice = ""
        self.choose(gloss)
        if not gloss:
            self.parts.name.setFocus()

    def rename(self) -> None:
        old, name = self.gloss, self._usable_name()
        if name:
            self._change(lambda: self.taught.rename(old, name), name)

    def delete_sign(self) -> None:
        self._change(lambda: self.taught.delete(self.gloss), "")

    def delete_take(self, index: int) -> None:
        self._change(lambda: self.taught.delete_take(self.gloss, index), self.gloss)

    def _discard_damaged(self) -> None:
        self._change(self.taught.discard_damaged, self.gloss)

    def _imported(self, gloss: str, text: str) -> None:
        self.reload(gloss)
        self.changed.emit()
        self._say(text)

    # -- one take --------------------------------------------------------------------------------

    def record(self) -> None:
        """Count down, then record; first of all a new sign needs a name that is free."""
        if self.taking.phase in ("counting", "recording") or not self._can_record():
            return
        if not self.gloss and not self._usable_name():
            self.parts.name.setFocus()
            return
        self._notice, self._playing = "", None
        self.taking.begin(self.parts.length.seconds)

    def keep(self) -> None:
        """Onto the disk at once; the sign can be used from its first take on."""
        player = self.taking.player
        gloss = self.gloss or self._usable_name()
        if player is None or not gloss:
            return
        left_handed = self.parts.left_handed.isChecked()
        try:
            sign = self.taught.add_take(gloss, player.recording, left_handed=left_handed)
        except TaughtSignError as error:
            # The take stays: whoever makes room on the disk can keep it yet.
            self._tell(error)
            return
        self._notice = ""
        self._pictures[sign.takes[-1].file] = player.pictures
        self.reload(sign.gloss)
        self.changed.emit()
        self.parts.record.setFocus()

    def replay(self, index: int) -> None:
        if self.taking.phase == "live" and index < len(self._players):
            self._playing = index
            self._show_phase()

    def to_mirror(self) -> None:
        """A take that was not kept is gone then."""
        self._playing = None
        self.taking.cancel()

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def phase(self) -> TeachPhase:
        return self.taking.phase if self._playing is None else "replay"

    def show_state(self, state: LiveState) -> None:
        """Bring the dialog up to date; called by the window's paint timer."""
        self._state = state
        if state.card is not None and state.card is not self._card:
            self._card = state.card
            self.parts.length.offer(state.card.clip.span_s)
            self._name_signs()
        if state.frame is not None:
            age_s = state.frame.t_s - state.landmarks_t_s
            fresh = state.landmarks if 0 <= age_s <= _LANDMARKS_OLD_S else None
            self.parts.stage.show_frame(state.frame, fresh)
        else:
            self.parts.stage.show_message(self.tr("No picture"))
        self.taking.follow()
        if self.taking.phase == "recording":
            self._show_stage()
        self.switch.show_state(state)
        self.parts.record.setEnabled(self._can_record())
        self._show_banner()

    def _can_record(self) -> bool:
        running = self._state.ready and self._state.source_state == "open"
        # Without a landmark stream nobody looks at fingers: such a take would be of no use.
        running = running and self._card is not None and self._card.teachable
        return running and len(self._players) < MOST_TAKES

    def _show_phase(self) -> None:
        self.parts.show_phase(self.phase, new=not self.gloss, takes=len(self._players))
        self.parts.strip.show_playing(self._playing)
        self._name_changed()
        self._show_stage()
        self._show_banner()

    def _show_stage(self) -> None:
        index = self._playing
        replay = None if index is None else (index, self._players[index])
        self._staging.show(self.parts.stage, self.taking, replay)

    def _show_banner(self) -> None:
        button = ""
        if self._notice:
            text = self._notice
        elif self.switch.text:
            text = self.switch.text
        elif self._state.source_state in _NO_PICTURES:
            text = self.tr("There are no pictures. Close this and choose another source.")
        elif not self._state.ready:
            text = self.tr("Still loading, one moment…")
        elif self.taught.problems:
            text = self.tr("Damaged takes were left out: %1")
            text = text.replace("%1", str(len(self.taught.problems)))
            button = self.tr("Remove them")
        elif self._card is not None and not self._card.teachable:
            # The list of those that can be taught stands there, and says so.
            text = ""
        else:
            named = self.parts.name.text()
            text = self.texts.likeness(self.gloss, self._state.taught, self._vocabulary)
            text = text or self.texts.own_version(named, self._vocabulary)
        self.parts.banner.show_text(text, button)

    def _say(self, text: str) -> None:
        self._notice, self._name_is_at_fault = text, False
        self._show_banner()

    def _tell(self, error: TaughtSignError) -> None:
        self._say(in_words(error.message))
        self._name_is_at_fault = error.reason in ("name", "taken")

    # -- names and small things ------------------------------------------------------------------

    @property
    def _vocabulary(self) -> tuple[Sign, ...]:
        return self._card.vocabulary if self._card else ()

    def _usable_name(self) -> str:
        """The name as it will be stored; '', and a sentence is shown, where it cannot be used."""
        name, fault = self.texts.name(
            self.parts.name.text(), self.gloss, self._signs, self._vocabulary
        )
        if fault:
            self._say(fault)
            self._name_is_at_fault = True
        return name

    def _forgive_name(self) -> None:
        """What was said of a name does not hold for the next one."""
        if self._name_is_at_fault:
            self._say("")

    def _shown(self, gloss: str) -> str:
        """The taught sign as people read it: in their own language where the vocabulary has it."""
        return self.parts.signs.texts.get(gloss, gloss)

    def _name_signs(self) -> None:
        """Anew, for another vocabulary; a name that is being typed stays."""
        signs = self.parts.signs
        signs.texts = {s.gloss: s.text(self.texts.language) for s in self._vocabulary}
        signs.show_signs(self._signs, self.gloss)
        if self.gloss:
            self.parts.name.setText(self._shown(self.gloss))

    def _name_changed(self) -> None:
        text = self.parts.name.text()
        self.parts.offer_rename(
            bool(self.gloss) and text.strip() not in ("", self._shown(self.gloss))
        )

    def _change(self, work: Callable[[], object], then: str) -> None:
        """Change what is on disk, tell when that fails, and choose the sign `then`."""
        self._notice = ""
        try:
            work()
        except TaughtSignError as error:
            self._tell(error)
            return
        self.reload(then)
        self.changed.emit()

    def _ask_delete(self) -> None:
        text = self.tr("Delete '%1' and all its takes?").replace("%1", self._shown(self.gloss))
        self._questions.confirm_delete(text, self.delete_sign)

    def _ask_delete_take(self, index: int) -> None:
        text = self.tr("Delete take %1?").replace("%1", str(index + 1))
        if len(self._players) == 1:
            text += " " + self.tr("It is the last one, so the sign is deleted too.")
        self._questions.confirm_delete(text, lambda: self.delete_take(index))

    # -- the dialog itself -----------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.parts.set_theme(theme)

    def set_language(self, language: str) -> None:
        """In which vocabularies and their signs are named."""
        self.texts.language = language
        self.parts.teachable.set_language(language)

    def set_left_handed(self, left_handed: bool) -> None:
        self.parts.left_handed.setChecked(left_handed)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Teach a sign"))
        self.parts.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def reject(self) -> None:
        """Esc: back to the mirror first, and only from there out of the dialog. A take that nobody
        has decided on is not thrown away without a question."""
        if self.phase == "live":
            self._forget()
            super().reject()
        elif self.phase == "review":
            self._questions.confirm_throwing_away(self.to_mirror)
        else:
            self.to_mirror()

    def end(self) -> None:
        """Close without a question: the window behind is closed."""
        self._ending = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.phase == "review" and not self._ending:
            event.ignore()
            self._questions.confirm_throwing_away(self._throw_away_and_close)
            return
        self._forget()
        super().closeEvent(event)

    def _throw_away_and_close(self) -> None:
        self.to_mirror()
        self.close()

    def _forget(self) -> None:
        """Pictures go with the dialog."""
        self._players, self._pictures = [], {}
        self.to_mirror()
