"""How a glove does, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.texts.engine_texts import in_words
from desktop_app.texts.figures import number, percent
from engine.glove.glove_state import FingersState, GloveState, WristState
from engine.messages import Message

_SLOWEST_HZ = 40.0


class GloveTexts(QObject):
    """Asked for anew each time: the language may have changed."""

    def hand(self, wrist: WristState) -> str:
        return self.tr("left wrist") if wrist.hand == "left" else self.tr("right wrist")

    def sensor(self, glove: GloveState, wrist: WristState) -> str:
        """Which of all that are worn."""
        name = glove.link.title or glove.spec
        if wrist.sensor in ("left", "right"):
            return in_words(Message(f"glove.sensor-{wrist.sensor}", name=name))
        return f"{name} · {wrist.sensor}" if wrist.sensor else name

    def lines(self, glove: GloveState) -> list[str]:
        """How each of its sensors does."""
        told = [f"{self.hand(wrist)}: {self.figures(wrist)}" for wrist in glove.wrists]
        if glove.fingers is not None:
            name = self.tr("fingers")
            told.append(f"{name}: {self.figures(glove.fingers)}")
        return told

    def figures(self, wrist: WristState | FingersState) -> str:
        """One short line: agreement with the picture, rate, loss, delay."""
        if wrist.frozen:
            return self.tr("repeats itself")
        if not wrist.fresh:
            return self.tr("silent")
        parts = []
        if isinstance(wrist, WristState) and wrist.correlation is not None:
            parts.append(f"r {number(wrist.correlation, 2)}")
        parts.append(self.tr("%1 a second").replace("%1", number(wrist.rate_hz)))
        parts.append(self.tr("%1 lost").replace("%1", percent(wrist.loss)))
        parts.append(f"{number(wrist.latency_ms)} ms")
        return " · ".join(parts)

    def of_hand(self, gloves: tuple[GloveState, ...], hand: str) -> str:
        """'' where nothing is worn there."""
        for glove in gloves:
            for wrist in glove.wrists:
                if wrist.hand == hand:
                    return self.figures(wrist)
        return ""

    def link(self, glove: GloveState) -> str:
        """Whether it is connected, and works."""
        state = glove.link.state
        if glove.note is not None and state != "live":
            return in_words(glove.note)
        return {
            "opening": self.tr("Connecting…"),
            "silent": self.tr("Connected, but nothing comes"),
            "unreadable": self.tr("What comes cannot be read"),
            "live": self.tr("Works"),
            "lost": self.tr("Gone; it is looked for"),
            "failed": self.tr("Cannot be connected"),
            "closed": self.tr("Taken off"),
        }[state]

    def advice(self, glove: GloveState) -> str:
        """What would help, where there is anything."""
        slow = [w for w in glove.wrists if w.fresh and 0 < w.rate_hz < _SLOWEST_HZ]
        if glove.note is not None:
            return in_words(glove.note)
        if slow:
            return self.tr("It is slow: move it closer, or use a cable.")
        return ""
