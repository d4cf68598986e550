"""`pack` adds what a bundle lacks, once, and leaves the rest alone."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.bundle import FORMAT_VERSION, Bundle, load_bundle
from engine.models.stored_weights import Storage
from engine.runtime.autotune import logits_of
from engine.runtime.backend import PLAIN, Choice, can_run
from engine.runtime.fallback import make_run
from engine.runtime.network_cache import NetworkCache
from engine.runtime.openvino.graph_conversion import MODEL, WEIGHTS
from engine.runtime.parts import example_of, relative_error
from tests.bundles import without_converted
from training.bundling.packed_bundle import packed
from training.bundling.storage_choice import as_good
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
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"card.json", "landmarks.safetensors"}
    made_of = load_bundle(out)
    assert made_of.card.format_version == FORMAT_VERSION
    stream = made_of.card.networks.landmarks
    # Joints answer in its place.
    assert stream is not None and stream.storage == "int8"
    assert made_of.file(stream.file).stat().st_size < 0.6 * bare.file(stream.file).stat().st_size


def test_packed_again_nothing_changes(made: tuple[Path, dict[str, object]]) -> None:
    out, said = made
    before = contents(out)
    result = pack(out)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == said | {"added": [], "bytes_before": said["bytes"]}
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
    once = contents(tmp_path / "asl20")
    # In its own folder's place, which it had to itself.
    assert pack(tmp_path / "asl20").exit_code == 0
    assert contents(tmp_path / "asl20") == once
    assert [file.name for file in tmp_path.iterdir()] == ["asl20"]


@pytest.mark.parametrize("storage", ["float16", "int8"])
def test_whatever_the_storage_it_answers_nearly_the_same(storage: Storage, tmp_path: Path) -> None:
    before = load_bundle("asl20")
    after = packed(before, tmp_path / "asl20", storage)
    clip = example_of(before, "video")
    for choice in (PLAIN, Choice("openvino", "int8")):
        if can_run(choice) is None:
            runs = [make_run(b, "video", choice, NetworkCache(tmp_path)) for b in (before, after)]
            old, new = (logits_of(run(clip), "video") for run in runs)
            assert relative_error(new, old) < 0.02


def test_int8_storage_must_cost_no_stream_anything() -> None:
    lost: dict[str, object] = {
        "top1": {"video": 0.8, "landmarks": None, "fused_generated": 0.9},
        "top1_int8": {"video": 0.81, "landmarks": None, "fused_generated": 0.894},
        "trace_r": {"acc": 0.8, "gyro": 0.5},
        "trace_r_int8": {"acc": 0.8, "gyro": 0.5},
    }
    assert not as_good(lost)
    assert as_good(lost | {"top1_int8": lost["top1"]})
    assert not as_good(
        lost | {"top1_int8": lost["top1"], "trace_r_int8": {"acc": 0.8, "gyro": 0.4}}
    )


def test_what_lies_beside_a_bundle_stays_there(bare: Bundle, tmp_path: Path) -> None:
    """A run's folder holds its checkpoints too, and training goes on from them."""
    run = Path(shutil.copytree(bare.folder, tmp_path / "run"))
    (run / "checkpoints").mkdir()
    (run / "checkpoints" / "video.safetensors").write_bytes(b"learnt")
    (run / "run.json").write_text("{}", "utf-8")
    result = pack(run)
    assert result.exit_code == 0, result.output
    assert (run / "checkpoints" / "video.safetensors").read_bytes() == b"learnt"
    assert (run / "run.json").is_file() and load_bundle(run).card.format_version == FORMAT_VERSION
    assert [entry.name for entry in tmp_path.iterdir()] == ["run"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    bare: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Path(shutil.copytree(bare.folder, tmp_path / "run"))
    (run / "run.json").write_text("{}", "utf-8")
    before, rename = contents(run), Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    assert pack(run).exit_code == 2
    assert contents(run) == before
