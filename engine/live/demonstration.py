"""Recorded motions show themselves: which sign is shown, and what it was recognised as."""

from __future__ import annotations

from collections import Counter

from engine.prediction import Prediction

_FROM_S = 1.5
"""Before this, what the window says may still be of the motion before."""

_FEWEST = 3


class Demonstration:
    """Follows which motion is shown, in the source's time.

    A sign that is over is named a little later, and its name belongs to the motion in which it was
    made. A sign that is only held has no end to be named at: what is said of it while it is held
    counts then, as often as anything.
    """

    def __init__(self) -> None:
        self._gloss: str | None = None
        self._since_s = self._newest_s = 0.0
        self._name: str | None = None
        self._said: Counter[str] = Counter()

    @property
    def recognised(self) -> str | None:
        """What the motion that is shown has been recognised as so far."""
        if self._name is not None or not self._said:
            return self._name
        sign, times = self._said.most_common(1)[0]
        return sign if times >= _FEWEST else None

    def shown(self, t_s: float, gloss: str | None) -> None:
        """A frame of that motion is shown."""
        if gloss != self._gloss or t_s < self._newest_s:
            self._gloss, self._since_s, self._name = gloss, t_s, None
            self._said.clear()
        self._newest_s = t_s

    def answered(self, prediction: Prediction) -> None:
        """Something was named, in passing or because it is over."""
        if self._gloss is None or prediction.sign is None:
            return
        if prediction.sign_span_s is None:
            if prediction.t_s >= self._since_s + _FROM_S:
                self._said[prediction.sign] += 1
        elif sum(prediction.sign_span_s) / 2 >= self._since_s:
            self._name = prediction.sign
