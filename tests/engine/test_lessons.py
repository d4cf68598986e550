"""Lessons of a vocabulary of thousands of words: those that come along, and damaged ones."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from engine.bundle import Bundle, BundleError, load_bundle, sha256
from engine.bundle.lessons import Lesson, lesson_named, lessons_of
from engine.bundle.word_order import word_order
from engine.paths import BUNDLES

FOLDER = BUNDLES / "vsl3161"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(FOLDER)


@pytest.fixture(scope="module")
def lessons(bundle: Bundle) -> tuple[Lesson, ...]:
    return lessons_of(bundle)


def test_every_word_stands_in_a_lesson_small_enough_to_name_one(
    bundle: Bundle, lessons: tuple[Lesson, ...]
) -> None:
    taught = {word for lesson in lessons for word in lesson.words}
    assert taught == set(bundle.card.glosses)
    for lesson in lessons:
        assert 20 <= len(lesson.words) <= 50, lesson.id
        assert len(set(lesson.words)) == len(lesson.words), lesson.id


def test_themes_are_named_in_both_languages_and_come_first(lessons: tuple[Lesson, ...]) -> None:
    themes = [lesson for lesson in lessons if not lesson.id.startswith("rest-")]
    assert len(themes) >= 40 and list(lessons[: len(themes)]) == themes
    for language in ("en", "vi"):
        assert max(Counter(lesson.title[language] for lesson in themes).values()) == 1
    for lesson in themes:
        text = "".join([*lesson.title.values(), *lesson.words])
        assert unicodedata.is_normalized("NFC", text), lesson.id
    assert len({lesson.id for lesson in lessons}) == len(lessons)


def test_other_words_come_in_the_order_of_a_dictionary(lessons: tuple[Lesson, ...]) -> None:
    rest = [word for lesson in lessons if lesson.id.startswith("rest-") for word in lesson.words]
    assert rest == sorted(rest, key=word_order)
    first = next(lesson for lesson in lessons if lesson.id == "rest-1")
    assert first.text("vi") == f"{first.words[0]} – {first.words[-1]}"


def test_words_are_sorted_by_letters_then_by_tones() -> None:
    words = ["mã", "ma", "mả", "mạ", "má", "mà", "măng", "mâm", "Mai", "đi", "dì", "10", "ma quỷ"]
    assert sorted(words, key=word_order) == [
        *("10", "dì", "đi", "ma", "ma quỷ", "mà", "mả", "mã", "má", "mạ", "Mai", "măng", "mâm")
    ]


def test_a_lesson_is_found_by_its_id(bundle: Bundle) -> None:
    assert "phở" in lesson_named(bundle, "food").words
    with pytest.raises(BundleError, match=r"no-such.*greetings"):
        lesson_named(bundle, "no-such")
    assert lessons_of(load_bundle("ksl13")) == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "lessons.json"),
        ('{"lessons": [{"id": "a", "title": {}, "words": ["chào"]}]}', "lessons.json"),
        ('{"lessons": [{"id": "a", "title": {}, "words": ["chào", "no word"]}]}', "no word"),
    ],
)
def test_lessons_that_cannot_be_read_are_named(tmp_path: Path, content: str, told: str) -> None:
    copy = tmp_path / "mine"
    shutil.copytree(FOLDER, copy)
    (copy / "lessons.json").write_text(content, "utf-8")
    card = json.loads((copy / "card.json").read_text("utf-8"))
    card["files"]["lessons.json"] = sha256(copy / "lessons.json")
    (copy / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(BundleError, match=told) as refused:
        lessons_of(load_bundle(copy))
    assert "\n" not in str(refused.value)
