"""Picture and traces on the left, sign and lists on the right; the sign and the picture stay.

Where the window is small the rest gives way, in this order: the traces, the bars of the likeliest
signs, the list of signs so far. What is gone comes back with the room for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.live.sign_card import SignCard
from desktop_app.live.top_bars import LISTED, ROWS, TopBars
from desktop_app.live.trace_plots import TracePlots
from desktop_app.live.transcript.transcript_view import TranscriptView
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.flow_row import FlowLayout
from desktop_app.widgets.mirror_view import MirrorView
from desktop_app.widgets.once_at_a_time import OnceAtATime

_SPACING, _GAP = 10, 12
_SIDE_WIDTH, _WIDEST_SIDE, _SIDE_SHARE = 348, 520, 0.27
_NARROWEST_SIDE, _NARROW_SHARE = 216, 0.34
# Below a picture that is lower than this, traces are no longer worth their room; nor is a word
# about them.
_PICTURE_ABOVE_TRACES, _PICTURE_ABOVE_NOTE = 220, 260
# How much of the height is the sign's where it and the picture are alone.
_SIGN_SHARE, _SIGN_HEIGHT = 0.26, 118
_ROW_PADDING = 6
# A card has a line around it.
_LINE = 1


class _Step(NamedTuple):
    """What stands below the sign: rows of bars, rows of the list (0: none at all), its heading."""

    bars: int
    signs: int
    heading: bool


_STEPS = (
    _Step(ROWS, 3, True),
    _Step(ROWS, 1, True),
    _Step(3, 1, True),
    _Step(0, 2, True),
    _Step(0, 1, False),
    _Step(0, 0, False),
)
# Where signs are only listed, the list of signs so far is empty, and gives way first.
_LISTING_STEPS = (
    _Step(LISTED, 1, True),
    _Step(LISTED, 0, True),
    _Step(7, 0, True),
    _Step(ROWS, 0, True),
    _Step(3, 0, True),
    _Step(0, 0, False),
)


class LiveBody(QWidget):
    """Arranges the parts of the live page; `above_picture`, `above_sign` and `below_sign` have
    room for more."""

    def __init__(
        self,
        mirror: MirrorView,
        traces: TracePlots,
        sign: SignCard,
        bars: tuple[QLabel, TopBars],
        transcript: tuple[QLabel, TranscriptView, Sequence[QWidget]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.mirror, self.traces, self.sign = mirror, traces, sign
        self._bars, self._transcript = bars, transcript
        self._traces_wanted, self._presenting = True, False
        # For one line about the picture, for a text in place of the traces, for hints at the sign.
        self.above_picture, self.below_sign = QVBoxLayout(), QVBoxLayout()
        self.above_sign = QVBoxLayout()
        self.trace_note = ElidedLabel(self)
        self.trace_note.setObjectName("quiet")
        self.left, self.side = QWidget(self), QWidget(self)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(_SPACING)
        left.addLayout(self.above_picture)
        left.addWidget(mirror, 1)
        left.addWidget(traces)
        left.addWidget(self.trace_note)
        self.sign_frame = _Card(sign)
        self.sign_frame.column.insertLayout(0, self.above_sign)
        self.sign_frame.column.addLayout(self.below_sign)
        self.bars_frame = _Card(*bars)
        self.buttons = _ButtonRow(self)
        row = FlowLayout(self.buttons)
        for button in transcript[2]:
            row.addWidget(button)
        self.transcript_frame = _Card(transcript[0], transcript[1], self.buttons)
        self.transcript_frame.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding
        )
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(_SPACING)
        right.addWidget(self.sign_frame)
        right.addWidget(self.bars_frame)
        right.addWidget(self.transcript_frame, 1)
        # Below a list that has given way the sign stays at the top.
        right.addStretch(0)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(_GAP)
        self._halves.addWidget(self.left, 1)
        self._halves.addWidget(self.side)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.share_room = OnceAtATime(self._share)
        self.retranslate()

    def want_traces(self, on: bool) -> None:
        """Show the traces as soon as there is room for them."""
        self._traces_wanted = on
        self.share_room()

    def list_signs(self, on: bool) -> None:
        """As many bars as there are words listed, instead of those beside a named sign."""
        most = LISTED if on else ROWS
        if most != self._bars[1].most:
            self._bars[1].most = most
            self.share_room()

    @property
    def presenting(self) -> bool:
        return self._presenting

    def present(self, on: bool) -> None:
        """The picture and, below it, the sign in large letters: nothing else."""
        self._presenting = on
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.TopToBottom if on else directions.LeftToRight)
        self.share_room()

    def minimumSizeHint(self) -> QSize:
        # What gives way does not hold the window open.
        return QSize(_NARROWEST_SIDE + _GAP + 200, self.sign_frame.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(1240, 620)

    def _share(self) -> None:
        """Decide what is shown in the present size."""
        if self._presenting:
            self._share_presenting()
            return
        width = self._side_width()
        self.side.setFixedWidth(width)
        self.sign.set_scale(max(0.9, width / _SIDE_WIDTH))
        room = self.width() - width - _GAP >= self.traces.narrowest_width
        below = self.traces.minimumHeight() + _SPACING
        room = room and self.height() - below >= _PICTURE_ABOVE_TRACES
        self.traces.setVisible(self._traces_wanted and room)
        noted = self._traces_wanted and not room
        self.trace_note.setVisible(noted and self.height() >= _PICTURE_ABOVE_NOTE)
        steps = _LISTING_STEPS if self._bars[1].most == LISTED else _STEPS
        self._show_step(next((s for s in steps if self._height(s) <= self.height()), steps[-1]))

    def _share_presenting(self) -> None:
        self.side.setMinimumWidth(0)
        self.side.setMaximumWidth(16777215)
        self.traces.hide()
        self.trace_note.hide()
        self._show_step(_STEPS[-1])
        self.sign.set_scale(max(1.0, self.height() * _SIGN_SHARE / _SIGN_HEIGHT))

    def _side_width(self) -> int:
        """Whoever has a large window stands further away from it; a small one belongs to both."""
        least = min(_SIDE_WIDTH, max(_NARROWEST_SIDE, round(self.width() * _NARROW_SHARE)))
        return min(_WIDEST_SIDE, max(least, round(self.width() * _SIDE_SHARE)))

    def _height(self, step: _Step) -> int:
        """What the right half needs for this."""
        height = self._sign_height()
        heading, bars = self._bars
        if step.bars:
            height += _SPACING + self.bars_frame.height_around(
                [heading.sizeHint().height(), bars.height_of(step.bars)]
            )
        heading, signs, _ = self._transcript
        if step.signs:
            parts = [self._buttons_height(), _list_height(signs, step.signs)]
            parts += [heading.sizeHint().height()] if step.heading else []
            height += _SPACING + self.transcript_frame.height_around(parts)
        return height

    def _sign_height(self) -> int:
        layout = self.sign_frame.column
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(self._side_width())
        return layout.totalSizeHint().height()

    def _buttons_height(self) -> int:
        """Set, too: where its buttons are in two lines the row is as high as both."""
        margins = self.transcript_frame.column.contentsMargins()
        width = self._side_width() - margins.left() - margins.right() - 2 * _LINE
        height = self.buttons.layout_height(width)
        self.buttons.setFixedHeight(height)
        return height

    def _show_step(self, step: _Step) -> None:
        heading, signs, _ = self._transcript
        self._bars[1].set_row_count(step.bars or ROWS)
        self.bars_frame.setVisible(step.bars > 0)
        self.transcript_frame.setVisible(step.signs > 0)
        heading.setVisible(step.heading)
        signs.setMinimumHeight(_list_height(signs, max(1, step.signs)))

    def retranslate(self) -> None:
        text = self.tr("In a larger window the traces stand here.")
        self.trace_note.setText(text)
        self.trace_note.setToolTip(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.share_room()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # Another font or language, or a hint that came: the parts need other heights.
            self.share_room()
        return done

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _ButtonRow(QWidget):
    """Buttons in one line or more. Its height is set from outside: what has a height for its width
    would have Qt take the list beside it for as high as it would like to be."""

    def hasHeightForWidth(self) -> bool:
        return False

    def layout_height(self, width: int) -> int:
        layout = self.layout()
        return 0 if layout is None else layout.heightForWidth(width)


class _Card(QFrame):
    """A frame around `content`, one below the other."""

    def __init__(self, *content: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(6)
        for part in content:
            self.column.addWidget(part)

    def height_around(self, parts: Sequence[int]) -> int:
        """Of the whole card, where its parts are so high."""
        margins = self.column.contentsMargins()
        gaps = self.column.spacing() * (len(parts) - 1)
        return sum(parts) + gaps + margins.top() + margins.bottom() + 2 * _LINE


def _list_height(signs: TranscriptView, rows: int) -> int:
    return rows * (signs.fontMetrics().height() + _ROW_PADDING) + 2 * _ROW_PADDING
