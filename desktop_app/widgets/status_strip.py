"""How the machine keeps up: small figures at the bottom of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.engine_texts import in_words
from engine.live_state import LiveState

_NAMES = ("camera", "dropped", "answers", "landmarks", "network", "label", "device")


class StatusStrip(QWidget):
    """Labels of a fixed order; the tooltip of each tells what its figure means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(18)
        self.labels = {name: QLabel(self) for name in _NAMES}
        for label in self.labels.values():
            label.setObjectName("quiet")
            row.addWidget(label)
        row.addStretch(1)
        self.retranslate()

    def show_state(self, state: LiveState, longest_stall_ms: float) -> None:
        texts = {
            "camera": self.tr("Camera %1 fps").replace("%1", f"{state.camera_fps:.1f}"),
            "dropped": self.tr("Dropped %1").replace("%1", str(state.dropped)),
            "answers": self.tr("Answers %1 /s").replace("%1", f"{state.predictions_per_s:.1f}"),
            "landmarks": self.tr("Landmarks %1 ms").replace("%1", f"{state.landmark_ms:.0f}"),
            "network": self._networks(state),
            "label": self.tr("Frame to label %1 ms").replace(
                "%1", f"{state.frame_to_label_ms:.0f}"
            ),
            "device": self._running_with(state),
        }
        for name, text in texts.items():
            label = self.labels[name]
            if label.text() != text:
                label.setText(text)
                # Grows, never shrinks: figures that change must not push their neighbours about.
                label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))
        tip = self.tr("Longest wait of the window: %1 ms").replace("%1", f"{longest_stall_ms:.0f}")
        if tip != self.toolTip():
            self.setToolTip(tip)
        note = in_words(state.runtime_note)
        about = "\n".join(part for part in (self.tr("What the networks run on"), note, tip) if part)
        if about != self.labels["device"].toolTip():
            self.labels["device"].setToolTip(about)

    def _networks(self, state: LiveState) -> str:
        # Landmarks only: the computer is too slow, or too busy, for pictures.
        alone = state.film_stopped
        text = self.tr("Networks %1 ms, landmarks only") if alone else self.tr("Networks %1 ms")
        return text.replace("%1", f"{state.network_ms:.0f}")

    def _running_with(self, state: LiveState) -> str:
        if state.preparing is not None:
            share = f"{state.preparing:.0%}".replace("%", " %")
            return self.tr("Making the networks faster: %1").replace("%1", share)
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
