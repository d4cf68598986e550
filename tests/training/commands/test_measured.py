"""`measured`, of a bundle that it can do nothing for."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from training.commands.app import app


def test_a_bundle_without_pictures_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    told = ["measured", "vsl-letters", "--data", str(tmp_path), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, told)
    assert done.exit_code == 2
    assert "vsl-letters: it has no pictures" in done.stderr
    assert "manifest" not in done.stderr
    assert not (tmp_path / "out").exists()
