"""Lessons of a bundle of thousands of words: so few at a time that one can be named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from engine.bundle.loading import Bundle, BundleError
from engine.bundle.networks import CardPart
from engine.bundle.word_order import word_order
from engine.messages import Message

MOST_WORDS = 50
"""In a lesson; among more, one example of each does not tell them apart."""

_ALPHABETICAL = 40


class Lesson(CardPart):
    """`title` by UI language, 'en' and 'vi'; `words`: glosses of the vocabulary, the easiest first
    where a person chose them."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: dict[str, str]
    words: Annotated[tuple[str, ...], Field(min_length=2, max_length=MOST_WORDS)]

    def text(self, language: str) -> str:
        return self.title.get(language) or self.title.get("en") or self.id


class _Lessons(CardPart):
    lessons: tuple[Lesson, ...]


def lessons_of(bundle: Bundle) -> tuple[Lesson, ...]:
    """Those by theme, then all other words by the alphabet; none for a bundle that has no lessons.
    Raises BundleError naming a file that cannot be read."""
    part = bundle.card.networks.lexicon
    if part is None:
        return ()
    themes = read_lessons(bundle.file(part.lessons), bundle.card.glosses)
    taken = {word for lesson in themes for word in lesson.words}
    rest = sorted((word for word in bundle.card.glosses if word not in taken), key=word_order)
    return (*themes, *_by_alphabet(rest))


def lesson_named(bundle: Bundle, name: str) -> Lesson:
    """By its id. Raises BundleError naming those that there are."""
    lessons = lessons_of(bundle)
    for lesson in lessons:
        if lesson.id == name:
            return lesson
    known = ", ".join(lesson.id for lesson in lessons) or Message("bundle.none")
    raise BundleError(Message("bundle.no-lesson", name=name, known=known))


def _by_alphabet(words: Sequence[str]) -> tuple[Lesson, ...]:
    """Of words in the order of a dictionary, lessons of about as many each."""
    count = -(-len(words) // _ALPHABETICAL) if len(words) > 1 else 0
    borders = [round(i * len(words) / count) for i in range(count + 1)] if count else []
    found = []
    for number, (first, last) in enumerate(pairwise(borders), 1):
        chosen = tuple(words[first:last])
        title = {"en": f"{chosen[0]} – {chosen[-1]}"}
        found.append(Lesson(id=f"rest-{number}", title=title, words=chosen))
    return tuple(found)


def read_lessons(file: Path, words: Sequence[str]) -> tuple[Lesson, ...]:
    """Lessons made of these words. Raises BundleError."""
    try:
        found = _Lessons.model_validate_json(file.read_bytes()).lessons
    except (OSError, ValidationError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise BundleError(Message("bundle.lessons-damaged", file=file, reason=reason)) from error
    known = set(words)
    for lesson in found:
        if missing := [word for word in lesson.words if word not in known]:
            raise BundleError(
                Message("bundle.lessons-damaged", file=file, reason=f"{lesson.id}: {missing[0]}")
            )
    return found
