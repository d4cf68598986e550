"""A decoder for a line of which nobody said yet what is sent on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.glove.decoding.decoder import Counts, Decoder
from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.reading import Reading
from engine.glove.recipes.recipe import FramedRecipe, TextRecipe
from engine.messages import Message

if TYPE_CHECKING:
    from engine.glove.detection.format import FormatDetector

StreamRecipe = TextRecipe | FramedRecipe

_GIVEN_UP_S = 5.0


class FormatWait:
    """A `Decoder`. Our own header is understood at once; anything else is watched until its format
    is plain. What came before that is not kept, nor counted as trouble once it is understood.

    A format that was found and fits nothing any more, for five seconds in which something came, is
    looked for anew: the board was given another program.
    """

    def __init__(self, recipe: StreamRecipe | None = None, *, name: str = "glove") -> None:
        """`name`: what reasons call the device."""
        self._name = name
        self.title = ""
        """What people call what is sent, once it is known."""
        self.reason: Message | None = None
        """Why it cannot be used, where it was recognised and that is so."""
        self._fixed = recipe is not None
        self._chosen: Decoder | None = None
        self._useful_s: float | None = None
        self._text = TextDecoder()
        self._detector: FormatDetector | None = None
        self._before = Counts()
        self.counts = self._text.counts
        if recipe is not None:
            self._choose(recipe)

    @property
    def device_id(self) -> str:
        """What the device calls itself in our own header; '' where it does not."""
        return self._text.device_id

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        if self._chosen is not None:
            readings = self._chosen.feed(data, arrival_s)
            if readings or self._fixed or self._useful_s is None:
                self._useful_s = arrival_s
            elif arrival_s - self._useful_s > _GIVEN_UP_S:
                self._look()
            return readings
        readings = self._text.feed(data, arrival_s)
        if self._text.has_format:
            # Its own header is enough; the first line after it may be here only in part.
            self._settle(self._text)
            return readings
        if self._detector is None:
            from engine.glove.detection.format import FormatDetector

            # Nobody needs it whose device says itself what it sends.
            self._detector = FormatDetector(self._name)
        self._detector.feed(data, arrival_s)
        verdict = self._detector.verdict()
        if verdict is not None:
            self.reason = verdict.reason
            if verdict.recipe is not None:
                self._choose(verdict.recipe)
                self.title = verdict.title
        return []

    def reset(self) -> None:
        """What was found out about the format stays: it is the same device again."""
        if self._chosen is not None:
            self._chosen.reset()
            self._useful_s = None
        else:
            before = self._before
            self._look()
            self._before = before

    def _look(self) -> None:
        self._chosen = None
        self._useful_s = None
        self._text = TextDecoder()
        self._detector = None
        self._before = self.counts
        self.counts = self._text.counts

    def _choose(self, recipe: StreamRecipe) -> None:
        self.title = recipe.title
        if isinstance(recipe, TextRecipe):
            self._settle(TextDecoder(recipe))
        else:
            from engine.glove.decoding.framed_decoder import FramedDecoder

            self._settle(FramedDecoder(recipe))

    def _settle(self, decoder: Decoder) -> None:
        decoder.counts.good += self._before.good
        decoder.counts.bad.update(self._before.bad)
        self.counts = decoder.counts
        self._chosen, self._useful_s, self.reason = decoder, None, None
