"""`prepare`, `compare` and `leaks` as a technician uses them, on a made-up UTD-MHAD folder."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner

from tests.training import recordings
from tests.training.prepared_folder import write_prepared
from tests.training.utd_folder import write_set
from training.commands.app import app
from training.comparison.methods import ROW_NAMES
from training.errors import DataError
from training.preparation.cropping import crop_frames, foreground_box
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.readers.utd_mhad import UtdMhad
from training.reports.result import RunResult
from training.splits.leak_check import find_leaks, fingerprints
from training.splits.protocols import leave_one_out, published_lists, published_subjects
from training.splits.published_splits import ListedClip, list_name, read_published_split
from training.splits.signer_split import SIDES

pytestmark = pytest.mark.slow

SMALL = [
    "--recipe", "smoke", "--seeds", "1", "--set", "batch_size=8", "--set", "no_sign_share=0",
    "--set", "frame_size=32",
]  # fmt: skip


def call(*arguments: str, status: int = 0) -> dict:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, done.output
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("utd")
    write_set(folder / "raw", actions=3, subjects=8, trials=1)
    out = folder / "prepared"
    said = call(
        "prepare", "utd-mhad", "--data", str(folder / "raw"), "--out", str(out),
        "--size", "32", "--n-steps", "32", "--workers", "1",
    )  # fmt: skip
    assert (said["clips"], said["with_imu"], said["left_out"]) == (24, 24, 0)
    return out


@pytest.fixture(scope="module")
def compared(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    out = tmp_path_factory.mktemp("compared")
    rows = ",".join(row for row in ROW_NAMES if row != "swin_b")
    return out, call("compare", "--data", str(prepared), "--out", str(out), "--rows", rows, *SMALL)


def test_every_row_is_measured_on_the_published_test_subjects(
    compared: tuple[Path, dict],
) -> None:
    _, said = compared
    assert said["n"] == 12
    assert set(said["rows"]) == set(ROW_NAMES.values()) - {"Video Swin-B"}
    for row in said["rows"].values():
        assert len(row["top1"]) == 1
        assert 0 <= row["top1"][0] <= 1
        assert 0 <= row["ece"][0] <= 1
    assert set(said["trace_r"]) == {"acc", "gyro"}


def test_the_report_is_one_file_that_fetches_nothing(compared: tuple[Path, dict]) -> None:
    out, _ = compared
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script" not in page
    for name in ("Two-Stream I3D", "MARS", "self-learning fusion (ours)"):
        assert name in page
    assert "Video Swin-B: was not asked for" in page
    result = RunResult.model_validate_json((out / "report.json").read_text(encoding="utf-8"))
    assert {clip.signer for clip in result.clips} == {"s2", "s4", "s6", "s8"}
    assert all(len(row.predicted) == 12 for row in result.rows)


def test_a_finished_run_is_not_trained_again(compared: tuple[Path, dict], prepared: Path) -> None:
    out, said = compared
    log = (out / "seed-0" / "log.jsonl").read_text()
    again = call(
        "compare", "--data", str(prepared), "--out", str(out), "--rows", "i3d,ours", "--resume",
        *SMALL,
    )  # fmt: skip
    for row in again["rows"]:
        assert again["rows"][row]["top1"] == said["rows"][row]["top1"]
    assert (out / "seed-0" / "log.jsonl").read_text() == log
    refused = call(
        "compare", "--data", str(prepared), "--out", str(out), "--rows", "i3d", *SMALL, status=2
    )
    assert "--resume" in refused["said"]


def test_folds_are_joined_into_one_report(tmp_path: Path) -> None:
    data = write_prepared(tmp_path / "prepared", signers=4, takes=2)
    folds = []
    for fold in ("0", "1"):
        out = tmp_path / f"fold{fold}"
        call(
            "compare", "--data", str(data), "--out", str(out), "--rows", "i3d", "--fold", fold,
            *SMALL,
        )  # fmt: skip
        folds.append(str(out))
    said = call("report", *folds, "--out", str(tmp_path / "joined"))
    assert said["protocol"] == "leave one signer out: user01, user02"
    assert said["n"] == 12
    row = said["rows"]["I3D"]
    assert row["mean"] == pytest.approx(sum(row["top1"]) / 2, abs=1e-4)
    assert len(row["top1"]) == 2
    assert (tmp_path / "joined" / "report.html").exists()
    refused = call("report", folds[0], folds[0], "--out", str(tmp_path / "twice"), status=2)
    assert "two folds" in refused["said"]
    refused = call("report", str(tmp_path), "--out", str(tmp_path / "none"), status=2)
    assert "report.json" in refused["said"]


def test_asl20_is_split_anew_for_each_seed(tmp_path: Path) -> None:
    data = recordings.write_set(tmp_path / "set.parquet", signers=12, takes=2)
    out = tmp_path / "out"
    said = call(
        "compare", "--data", str(data), "--out", str(out), "--rows", "i3d,sensor,ours",
        "--recipe", "smoke", "--seeds", "2", "--set", "batch_size=8",
    )  # fmt: skip
    assert said["n"] == 6 * 2 * 2
    assert [len(row["top1"]) for row in said["rows"].values()] == [2, 2, 2]
    result = RunResult.model_validate_json((out / "report.json").read_text(encoding="utf-8"))
    assert result.glosses == ["aside", "up"]
    assert len(result.thumbnails) == 2
    assert result.traces[0].channels[3] == "acc right x (g)"
    tested = []
    for seed in (0, 1):
        record = json.loads((out / f"seed-{seed}" / "run.json").read_text())
        assert not set(record["split"]["test"]) & set(record["learnt_from"]["asl20"])
        tested.append(record["split"]["test"])
    assert {clip.signer for clip in result.clips} == set(tested[0])
    assert tested[0] != tested[1]


def test_a_row_does_not_depend_on_the_rows_before(prepared: Path, tmp_path: Path) -> None:
    """Flow I3D, trained after the video I3D in the same process, and with it done already."""
    rows = ("--rows", "two_stream", "--set", "video_rate=1e-5")
    data = str(prepared)
    call("compare", "--data", data, "--out", str(tmp_path / "a"), *SMALL, *rows)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    (tmp_path / "b" / "seed-0" / "flow.safetensors").unlink()
    call("compare", "--data", data, "--out", str(tmp_path / "b"), "--resume", *SMALL, *rows)
    first, second = (
        load_file(tmp_path / name / "seed-0" / "flow.safetensors") for name in ("a", "b")
    )
    key = "network/backbone.stem.conv_1a.conv.weight"
    assert torch.allclose(first[key], second[key], atol=1e-3)


def test_a_row_that_is_not_known_is_refused(prepared: Path, tmp_path: Path) -> None:
    said = call(
        "compare", "--data", str(prepared), "--out", str(tmp_path), "--rows", "i4d", *SMALL,
        status=2,
    )  # fmt: skip
    assert "i4d" in said["said"]


def test_no_subject_stands_on_two_sides(prepared: Path) -> None:
    said = call("leaks", "--data", str(prepared))
    assert said["leaks"] == 0
    protocol = published_subjects("utd-mhad", load_prepared(prepared).signers)
    assert protocol.split.train == ("s1", "s3", "s5")
    assert protocol.split.validation == ("s7",)
    assert protocol.split.test == ("s2", "s4", "s6", "s8")


def with_clip_of_another(prepared: PreparedSet, frames: np.ndarray) -> PreparedSet:
    """The clip of s2 (tested) is replaced by `frames`."""
    i = int(np.flatnonzero(prepared.signers == "s2")[0])
    changed = prepared.frames.copy()
    changed[i] = frames
    return PreparedSet(
        prepared.manifest,
        prepared.keys,
        prepared.glosses,
        prepared.signers,
        changed,
        prepared.samples,
        prepared.has_imu,
    )


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_copy_under_another_name_is_found(prepared: Path, mirrored: bool) -> None:
    whole = load_prepared(prepared)
    source = int(np.flatnonzero(whole.signers == "s3")[0])
    noise = np.random.default_rng(0).normal(0, 3, whole.frames[source].shape)
    copy = (whole.frames[source] + noise).clip(0, 255).astype(np.uint8)
    if mirrored:
        copy = copy[:, :, ::-1]
    leaks = find_leaks(
        with_clip_of_another(whole, copy), published_subjects("utd-mhad", whole.signers)
    )
    assert any(leak.kind == "near copy" and str(whole.keys[source]) in leak.left for leak in leaks)


def test_real_recordings_of_different_people_are_no_copies(shared_data: Path) -> None:
    reader = UtdMhad()
    clips = [c for c in reader.list(shared_data / "utd-mhad").clips if c.key[:3] in ("a01", "a02")]
    frames = []
    for clip in clips[:24]:
        pictures = reader.frames(clip, 12)
        frames.append(crop_frames(pictures, foreground_box(pictures).box, 32))
    prints = fingerprints(np.stack(frames))
    likeness = prints @ prints.T - 2 * np.eye(len(prints))
    assert likeness.max() < 0.99


def test_one_signer_is_left_out_and_another_watches() -> None:
    signers = np.array(["c", "a", "b", "d", "a"])
    protocol = leave_one_out(signers, "d")
    assert protocol.split.test == ("d",)
    assert protocol.split.validation == ("a",)
    assert protocol.split.train == ("b", "c")
    with pytest.raises(DataError, match="'x'"):
        leave_one_out(signers, "x")


def test_published_lists_choose_the_clips(prepared: Path, tmp_path: Path) -> None:
    whole = load_prepared(prepared)
    lists = {}
    for name, subjects in (("train", "1357"), ("test", "2468")):
        keys = [key for key in whole.keys if key[5] in subjects]
        lists[name] = tmp_path / f"{name}.csv"
        # One clip is in no list, and one listed clip is not there.
        rows = [f"{i},{key}_color.npy,x" for i, key in enumerate(keys[1:])]
        lists[name].write_text("\n".join([*rows, f"99,a27_s{subjects[0]}_t4_color.npy,x"]))
    protocol = published_lists(whole, lists["train"], lists["test"])
    sides = {name: whole.keys[protocol.side(whole, name)] for name in SIDES}
    assert [len(sides[name]) for name in SIDES] == [8, 3, 11]
    assert {key[4:6] for key in sides["validation"]} == {"s7"}
    assert len(protocol.problems) == 4
    said = call(
        "leaks", "--data", str(prepared), "--train-list", str(lists["train"]), "--test-list",
        str(lists["test"]),
    )  # fmt: skip
    assert said["leaks"] == 0
    assert "test.csv" in said["protocol"]
    alone = call("leaks", "--data", str(prepared), "--test-list", str(lists["test"]), status=2)
    assert "belong together" in alone["said"]
    with lists["test"].open("a") as file:
        # The clip that is in no list; its signer trains.
        file.write("\n100,a01_s1_t1_color.npy,x")
    with pytest.raises(DataError, match="s1 stands in both"):
        published_lists(whole, lists["train"], lists["test"])


def test_the_published_lists_part_whole_signers(shared_data: Path) -> None:
    """Those of all three sets, on made-up clips of the listed names."""
    for folder, tested in (("VSL", "6789"), ("UTD-MHAD", "2468"), ("MHAD", "4680")):
        files = sorted((shared_data / "seed-splits" / folder).glob("*.csv"))
        train, test = (
            next(f for f in files if side in f.name.lower()) for side in ("train", "test")
        )
        split = read_published_split(train, test)

        def signers(clips: tuple[ListedClip, ...]) -> set[str]:
            return {m[0] for c in clips if (m := re.search(r"[sN]\d+(?=_)", list_name(c.file)))}

        assert not signers(split.train) & signers(split.test)
        assert {name[-1] for name in signers(split.test)} == set(tested)


def test_an_altered_set_stops_the_comparison(prepared: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(prepared, copy)
    file = next((copy / "clips").glob("a01_s2*"))
    file.write_bytes(b"")
    said = call(
        "compare", "--data", str(copy), "--out", str(tmp_path / "out"), "--rows", "i3d", *SMALL,
        status=2,
    )  # fmt: skip
    assert file.name in said["said"]
