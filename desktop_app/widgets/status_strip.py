"""How the machine keeps up: small figures at the bottom of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.live import LiveState


class StatusStrip(QWidget):
    """Labels of a fixed order; the tooltip tells what each figure means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(18)
        self.labels = {
            name: QLabel(self)
            for name in ("camera", "dropped", "answers", "landmarks", "network", "label", "device")
        }
        for label in self.labels.values():
            label.setObjectName("quiet")
            row.addWidget(label)
        row.addStretch(1)
        self._text = ""

    def show_state(self, state: LiveState, longest_stall_ms: float) -> None:
        texts = {
            "camera": self.tr("Camera %1 fps").replace("%1", f"{state.camera_fps:.1f}"),
            "dropped": self.tr("Dropped %1").replace("%1", str(state.dropped)),
            "answers": self.tr("Answers %1 /s").replace("%1", f"{state.predictions_per_s:.1f}"),
            "landmarks": self.tr("Landmarks %1 ms").replace("%1", f"{state.landmark_ms:.0f}"),
            "network": self.tr("Networks %1 ms").replace("%1", f"{state.network_ms:.0f}"),
            "label": self.tr("Frame to label %1 ms").replace(
                "%1", f"{state.frame_to_label_ms:.0f}"
            ),
            "device": state.device or "–",
        }
        for name, text in texts.items():
            if self.labels[name].text() != text:
                self.labels[name].setText(text)
        tip = self.tr("Longest wait of the window: %1 ms").replace("%1", f"{longest_stall_ms:.0f}")
        if tip != self._text:
            self._text = tip
            self.setToolTip(tip)
