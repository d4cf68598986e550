"""From landmarks on disk to a bundle that names signs live, and learns more by being shown them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.bundle import BundleError, load_bundle
from engine.frame import Frame, Landmarks
from engine.landmarks.recording import LandmarkRecording
from engine.prediction import Prediction
from engine.recognition.recognizer import Recognizer
from tests.drawn_signs import drawn_sign
from tests.landmark_recordings import recording, write_landmarks
from training.commands.app import app

pytestmark = pytest.mark.slow

NO_PICTURE = np.zeros((4, 4, 3), np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that knows three movements out of four."""
    root = tmp_path_factory.mktemp("graph")
    signers = ("ana", "ben", "cam", "dao", "eva", "finn")
    data = write_landmarks(root / "landmarks", signers=signers, takes=4)
    told = [
        *("graph", "folder", "--data", str(data), "--out", str(root / "bundle")),
        *("--recipe", "smoke", "--test", "ana", "--validation", "ben", "--leave-out", "open"),
        *("--set", "landmark_epochs=24", "--set", "batch_size=8"),
        *("--set", "span_s=2.6", "--set", "landmark_width=0.125", "--seed", "0"),
    ]
    result = CliRunner().invoke(app, told)
    assert result.exit_code == 0, result.output
    return root / "bundle"


@pytest.fixture
def recognizer(folder: Path) -> Iterator[Recognizer]:
    made = Recognizer(load_bundle(folder))
    yield made
    made.close()


def watch(recognizer: Recognizer, recordings: list[LandmarkRecording]) -> list[Prediction]:
    """One after another, as a camera would show them; what was named on the way."""
    named: list[Prediction] = []
    now = 0.0
    for shown in recordings:
        for step in range(len(shown)):
            now += 1 / 15
            recognizer.observe(Frame(NO_PICTURE, now, step, shown.at(step)))
            named.extend(recognizer.spotted())
    return [*named, *recognizer.spotted(at_end=True)]


def test_the_card_says_what_the_bundle_is(folder: Path) -> None:
    card = load_bundle(folder).card
    assert card.glosses == ("circle", "lift", "wave")
    assert (card.clip.view, card.clip.size, card.sensor) == ("landmarks", 0, None)
    assert card.networks.video is None and card.networks.landmarks is not None
    assert card.rejection.energy is not None
    assert not set(card.training.train_signers) & {"ana", "ben"}
    assert card.training.metrics["top1"]["landmarks"] >= 0.9  # type: ignore[index, call-overload]
    assert card.training.metrics["top1"]["video"] is None  # type: ignore[index, call-overload]


def test_signs_are_named_once_each_soon_after_they_end(recognizer: Recognizer) -> None:
    shown = ["wave", "lift", "lift", "circle", "wave"]
    named = watch(recognizer, [recording(one, seed=900) for one in shown])
    assert [one.sign for one in named] == shown
    for number, one in enumerate(named):
        assert one.sign_span_s is not None
        start, end = one.sign_span_s
        assert 2.6 * number < start < end < one.t_s <= end + 0.5
        assert one.streams.keys() == {"landmarks"} and one.trace is None


def test_a_left_hander_is_understood_when_it_is_said(recognizer: Recognizer) -> None:
    recognizer.set_left_handed(True)
    shown = [recording(one, seed=901, left_handed=True) for one in ("wave", "circle")]
    assert [one.sign for one in watch(recognizer, shown)] == ["wave", "circle"]


def test_a_taught_sign_is_named_beside_the_others_at_once(recognizer: Recognizer) -> None:
    before = watch(recognizer, [drawn_sign(4, signer=9)])
    assert [one.sign for one in before] != ["mở ra"]
    takes = [(drawn_sign(4, signer), False) for signer in (1, 2, 3)]
    (info,) = recognizer.teach({"mở ra": takes})
    assert (info.gloss, info.takes) == ("mở ra", 3)
    assert info.similar_to is None
    recognizer.reset()
    shown = [recording("wave", seed=903), drawn_sign(4, signer=9), recording("lift", seed=903)]
    assert [one.sign for one in watch(recognizer, shown)] == ["wave", "mở ra", "lift"]
    assert recognizer.teach({}) == ()
    recognizer.reset()
    assert "mở ra" not in [one.sign for one in watch(recognizer, [drawn_sign(4, signer=9)])]


