"""Live: the mirror, the sign, the bars, the transcript, the traces."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine_texts import in_words
from desktop_app.notes import Notes
from desktop_app.theme import LIGHT, Theme
from desktop_app.widgets.banner import Banner
from desktop_app.widgets.bundle_chooser import BundleChooser
from desktop_app.widgets.live_notes import LiveNotes
from desktop_app.widgets.mirror_view import MirrorView
from desktop_app.widgets.sign_card import SignCard
from desktop_app.widgets.skeleton_age import SkeletonAge
from desktop_app.widgets.source_chooser import SourceChooser
from desktop_app.widgets.status_strip import StatusStrip
from desktop_app.widgets.top_bars import TopBars
from desktop_app.widgets.trace_plots import TracePlots
from desktop_app.widgets.transcript_view import TranscriptView
from engine.bundle import BundleCard
from engine.live_state import LiveState
from engine.sources.camera_listing import CameraInfo

_STRIP_PERIOD_S = 0.25
_SIDE_WIDTH, _WIDEST_SIDE, _SIDE_SHARE = 348, 520, 0.27


class LivePage(QWidget):
    """Shows `LiveState`s; knows neither threads nor the engine."""

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.language = "en"
        self._theme: Theme = LIGHT
        self._shown_prediction = -1
        self._strip_shown_s = 0.0
        self._card: BundleCard | None = None
        self._traces_wanted = True
        self._texts: dict[str, str] = {}
        self.source_chooser, self.bundle_chooser = SourceChooser(self), BundleChooser(self)
        self.source_label, self.bundle_label = QLabel(self), QLabel(self)
        self.banner, self.mirror = Banner(self), MirrorView(self)
        self.traces, self.sign_card, self.bars = TracePlots(self), SignCard(self), TopBars(self)
        self.on_picture, self._skeleton_age = LiveNotes(self.mirror, self.traces), SkeletonAge()
        self.transcript, self.strip = TranscriptView(self), StatusStrip(self)
        self.bars_heading, self.transcript_heading = QLabel(self), QLabel(self)
        self.copy_button, self.clear_button = QPushButton(self), QPushButton(self)
        self.copy_button.clicked.connect(self.copy_signs)
        # A click leaves the lines chosen that it shall copy.
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.clicked.connect(self.clear_asked)
        self.switches: list[QToolButton] = []
        self._helpful: QComboBox | None = self.source_chooser
        self.notes = Notes()
        self._told, self._heard = "", set[str]()
        self._source: tuple[str, CameraInfo | None] | None = None
        self.banner.pressed.connect(self._help)
        for label, chooser in (
            (self.source_label, self.source_chooser),
            (self.bundle_label, self.bundle_chooser),
        ):
            label.setBuddy(chooser)
            # In a narrow window these give way, and no button's word is cut off.
            chooser.setMinimumWidth(150)
        for heading in (self.bars_heading, self.transcript_heading):
            heading.setObjectName("heading")
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        choosers = QHBoxLayout()
        choosers.setSpacing(8)
        for widget in (
            self.source_label,
            self.source_chooser,
            self.bundle_label,
            self.bundle_chooser,
        ):
            choosers.addWidget(widget)
        choosers.addStretch(1)
        self._switch_row = QHBoxLayout()
        self._switch_row.setSpacing(8)
        choosers.addLayout(self._switch_row)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.mirror, 1)
        left.addWidget(self.traces)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(_card(self.sign_card))
        right.addWidget(_card(self.bars_heading, self.bars))
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.clear_button)
        transcript = _card(self.transcript_heading, self.transcript, buttons)
        transcript.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        right.addWidget(transcript, 1)
        self._side = side = QWidget(self)
        side.setFixedWidth(_SIDE_WIDTH)
        right.setContentsMargins(0, 0, 0, 0)
        side.setLayout(right)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(left, 1)
        body.addWidget(side)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 10, 14, 8)
        page.setSpacing(10)
        page.addLayout(choosers)
        page.addWidget(self.banner)
        page.addLayout(body, 1)
        page.addWidget(self.strip)

    def add_button(self, action: QAction) -> None:
        """A button above the picture that does what this action does."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        self._switch_row.addWidget(button)

    def add_switches(self, actions: Sequence[QAction]) -> None:
        """Buttons above the picture that switch these actions on and off."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            self._switch_row.addWidget(button)
            self.switches.append(button)

    @property
    def theme(self) -> Theme:
        return self._theme

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Whoever has a large window stands further away from it.
        width = min(_WIDEST_SIDE, max(_SIDE_WIDTH, round(self.width() * _SIDE_SHARE)))
        self._side.setFixedWidth(width)
        self.sign_card.set_scale(width / _SIDE_WIDTH)
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.sign_card.theme = self.bars.theme = theme
        self.traces.set_theme(theme)
        self.sign_card.update()
        self.bars.update()

    def set_language(self, language: str) -> None:
        """Signs' display texts follow the window's language."""
        self.language = language
        self.retranslate()
        self._name_signs()

    def show_state(self, state: LiveState, longest_stall_ms: float) -> None:
        """Everything on the page from one snapshot."""
        if state.card is not self._card:
            self._card = state.card
            self.want_traces(self._traces_wanted)
            self._name_signs()
        self._show_source(state)
        self._show_picture(state)
        self._show_banner(state)
        self._show_prediction(state)
        self.on_picture.show_state(state, self._text)
        self._show_transcript(state)
        now = time.monotonic()
        if now - self._strip_shown_s >= _STRIP_PERIOD_S:
            # Figures that change faster than this cannot be read.
            self._strip_shown_s = now
            self.strip.show_state(state, longest_stall_ms)

    def _name_signs(self) -> None:
        """Texts of the signs, anew after another bundle or language; all is then shown again."""
        signs = self._card.vocabulary if self._card else ()
        self._texts = {sign.gloss: sign.text(self.language) for sign in signs}
        self.source_chooser.set_sign_texts(self._texts)
        self._shown_prediction = -1
        self.transcript.renew()

    def _show_transcript(self, state: LiveState) -> None:
        self.transcript.show_entries(
            state.transcript,
            lambda entry: (self._text(entry.sign), _clock(entry.t_s)),
        )

    def _show_source(self, state: LiveState) -> None:
        """The list follows the engine, but not back to what a person has just left."""
        source = state.source_spec, state.camera
        if source != self._source and state.source_spec:
            self._source = source
            self.source_chooser.set_source(state.source_spec, state.camera)

    def copy_signs(self) -> None:
        """Those chosen in the list, when that is where the keyboard is; else all."""
        there = self.transcript.hasFocus() or self.copy_button.hasFocus()
        self.transcript.copy(chosen=there)

    def _show_picture(self, state: LiveState) -> None:
        if state.frame is not None:
            young = self._skeleton_age.may_show(state.frame.t_s, state.landmarks_t_s)
            fresh = state.landmarks if young else None
            self.mirror.show_frame(state.frame, fresh)
        elif state.source_state == "failed":
            self.mirror.show_message(self.tr("No picture. Choose another source above."))
        else:
            self.mirror.show_message(self.tr("Opening the source…"))

    def _show_banner(self, state: LiveState) -> None:
        choose = self.tr("Choose another source…")
        self._helpful, self._told = self.source_chooser, ""
        if state.bundle_error:
            self._helpful = self.bundle_chooser
            text = self.tr("This vocabulary cannot be used.") + " " + in_words(state.bundle_error)
            self.banner.show_text(text, self.tr("Choose another vocabulary…"))
        elif state.restarting:
            self.banner.show_text(in_words(state.restarting), "")
        elif state.source_state == "failed":
            text = self.tr("This source cannot be used.") + " " + in_words(state.source_message)
            self.banner.show_text(text, choose)
        elif state.source_state == "lost":
            stopped = self.tr("The source stopped: %1.").replace("%1", state.source_name)
            text = (in_words(state.source_message) or stopped) + " " + self.tr("Trying again…")
            self.banner.show_text(text, choose)
        elif state.source_state == "ended":
            self.banner.show_text(self.tr("The video has ended."), choose)
        elif state.sight_error:
            text = self.tr("This source cannot be used.") + " " + in_words(state.sight_error)
            self.banner.show_text(text, choose)
        elif (note := self.notes.first) is not None:
            self._helpful = None
            self.banner.show_text(note.text(), note.button())
        elif state.no_camera:
            self.banner.show_text(self.tr("No camera found – showing recorded motions"), choose)
        elif state.taught_error and state.taught_error not in self._heard:
            text = self.tr("Taught signs cannot be used.") + " " + in_words(state.taught_error)
            self._show_once(state.taught_error, text)
        elif state.runtime_note and state.runtime_note not in self._heard:
            self._show_once(state.runtime_note, in_words(state.runtime_note))
        else:
            self.banner.show_text("", "")

    def _show_once(self, matter: str, text: str) -> None:
        """What nobody can help just now: heard once, it leaves its place to the picture."""
        self._helpful, self._told = None, matter
        self.banner.show_text(text, self.tr("OK"))

    def _help(self) -> None:
        """What the banner's button does: open the list that solves its problem, or what the note
        in it says."""
        if self._helpful is None:
            if self._told:
                self._heard.add(self._told)
            else:
                self.notes.answer()
            return
        self._helpful.setFocus()
        self._helpful.showPopup()

    def _show_prediction(self, state: LiveState) -> None:
        prediction = state.prediction
        if not state.ready:
            failed = state.bundle_error is not None
            calm = self.tr("No vocabulary") if failed else self.tr("Loading networks…")
            self.sign_card.show_sign(None, 0.0, calm)
            self.bars.show_rows([])
            return
        if prediction is None:
            self.sign_card.show_sign(None, 0.0, self.tr("Sign to the camera"))
            self.bars.show_rows([])
            self.traces.show_trace(None, self.traces.kind)
            return
        if state.prediction_count == self._shown_prediction:
            return
        self._shown_prediction = state.prediction_count
        calm = self.on_picture.why_no_sign(prediction)
        sign = None if prediction.sign is None else self._text(prediction.sign)
        self.sign_card.show_sign(sign, prediction.confidence, calm)
        self.bars.show_rows([(self._text(gloss), p) for gloss, p in prediction.top])
        if self.traces.isVisible() and not self.on_picture.keeps_trace(prediction):
            self.traces.show_trace(prediction.trace, prediction.trace_kind)

    def want_traces(self, on: bool) -> None:
        """Show the traces, where the vocabulary has any: of landmarks alone there are none."""
        self._traces_wanted = on
        none = self._card is not None and self._card.sensor is None
        self.traces.setVisible(on and not none)

    def _text(self, gloss: str) -> str:
        return self._texts.get(gloss, gloss)

    def retranslate(self) -> None:
        self.source_label.setText(self.tr("&Source"))
        self.bundle_label.setText(self.tr("V&ocabulary"))
        self.bars_heading.setText(self.tr("Most likely signs"))
        self.transcript_heading.setText(self.tr("Signs so far"))
        self.copy_button.setText(self.tr("Copy"))
        self.clear_button.setText(self.tr("Clear"))
        for widget, name in (
            (self.source_chooser, self.tr("Source of the picture")),
            (self.bundle_chooser, self.tr("Vocabulary to recognise")),
            (self.mirror, self.tr("Mirror picture")),
            (self.sign_card, self.tr("Recognised sign")),
            (self.bars, self.tr("Most likely signs")),
            (self.transcript, self.tr("Signs so far")),
            (self.traces, self.tr("Traces of both wrists")),
            (self.strip, self.tr("Speed of recognition")),
        ):
            widget.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _card(*content: QWidget | QHBoxLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(6)
    for part in content:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return frame


def _clock(t_s: float) -> str:
    minutes, seconds = divmod(int(t_s), 60)
    return f"{minutes:02d}:{seconds:02d}"
