"""Live: the mirror, the sign, the bars, the transcript, the traces."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.appearance.theme import LIGHT, Theme
from desktop_app.choices.bundle_chooser import BundleChooser
from desktop_app.choices.lesson_chooser import LessonChooser
from desktop_app.choices.source_chooser import SourceChooser
from desktop_app.live.details_row import DetailsRow
from desktop_app.live.live_body import LiveBody
from desktop_app.live.live_notes import LiveNotes
from desktop_app.live.sign_card import SignCard
from desktop_app.live.skeleton_age import SkeletonAge
from desktop_app.live.top_bars import TopBars
from desktop_app.live.trace_plots import TracePlots
from desktop_app.live.transcript.sign_announcer import SignAnnouncer
from desktop_app.live.transcript.transcript_view import TranscriptView
from desktop_app.texts.engine_texts import in_words
from desktop_app.texts.glove_texts import GloveTexts
from desktop_app.texts.sign_names import SignNames
from desktop_app.widgets.banner import Banner
from desktop_app.widgets.flow_row import ControlRow
from desktop_app.widgets.mirror_view import MirrorView
from desktop_app.widgets.notes import Notes
from engine.bundle import BundleCard
from engine.live.live_state import LiveState
from engine.sources.cameras.camera_listing import CameraInfo

_STRIP_PERIOD_S = 0.25
_NAMED_ALIKE = 3
# Smaller than what a screen of 1366 x 768 leaves of itself at 200 %, with its bars.
SMALLEST_PAGE = QSize(560, 290)


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
        self._traces_wanted, self._listing = True, False
        self._names, self._gloves = SignNames(), GloveTexts(self)
        self.source_chooser, self.bundle_chooser = SourceChooser(self), BundleChooser(self)
        self.lesson_chooser = LessonChooser(self)
        self.source_label, self.bundle_label = QLabel(self), QLabel(self)
        self.controls = ControlRow(self)
        self.banner, self.mirror = Banner(self), MirrorView(self)
        self.traces, self.sign_card, self.bars = TracePlots(self), SignCard(self), TopBars(self)
        self.on_picture, self._skeleton_age = LiveNotes(self.mirror, self.traces), SkeletonAge()
        self.transcript, self.details = TranscriptView(self), DetailsRow(self)
        self.strip = self.details.strip
        self.bars_heading, self.transcript_heading = QLabel(self), QLabel(self)
        self.copy_button, self.clear_button = QPushButton(self), QPushButton(self)
        self.copy_button.clicked.connect(self.copy_signs)
        # A click leaves the lines chosen that it shall copy.
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.clicked.connect(self.clear_asked)
        self._announcer = SignAnnouncer(self.sign_card)
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
            self.controls.add_list(label, chooser)
        for heading in (self.bars_heading, self.transcript_heading):
            heading.setObjectName("heading")
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        self.body = LiveBody(
            self.mirror,
            self.traces,
            self.sign_card,
            (self.bars_heading, self.bars),
            (self.transcript_heading, self.transcript, (self.copy_button, self.clear_button)),
            self,
        )
        self.body.above_sign.addWidget(self.lesson_chooser)
        # What stands around picture and sign; all of it is away while these are presented alone.
        self.top = QWidget(self)
        top = QVBoxLayout(self.top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(10)
        top.addWidget(self.controls)
        top.addWidget(self.banner)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 10, 14, 8)
        page.setSpacing(10)
        page.addWidget(self.top)
        page.addWidget(self.body, 1)
        page.addWidget(self.details)
        # The parts give way by themselves; their wishes do not hold the window open.
        page.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def minimumSizeHint(self) -> QSize:
        return SMALLEST_PAGE

    def add_button(self, action: QAction) -> None:
        """A button above the picture that does what this action does."""
        self.controls.add_button(action)
        self._order()

    def add_switches(self, actions: Sequence[QAction]) -> None:
        """Buttons above the picture that switch these actions on and off."""
        self.switches += [self.controls.add_button(action) for action in actions]
        self._order()

    def _order(self) -> None:
        """The Tab key goes from the top to the bottom, the picture before the lists."""
        order: list[QWidget] = [self.source_chooser, self.bundle_chooser, self.lesson_chooser]
        order += [*self.controls.buttons, self.controls.overflow, self.banner.button]
        order += [self.mirror, self.transcript, self.copy_button, self.clear_button]
        order += [self.details.button]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    def present(self, on: bool) -> None:
        """Picture and sign alone, large; False: everything as it was."""
        self.top.setVisible(not on)
        self.details.setVisible(not on)
        self.body.present(on)
        self.lesson_chooser.setVisible(self.lesson_chooser.has_lessons and not on)

    @property
    def theme(self) -> Theme:
        return self._theme

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
        self._show_lessons(state)
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
            self.traces.show_figures(
                *(self._gloves.of_hand(state.gloves, hand) for hand in ("left", "right"))
            )

    def _name_signs(self) -> None:
        """Texts of the signs, anew after another bundle or language; all is then shown again."""
        self._names.use(self._card, self.language)
        self.source_chooser.set_sign_texts(self._names.in_use)
        self._shown_prediction = -1
        self.transcript.renew()

    def _show_transcript(self, state: LiveState) -> None:
        self._announcer.follow(state.transcript, self._text)
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

    def _show_lessons(self, state: LiveState) -> None:
        self.lesson_chooser.show_lessons(state.lessons, state.lesson, self.language)
        wanted = self.lesson_chooser.has_lessons and not self.body.presenting
        if wanted is self.lesson_chooser.isHidden():
            self.lesson_chooser.setVisible(wanted)
        listing = bool(state.lessons) and state.lesson is None
        if listing is not self._listing:
            self._listing, self._shown_prediction = listing, -1
            self.body.list_signs(listing)
            self.bars_heading.setText(self._bars_title())

    def _bars_title(self) -> str:
        return self.tr("Most alike") if self._listing else self.tr("Most likely signs")

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
        if self._listing:
            # Of a sign that is over, and there to be read until another one is.
            prediction = state.listed
        if prediction is None:
            self.sign_card.show_sign(None, 0.0, self._while_waiting(state))
            self.bars.show_rows([])
            self.traces.show_trace(None)
            return
        if state.prediction_count == self._shown_prediction:
            return
        self._shown_prediction = state.prediction_count
        calm = self.on_picture.why_no_sign(prediction)
        if prediction.alike:
            best = prediction.alike[:_NAMED_ALIKE]
            calm = " · ".join(self._text(gloss) for gloss, _ in best)
        sign = None if prediction.sign is None else self._text(prediction.sign)
        self.sign_card.show_sign(sign, prediction.confidence, calm)
        rows = prediction.alike or prediction.top
        self.bars.show_rows([(self._text(gloss), p) for gloss, p in rows])
        if self.traces.isVisible() and not self.on_picture.keeps_trace(prediction):
            self.traces.show_trace(prediction.trace, prediction.measured)

    def _while_waiting(self, state: LiveState) -> str:
        """Without an answer: what a person can do, where there is anything."""
        if state.card is not None and not state.card.needs_camera:
            worn = any(glove.fingers for glove in state.gloves)
            return self.tr("Sign with the glove") if worn else self.tr("Put on the glove (Ctrl+G)")
        if state.frame is None and state.source_state in ("failed", "lost"):
            return self.tr("No picture")
        # Nobody need sign where a recorded motion is shown.
        return self.tr("Sign to the camera") if state.showing is None else self.tr("no sign")

    def open_sources(self) -> None:
        """The list of sources, opened for the keyboard."""
        self.source_chooser.setFocus()
        self.source_chooser.showPopup()

    def want_traces(self, on: bool) -> None:
        """Show the traces, where the vocabulary has any: of landmarks alone there are none."""
        self._traces_wanted = on
        none = self._card is not None and self._card.sensor is None
        self.body.want_traces(on and not none)

    @property
    def trace_note_shown(self) -> bool:
        """Whether a line stands where there is no room for the traces."""
        return self.body.trace_note.isVisible()

    def _text(self, gloss: str) -> str:
        return self._names.text(gloss)

    def retranslate(self) -> None:
        self.source_label.setText(self.tr("&Source"))
        self.bundle_label.setText(self.tr("V&ocabulary"))
        self.bars_heading.setText(self._bars_title())
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
            (self.controls, self.tr("Source, vocabulary and switches")),
            (self.body.left, self.tr("Picture and traces")),
            (self.body.side, self.tr("Recognised signs")),
            (self.body.sign_frame, self.tr("Recognised sign")),
            (self.body.bars_frame, self.tr("Most likely signs")),
            (self.body.transcript_frame, self.tr("Signs so far")),
            (self.details, self.tr("Speed of recognition")),
            (self, self.tr("Live")),
        ):
            widget.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _clock(t_s: float) -> str:
    minutes, seconds = divmod(int(t_s), 60)
    return f"{minutes:02d}:{seconds:02d}"
