"""The file of a person's choices: damage costs what it hit, and nobody else reads it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from desktop_app.settings import Settings


def test_damaged_settings_are_put_right(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    good = b"[General]\ntheme=dark\noverlay=false\n"
    for damage in (b"\x00\x00\x00\x00\n", b"[Gener", b"rubbish\n", os.urandom(900), b"=\n"):
        file.write_bytes(good + damage)
        settings = Settings(file)
        assert settings.was_damaged
        assert (settings.text("theme"), settings.flag("overlay", True)) == ("dark", False)
        settings.set("theme", "light")
        settings.save()
        assert not settings.are_lost
        again = Settings(file)
        assert (again.text("theme"), again.was_damaged) == ("light", False)
        assert file.with_name("settings.ini.damaged").read_bytes() == good + damage


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a person's folders private")
@pytest.mark.parametrize("before", [None, 0o644])
def test_settings_are_for_their_owner_alone(tmp_path: Path, before: int | None) -> None:
    file = tmp_path / "new" / "settings.ini"
    if before is not None:
        file.parent.mkdir()
        file.write_text("[General]\n")
        file.chmod(before)
    settings = Settings(file)
    settings.set("source", "http://admin:Secret1@cam/")
    settings.save()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    if before is None:
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
