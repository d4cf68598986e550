"""`pack` adds what a bundle lacks, once, and leaves the rest alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.bundle import Bundle, load_bundle
from engine.runtime.backend import Choice, can_run
from engine.runtime.openvino.graph_conversion import MODEL, WEIGHTS
from tests.bundles import without_converted
from training.commands.app import app

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        can_run(Choice("openvino", "fp32")) is not None, reason="there is no OpenVINO here"
    ),
]


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def pack(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["pack", *map(str, arguments)])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return without_converted("ksl13", tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def made(bare: Bundle, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """The new folder, and what the command said."""
    out = tmp_path_factory.mktemp("packed") / "ksl13"
    before = contents(bare.folder)
    result = pack(bare.folder, "--out", out)
    assert result.exit_code == 0, result.output
    assert contents(bare.folder) == before
    return out, json.loads(result.stdout)


def test_a_new_folder_holds_the_bundle_and_what_it_lacked(
    made: tuple[Path, dict[str, object]], bare: Bundle
) -> None:
    out, said = made
    assert said["added"] == [WEIGHTS, MODEL]
    assert 0 < float(str(said["relative_error"])) <= 1e-2
    old, new = contents(bare.folder), contents(out)
    assert new.keys() - old.keys() == {MODEL, WEIGHTS}
    assert {name for name in old if old[name] != new[name]} == {"card.json"}
    assert load_bundle(out).card.format_version == 4


def test_packed_again_nothing_changes(made: tuple[Path, dict[str, object]]) -> None:
    out, said = made
    before = contents(out)
    result = pack(out)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == said | {"added": []}
    assert contents(out) == before


def test_a_folder_with_something_in_it_is_left_alone(bare: Bundle, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    result = pack(bare.folder, "--out", tmp_path)
    assert result.exit_code == 2
    assert contents(tmp_path).keys() == {"mine.txt"}


def test_a_bundle_of_pictures_alone_lacks_nothing(tmp_path: Path) -> None:
    result = pack("asl20", "--out", tmp_path / "asl20")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (said["added"], said["relative_error"]) == ([], None)
    assert load_bundle(tmp_path / "asl20").card == load_bundle("asl20").card
