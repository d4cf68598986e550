"""Whatever a person may read is translated, in every language, and says the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.texts.engine_texts import in_words
from desktop_app.texts.translation import LANGUAGES, Translation
from engine.messages import TEMPLATES, Message
from tests.conftest import ROOT

OTHERS = sorted(set(LANGUAGES) - {"en"})
_FOLDER = Path("desktop_app") / "translations"
_PLACE = re.compile(r"%\d|%n|\{[a-z_]*\}")


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest, application: QApplication) -> Iterator[str]:
    translation = Translation(application)
    translation.use(request.param)
    yield request.param
    translation.use("en")


def _texts(language: str) -> Iterator[tuple[str, str, str]]:
    """Context, text and translation of each."""
    file = ROOT / _FOLDER / f"signmirror_{language}.ts"
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield (
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("translation") or "",
            )


def test_every_text_is_collected_and_translated_and_the_files_are_up_to_date(
    tmp_path: Path,
) -> None:
    for folder in (".ci", "desktop_app", "engine"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignore)

    made = subprocess.run(
        [sys.executable, ".ci/translations"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (made.returncode, made.stdout) == (0, ""), made.stderr
    for code in OTHERS:
        for name in (f"signmirror_{code}.ts", f"signmirror_{code}.qm"):
            there, fresh = ROOT / _FOLDER / name, tmp_path / _FOLDER / name
            assert there.read_bytes() == fresh.read_bytes(), f"{name}: run .ci/translations"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_places_of_its_text_and_no_others(code: str) -> None:
    found = list(_texts(code))
    assert len(found) > 400
    wrong = [
        (text, translated)
        for _, text, translated in found
        if set(_PLACE.findall(text)) != set(_PLACE.findall(translated))
        or Counter(text)["\n"] != Counter(translated)["\n"]
    ]
    assert wrong == []


def test_every_sentence_of_the_engine_has_words_and_its_values_in_them(language: str) -> None:
    alike = []
    for code, template in TEMPLATES.items():
        values = {name: f"<{name}>" for name in re.findall(r"\{([a-z_]+)\}", template)}
        said = in_words(Message(code, **values))
        assert all(value in said for value in values.values()), code
        if said == Message(code, **values) and re.search(
            "[a-z]{3}", re.sub(r"{.*?}", "", template)
        ):
            alike.append(code)
    assert alike == []


def test_a_reason_within_a_sentence_is_translated_too(application: QApplication) -> None:
    reason = Message("system.full")
    said = Message("teaching.cannot-write", place="D:", reason=reason)
    translation = Translation(application)
    translation.use("vi")
    try:
        assert in_words(said) == "D:: không thể ghi vào đây (đĩa đã đầy)."
    finally:
        translation.use("en")
    assert in_words(said) == "D:: nothing can be written here (No space left on device)."


def test_one_word_for_loading() -> None:
    loading = [t for _, text, t in _texts("vi") if "oading" in text]
    assert len(loading) >= 3
    assert all(t.startswith("Đang tải") for t in loading)


def test_what_is_simulated_stands_after_what_it_is() -> None:
    sensors = {text: t for context, text, t in _texts("vi") if context == "TracePlots"}
    assert sensors["Simulated accelerometer"] == "Gia tốc kế mô phỏng"
    assert sensors["Simulated gyroscope"] == "Con quay hồi chuyển mô phỏng"
