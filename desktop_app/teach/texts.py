"""What is to be said while a sign is taught, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from desktop_app.texts.engine_texts import in_words
from engine.bundle import Sign
from engine.teaching.take_recorder import Fault
from engine.teaching.taught_store import (
    TaughtInfo,
    TaughtSign,
    TaughtSignError,
    clean_gloss,
    same_name,
)


class TeachTexts(QObject):
    """Sentences in the window's language, for what the engine knows by a word. `language`: in which
    the vocabulary's signs are named."""

    def __init__(self, parent: QObject | None = None, language: str = "en") -> None:
        super().__init__(parent)
        self.language = language

    def fault(self, fault: Fault) -> str:
        """Why a take failed."""
        texts: dict[Fault, str] = {
            "": "",
            "stopped": self.tr("The pictures stopped. Check the camera and record again."),
            "restarted": self.tr("The video began again during the take. Record it again."),
            "few": self.tr("Too few pictures came in. Close other programs and record again."),
            "nobody": self.tr("Nobody was in view. Step in front of the camera and record again."),
            "hands": self.tr("Your hands were out of view. Step back a little and record again."),
        }
        return texts[fault]

    def likeness(self, gloss: str, infos: Iterable[TaughtInfo], signs: Sequence[Sign]) -> str:
        """The warning that the taught sign `gloss` looks like another, by its display text in
        `signs`, the vocabulary; '' when it does not."""
        for info in infos:
            if info.gloss != gloss or info.similar_to is None:
                continue
            other = next((s for s in signs if s.gloss == info.similar_to), None)
            text = self.tr("This looks like '%1'. Recognition may mix them up.")
            shown = info.similar_to if other is None else other.text(self.language)
            advice = self.tr("Choose another sign, or sign it more clearly.")
            return text.replace("%1", shown) + " " + advice
        return ""

    def own_version(self, text: str, signs: Iterable[Sign]) -> str:
        """What it means to teach a sign that the vocabulary, `signs`, has already; '' when it has
        not."""
        if _known_as(text, signs) is None:
            return ""
        sentence = self.tr("'%1' is in the vocabulary. Your takes add your own way to sign it.")
        return sentence.replace("%1", " ".join(text.split()))

    def name(
        self, text: str, own: str, taught: Iterable[TaughtSign], signs: Iterable[Sign]
    ) -> tuple[str, str]:
        """The name as it will be stored, or '' and why it cannot be used: it is that of a taught
        sign other than `own`. A sign of the vocabulary, `signs`, is stored by its gloss, whatever
        language it was named in."""
        try:
            name = clean_gloss(text)
        except TaughtSignError as error:
            return "", in_words(error.message)
        name = _known_as(name, signs) or name
        if any(same_name(name, s.gloss) and s.gloss != own for s in taught):
            fault = self.tr("'%1' is taught already. Choose it in the list to add takes.")
            return "", fault.replace("%1", name)
        return name, ""


def _known_as(text: str, signs: Iterable[Sign]) -> str | None:
    """The gloss of the vocabulary's sign that is called so; a gloss goes before a display text."""
    known = tuple(signs)
    said = [(s.gloss, s.gloss) for s in known]
    said += [(s.gloss, shown) for s in known for shown in s.display.values()]
    return next((gloss for gloss, name in said if same_name(name, text)), None)
