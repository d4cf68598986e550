"""How the machine keeps up: small figures, for those who ask for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.texts.engine_texts import in_words
from desktop_app.texts.figures import number, percent
from desktop_app.widgets.flow_row import FlowLayout
from engine.live.live_state import LiveState

_NAMES = ("camera", "dropped", "answers", "landmarks", "network", "label", "device")


class StatusStrip(QWidget):
    """Labels of a fixed order; the tooltip of each tells what its figure means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, spacing=18)
        # In line with the word that opens it.
        self.setContentsMargins(0, 3, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.labels = {name: QLabel(self) for name in _NAMES}
        for label in self.labels.values():
            label.setObjectName("quiet")
            row.addWidget(label)
        self.retranslate()

    def show_state(self, state: LiveState, longest_stall_ms: float) -> None:
        texts = {
            "camera": self.tr("Camera %1 fps").replace("%1", number(state.camera_fps, 1)),
            "dropped": self.tr("Dropped %1").replace("%1", number(state.dropped)),
            "answers": self.tr("Answers %1 /s").replace("%1", number(state.predictions_per_s, 1)),
            "landmarks": self.tr("Body and hands %1 ms").replace("%1", number(state.landmark_ms)),
            "network": self._networks(state),
            "label": self.tr("Picture to answer %1 ms").replace(
                "%1", number(state.frame_to_label_ms)
            ),
            "device": self._running_with(state),
        }
        for name, text in texts.items():
            label = self.labels[name]
            if label.text() != text:
                label.setText(text)
                # Grows, never shrinks: figures that change must not push their neighbours about.
                label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))
        tip = self.tr("Longest wait of the window: %1 ms").replace("%1", number(longest_stall_ms))
        if tip != self.toolTip():
            self.setToolTip(tip)
        note = in_words(state.runtime_note)
        about = "\n".join(part for part in (self.tr("What the networks run on"), note, tip) if part)
        if about != self.labels["device"].toolTip():
            self.labels["device"].setToolTip(about)

    def _networks(self, state: LiveState) -> str:
        # Landmarks only: the computer is too slow, or too busy, for pictures.
        alone = state.video_stopped
        text = (
            self.tr("Networks %1 ms, body and hands only") if alone else self.tr("Networks %1 ms")
        )
        return text.replace("%1", number(state.network_ms))

    def _running_with(self, state: LiveState) -> str:
        if state.preparing is not None:
            return self.tr("Making the networks faster: %1").replace("%1", percent(state.preparing))
        return state.runtime or "–"

    def retranslate(self) -> None:
        for name, text in (
            ("camera", self.tr("Pictures a second that come in")),
            ("dropped", self.tr("Pictures shown but not looked at, to keep up with you")),
            ("answers", self.tr("How often a second the signs are judged anew")),
            ("landmarks", self.tr("Time to find body and hands in one picture")),
            ("network", self.tr("Time to judge the last seconds")),
            ("label", self.tr("From the picture coming in to its answer")),
        ):
            self.labels[name].setToolTip(text)
        for label in self.labels.values():
            label.setMinimumWidth(0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