def test_one_take_is_enough_and_a_left_hander_s_counts(recognizer: Recognizer) -> None:
    (info,) = recognizer.teach({"mở ra": [(drawn_sign(4, 1, left_handed=True), True)]})
    assert info.takes == 1
    assert [one.sign for one in watch(recognizer, [drawn_sign(4, signer=9)])] == ["mở ra"]


def test_takes_in_which_no_hand_was_seen_teach_nothing(recognizer: Recognizer) -> None:
    shown = drawn_sign(4, signer=1)
    blind = [Landmarks(shown.at(step).pose) for step in range(len(shown))]
    without = LandmarkRecording.of(shown.t_s, blind)
    assert recognizer.teach({"mở ra": [(without, False)]}) == ()
    (info,) = recognizer.teach({"mở ra": [(without, False), (shown, False)]})
    assert info.takes == 1
    assert recognizer.teach({}) == ()
    assert watch(recognizer, [recording("wave", seed=904)])[0].sign == "wave"


def test_a_sign_taught_twice_under_two_names_is_warned_of(recognizer: Recognizer) -> None:
    infos = recognizer.teach(
        {
            "goodbye": [(recording("wave", seed=s), False) for s in (60, 61, 62)],
            "mở ra": [(drawn_sign(4, signer), False) for signer in (1, 2, 3)],
        }
    )
    assert {info.gloss: info.similar_to for info in infos} == {"goodbye": "wave", "mở ra": None}


def test_without_hands_in_view_the_stream_is_left_out(recognizer: Recognizer) -> None:
    shown = recording("wave", seed=905)
    blind = [Landmarks(shown.at(step).pose) for step in range(len(shown))]
    for step, seen in enumerate(blind):
        recognizer.observe(Frame(NO_PICTURE, step / 15, step, seen))
    prediction = recognizer.predict()
    assert prediction is not None
    assert prediction.sign is None and prediction.streams == {}


def test_a_bundle_without_its_mean_features_is_refused(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "bundle"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("checkpoints"))
    (copy / "examples.safetensors").unlink()
    with pytest.raises(BundleError, match=r"examples\.safetensors"):
        load_bundle(copy)


def test_teaching_and_spotting_are_measured_from_the_command_line(folder: Path) -> None:
    data = str(folder.parent / "landmarks")
    taught = CliRunner().invoke(
        app, ["teaching", str(folder), "--data", data, "--takes", "3", "--teachers", "ana,ben"]
    )
    assert taught.exit_code == 0, taught.output
    figures = json.loads(taught.stdout)
    assert set(figures["teachers"]) == {"ana", "ben"}
    assert figures["all"]["same_signer"] >= 0.9
    assert figures["all"]["other_signers"] >= 0.75
    told = ["spotting", "--data", data, "--bundle", str(folder), "--signers", "ana"]
    spotted = CliRunner().invoke(app, [*told, "--streams", "1", "--signs", "8", "--json"])
    assert spotted.exit_code == 0, spotted.output
    assert json.loads(spotted.stdout)["naming"]["ana"]["signs"] == 8


def test_the_network_that_knows_the_tested_signer_may_not_begin_a_run(
    folder: Path, tmp_path: Path
) -> None:
    told = [
        *("graph", "folder", "--data", str(folder.parent / "landmarks")),
        *("--out", str(tmp_path / "out"), "--recipe", "smoke", "--init", str(folder)),
    ]
    refused = CliRunner().invoke(app, [*told, "--test", "cam", "--validation", "dao"])
    assert refused.exit_code == 2
    assert "cam" in refused.stderr
    allowed = CliRunner().invoke(
        app,
        [
            *(*told, "--test", "ana", "--validation", "ben", "--leave-out", "open"),
            *("--set", "landmark_width=0.125", "--set", "batch_size=8"),
        ],
    )
    assert allowed.exit_code == 0, allowed.stderr
