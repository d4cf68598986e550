"""The whole program, started as a user starts it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.bundle import load_bundle
from engine.recognition.recognizer import Recognizer
from engine.sources.opening import open_source
from tests.conftest import LONGEST_S, ROOT
from tests.videos import write_video

pytestmark = pytest.mark.slow


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--headless", *arguments],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


def lines_of(done: subprocess.CompletedProcess[str]) -> tuple[list[dict], dict]:
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[:-1], lines[-1]["summary"]


@pytest.fixture(scope="module")
def father() -> subprocess.CompletedProcess[str]:
    return run("--source", "reference:father", "--traces")


def test_a_replayed_sign_gives_its_name(father: subprocess.CompletedProcess[str]) -> None:
    lines, summary = lines_of(father)
    assert summary["transcript"] == ["father"]
    assert summary["predictions"] == len(lines)
    assert summary["frames"] == 121
    assert any(line["sign"] == "father" for line in lines)


def test_a_line_has_the_promised_form(father: subprocess.CompletedProcess[str]) -> None:
    lines, _ = lines_of(father)
    for line in lines:
        assert list(line) == [
            "t_s",
            "sign",
            "confidence",
            "top",
            "streams",
            "trace_kind",
            "timing_ms",
            "fps",
            "dropped",
            "reason",
            *(["sign_span_s"] if "sign_span_s" in line else []),
            "trace",
        ]
        assert len(line["top"]) == 5
        probabilities = [p for _, p in line["top"]]
        assert probabilities == sorted(probabilities, reverse=True)
        assert set(line["streams"]) == {"video", "sensor"}
        assert line["trace_kind"] == "generated"
        assert set(line["timing_ms"]) == {"landmarks", "network", "frame_to_label"}
        assert line["dropped"] == 0
        assert len(line["trace"]["acc_g"]) == len(line["trace"]["gyro_dps"]) == 6
        steps = len(line["trace"]["acc_g"][0])
        assert line["trace"]["rate_hz"] == pytest.approx((steps - 1) / 3.0, abs=1e-3)


def test_the_transcript_is_what_the_lines_of_signs_that_are_over_say(
    father: subprocess.CompletedProcess[str],
) -> None:
    lines, summary = lines_of(father)
    over = [line for line in lines if "sign_span_s" in line]
    assert [line["sign"] for line in over if line["sign"]] == summary["transcript"]
    for line in over:
        start, end = line["sign_span_s"]
        assert start < end <= line["t_s"]


def test_the_facade_says_the_same(father: subprocess.CompletedProcess[str]) -> None:
    recognizer = Recognizer(load_bundle("asl20"))
    source = open_source("reference:father")
    answers = {}
    while (frame := source.read()) is not None:
        if recognizer.observe(frame) is not None and recognizer.can_predict:
            answer = recognizer.predict()
            assert answer is not None
            answers[round(answer.t_s, 3)] = answer
    source.close()
    recognizer.close()
    lines, _ = lines_of(father)
    in_passing = [line for line in lines if "sign_span_s" not in line]
    for line in in_passing[:-1]:
        same = answers[line["t_s"]]
        assert line["sign"] == same.sign
        assert line["confidence"] == pytest.approx(same.confidence, abs=1e-3)


def test_a_left_handed_signer_is_mirrored(father: subprocess.CompletedProcess[str]) -> None:
    recognizer = Recognizer(load_bundle("asl20"), left_handed=True)
    source = open_source("reference:father")
    answers = {}
    while (frame := source.read()) is not None:
        if recognizer.observe(frame) is not None and recognizer.can_predict:
            answer = recognizer.predict()
            assert answer is not None
            answers[round(answer.t_s, 3)] = answer
    source.close()
    recognizer.close()
    lines, _ = lines_of(run("--source", "reference:father", "--left-handed"))
    in_passing = [line for line in lines if "sign_span_s" not in line][:-1]
    assert in_passing
    for line in in_passing:
        assert line["confidence"] == pytest.approx(answers[line["t_s"]].confidence, abs=1e-3)
    right, _ = lines_of(father)
    assert [line["confidence"] for line in lines] != [line["confidence"] for line in right]


def test_most_reference_motions_are_recognised() -> None:
    _, summary = lines_of(run("--source", "reference:*"))
    signs = json.loads((ROOT / "assets/models/asl20/card.json").read_text("utf-8"))["vocabulary"]
    named = {sign["gloss"] for sign in signs} & set(summary["transcript"])
    assert len(named) >= 16, summary["transcript"]


def test_at_its_own_pace_the_sign_is_the_same() -> None:
    lines, summary = lines_of(run("--source", "reference:father", "--realtime"))
    assert "father" in summary["transcript"]
    assert lines[-1]["t_s"] > 3.0


@pytest.mark.parametrize("kind", ["text", "empty", "missing", "bundle"])
def test_bad_input_is_one_line_and_status_2(tmp_path: Path, kind: str) -> None:
    victim = tmp_path / "clip.mp4"
    arguments = ["--source", str(victim)]
    if kind == "text":
        victim.write_text("no pictures here\n" * 100)
    elif kind == "empty":
        victim.touch()
    elif kind == "bundle":
        folder = Path(shutil.copytree(ROOT / "assets/models/asl20", tmp_path / "asl20"))
        victim = folder / "generator.safetensors"
        content = bytearray(victim.read_bytes())
        content[-1] ^= 1
        victim.write_bytes(content)
        arguments = ["--source", "reference:father", "--bundle", str(folder)]
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert victim.name in done.stderr


def test_nobody_in_view_is_no_sign(tmp_path: Path) -> None:
    path = write_video(tmp_path / "empty_room.mp4", frames=60)
    lines, summary = lines_of(run("--source", str(path)))
    assert summary["transcript"] == []
    assert lines
    assert all(line["sign"] is None and line["top"] == [] for line in lines)
    assert {line["reason"] for line in lines} == {"nobody"}
    assert lines[-1]["hint"] == "Nobody is in the picture."


def test_a_clip_of_two_frames_ends_well(tmp_path: Path) -> None:
    path = write_video(tmp_path / "two.mp4", frames=2)
    _, summary = lines_of(run("--source", str(path)))
    assert summary["frames"] == 2


def test_real_people_signing_something_else(shared_data: Path) -> None:
    clip = next((shared_data / "arsl10" / "user07" / "G04").glob("*.mp4"))
    first, again = (lines_of(run("--source", str(clip))) for _ in range(2))
    assert [(x["t_s"], x["sign"], x["top"]) for x in first[0]] == [
        (x["t_s"], x["sign"], x["top"]) for x in again[0]
    ]
    assert all(len(line["top"]) == 5 for line in first[0])


def test_a_stranger_is_understood_in_colour(shared_data: Path) -> None:
    """A signer whom the bundle of Arabic signs has never seen, filmed."""
    card = load_bundle("arsl10").card
    (stranger,) = card.training.test_signers
    clip = min((shared_data / "arsl10" / stranger / "G08").glob("*.mp4"))
    lines, summary = lines_of(run("--bundle", "arsl10", "--source", str(clip), "--traces"))
    assert summary["transcript"] == ["sleep"]
    assert lines[-1]["trace_kind"] == "generated"
