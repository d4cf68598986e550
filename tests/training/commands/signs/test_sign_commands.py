"""`python -m training encoder` and `one-shot`, as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.paths import SIGN_ENCODER
from tests.drawn_signs import write_archive, write_signers
from training.commands.app import app

SETTINGS = ("copies=2", "components=48", "dimensions=12,8,8,8")


def run(*arguments: object, status: int = 0) -> tuple[dict, str]:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert done.exit_code == status, done.stderr
    return (json.loads(done.stdout) if status == 0 else {}), done.stderr


def test_an_encoder_is_trained_and_measured(tmp_path: Path) -> None:
    many = write_archive(tmp_path / "many.npz", range(50))
    signers = write_signers(tmp_path / "signers", range(100, 105), range(2))
    options = [word for setting in SETTINGS for word in ("--set", setting)]
    out = tmp_path / "encoder"
    said, _ = run("encoder", "--data", many, "--data", signers, "--out", out, *options)
    assert said["words"] == 50 and said["bytes"] > 0 and said["folder"]["1-shot"]["mean"] > 0.5

    own, note = run("one-shot", out, "--data", signers, "--shots", "1,2", "--pairs")
    assert own["learnt_from"] is True and "no test" in note
    assert set(own["shots"]) == {"1", "2"} and len(own["shots"]["1"]["pairs"]) == 2
    assert (own["signers"], own["signs"], own["takes"], own["handless"]) == (2, 5, 20, 0)

    others = write_signers(tmp_path / "others", range(300, 305), range(2), dataset="others")
    new, note = run("one-shot", out, "--data", others, "--shots", "1")
    assert new["learnt_from"] is False and "no test" not in note


def test_what_is_wrong_is_said_in_one_line(tmp_path: Path) -> None:
    many = write_archive(tmp_path / "many.npz", range(12))
    out = tmp_path / "out"
    for arguments, words in (
        (("encoder", "--data", tmp_path / "none.npz", "--out", out), "no such file"),
        (("encoder", "--data", many, "--out", out, "--set", "copies=0"), "copies"),
        (("encoder", "--data", many, "--out", out, "--set", "size=1"), "size"),
        (("encoder", "--data", many, "--out", out, "--lexicon", "words"), "--lexicon words"),
        (("one-shot", tmp_path, "--data", many), "card.json"),
        (("one-shot", SIGN_ENCODER, "--data", many), "several signers"),
        (("one-shot", SIGN_ENCODER, "--data", many, "--shots", "0,x"), "--shots"),
    ):
        _, said = run(*arguments, status=2)
        last = said.strip().splitlines()[-1]
        assert last.startswith("training: ") and words in last
    assert not out.exists()


@pytest.mark.slow
def test_the_shipped_encoder_on_real_signs(shared_data: Path) -> None:
    """It has learnt what signers make of these signs, so this is no test of how good it is: that
    stands on its card. Here it is shown to work as it was measured."""
    said, _ = run("one-shot", SIGN_ENCODER, "--data", shared_data / "ksl13", "--seeds", 1)
    assert said["shots"]["1"]["mean"] > 0.93 and said["shots"]["5"]["mean"] > 0.96
    words, _ = run("one-shot", SIGN_ENCODER, "--data", shared_data / "vsl-lexicon")
    assert words["looked_up"]["in_ten"] >= 9
