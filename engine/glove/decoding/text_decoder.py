"""Lines of text: our own, which say themselves what they hold, and those a recipe describes."""

from __future__ import annotations

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.line_forms import ColumnForm, JsonForm, LineForm, line_form
from engine.glove.decoding.forms.line_splitter import LineSplitter
from engine.glove.reading import Reading
from engine.glove.recipes.columns import HANDS, IGNORED, parse_columns
from engine.glove.recipes.text_recipe import TextRecipe

HEADER = b"#signmirror"

_VERSION = "1"
_MOST_COLUMNS = 128


class TextDecoder:
    """Without a recipe it understands our own lines: after `#signmirror 1 hand=L
    cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps` come numbers in that order, with commas,
    semicolons, tabs or blanks between them. Data before a header is counted as 'no-header'.

    A header in what a recipe describes is followed too: the device knows best.
    """

    def __init__(self, recipe: TextRecipe | None = None, counts: Counts | None = None) -> None:
        """`counts`: those of a larger decoder, where this is a part of one."""
        self.counts = Counts() if counts is None else counts
        self.device_id = ""
        """What the header says after `id=`."""
        self._lines = LineSplitter(self.counts)
        self._form: LineForm | None = None if recipe is None else line_form(recipe, self.counts)
        self._objects = isinstance(self._form, JsonForm)
        self._header = b""

    @property
    def has_format(self) -> bool:
        """It knows what the numbers are: by a recipe, or a header that was met."""
        return self._form is not None

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """A line that is damaged is counted, by what is wrong with it, and left out."""
        found: list[Reading] = []
        for line in self._lines.feed(data):
            self._read(line.strip(), arrival_s, found)
        if self._objects and self._lines.rest.endswith(b"}"):
            # Notifications need no line breaks.
            self._read(self._lines.take_rest().strip(), arrival_s, found)
        self.counts.good += len(found)
        return found

    def reset(self) -> None:
        self._lines.reset()
        if self._form is not None:
            self._form.restart()

    def _read(self, line: bytes, arrival_s: float, found: list[Reading]) -> None:
        if not line:
            return
        if line.startswith(b"#"):
            self._comment(line)
            return
        if self._form is None:
            self.counts.note(_kind_of_unknown(line))
            return
        read = self._form.read(line, arrival_s)
        if not isinstance(read, str):
            found.extend(read)
            return
        if read in ("text", "unparsable") and not _plain(line):
            read = "binary"
        self.counts.note(read)

    def _comment(self, line: bytes) -> None:
        if not line.startswith(HEADER):
            self.counts.note("text")
            return
        if line == self._header:
            return
        try:
            form = self._from_header(line)
        except ValueError:
            self.counts.note("bad-header")
            return
        self._form, self._objects, self._header = form, False, line

    def _from_header(self, line: bytes) -> ColumnForm:
        said = header_says(line)
        columns = parse_columns(said.get("cols", "").split(","), strict=False)
        if len(columns) > _MOST_COLUMNS or all(c.role in (IGNORED, "t", "seq") for c in columns):
            raise ValueError("nothing is measured")
        self.device_id = said.get("id", "")[:64]
        return ColumnForm(columns, self.counts, hand=HANDS.get(said.get("hand", "").lower()))


def header_says(line: bytes) -> dict[str, str]:
    """`hand`, `cols` and the like of our own header. ValueError where it is no plain text, of
    another version, or names a hand that there is not."""
    begin, version, *words = line.decode("ascii").split()
    if (begin, version) != (HEADER.decode(), _VERSION):
        raise ValueError("another version")
    said = dict(word.partition("=")[::2] for word in words)
    hand = said.get("hand", "").lower()
    if hand and hand not in HANDS:
        raise ValueError("no hand")
    return said


def _plain(line: bytes) -> bool:
    """Text, in whatever language; noise is hardly ever valid UTF-8 without control characters."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(letter < " " and letter != "\t" for letter in text)


def _kind_of_unknown(line: bytes) -> str:
    if not _plain(line):
        return "binary"
    return "no-header" if line[:1].isdigit() or line[:1] in (b"-", b"+", b".") else "text"
