"""What a device sends, found out from what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.line_splitter import LineSplitter
from engine.glove.decoding.framed_decoder import FramedDecoder
from engine.glove.decoding.text_decoder import HEADER
from engine.glove.detection.text_format import TextVerdict, own_recipe, read_lines
from engine.glove.recipes.recipe import FramedRecipe, TextRecipe, load_recipes
from engine.messages import Message

_MOST_LINES = 300
_FEWEST_LINES = 20
_LOOK_EVERY = 10
_LOOK_AT_LEAST_EVERY = 400
"""Lines. Looking takes some milliseconds: less often, the longer it was in vain."""
_IN_A_ROW = 3
_IN_A_ROW_UNCHECKED = 8
_ENOUGH_BYTES = 4000
_PRINTABLE = 0.9
_PLAIN = bytes({*range(0x20, 0x7F), 0x09, 0x0A, 0x0D})


@dataclass(frozen=True, slots=True)
class FormatVerdict:
    """Either `recipe`, ready for a decoder, or the `reason` why there is none. `title`: what people
    call it, as 'WitMotion' or '6 columns, g and °/s'. `confidence`: 0..1."""

    title: str
    recipe: TextRecipe | FramedRecipe | None
    reason: Message | None
    confidence: float


class FormatDetector:
    """Told what comes on a line, it says what that is, by three checksums in a row or by at least
    twenty lines. The first line is left out: it may have begun before anyone listened."""

    def __init__(self, name: str = "glove", folders: Sequence[Path] = ()) -> None:
        """`name`: what reasons call the device; `folders`: with recipes of people's own."""
        recipes = load_recipes(folders)
        self._name = name
        self._framed = [(r, FramedDecoder(r)) for r in recipes if isinstance(r, FramedRecipe)]
        self._texts = [r for r in recipes if isinstance(r, TextRecipe)]
        self._splitter = LineSplitter(Counts())
        self._lines: list[tuple[bytes, float]] = []
        self._dropped_first = False
        self._bytes = self._printable = 0
        self._looked_at = self._told = 0
        self._verdict: FormatVerdict | None = None

    def feed(self, data: bytes, arrival_s: float) -> None:
        """`arrival_s`: `time.perf_counter()` when `data` was here."""
        self._bytes += len(data)
        self._printable += len(data) - len(data.translate(None, _PLAIN))
        for _, decoder in self._framed:
            decoder.feed(data, arrival_s)
        for line in self._splitter.feed(data):
            # Our own header is whole where it can be read.
            if not self._dropped_first and not line.startswith(HEADER):
                self._dropped_first = True
                continue
            self._lines.append((line.strip(), arrival_s))
            self._told += 1
        if len(self._lines) > _MOST_LINES:
            del self._lines[: -_MOST_LINES // 2]

    def verdict(self) -> FormatVerdict | None:
        """None as long as it cannot be told; a reason may give way to a recipe later."""
        if self._verdict is not None and self._verdict.recipe is not None:
            return self._verdict
        found = self._framed_verdict() or self._text_verdict() or self._noise_verdict()
        if found is not None:
            self._verdict = found
        return self._verdict

    def _framed_verdict(self) -> FormatVerdict | None:
        for recipe, decoder in self._framed:
            checked = recipe.checksum != "none"
            needed = _IN_A_ROW if checked else _IN_A_ROW_UNCHECKED
            if decoder.in_a_row >= needed and (checked or decoder.counts.good):
                return FormatVerdict(recipe.title, recipe, None, 0.99 if checked else 0.9)
        return None

    def _text_verdict(self) -> FormatVerdict | None:
        for line, _ in self._lines[-_LOOK_EVERY:]:
            if line.startswith(HEADER) and (recipe := own_recipe(line)) is not None:
                return FormatVerdict(recipe.title, recipe, None, 1.0)
        wait = min(max(_LOOK_EVERY, self._looked_at // 4), _LOOK_AT_LEAST_EVERY)
        if len(self._lines) < _FEWEST_LINES or self._told - self._looked_at < wait:
            return None
        if self._printable < _PRINTABLE * self._bytes:
            return None
        self._looked_at = self._told
        told: TextVerdict | None = read_lines(self._lines, self._texts, self._name)
        if told is None:
            return None
        return FormatVerdict(told.title, told.recipe, told.reason, told.confidence)

    def _noise_verdict(self) -> FormatVerdict | None:
        if self._bytes < _ENOUGH_BYTES or self._printable >= _PRINTABLE * self._bytes:
            return None
        if self._bytes > 16 * _ENOUGH_BYTES:
            # What was noise at another speed must not weigh for ever.
            self._bytes = self._printable = 0
        reason = Message("glove.format-unreadable", name=self._name)
        return FormatVerdict("", None, reason, 0.5)
