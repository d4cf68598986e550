"""Signs by a glove alone, live: the last seconds of its angles, and what is written down of them.

Samples are stamped ahead of the clock, so that a slow machine does not find them old.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.bundle import Bundle, BundleError, load_bundle, sha256
from engine.paths import BUNDLES
from engine.prediction import Prediction, Timing
from engine.recognition.finger_recognizer import FRESH_S, HELD_S, FingerRecognizer
from training.datasets.finger_dataset import FingerDataset
from training.evaluation.finger_scores import finger_logits, network_of
from training.readers.glove_letters import read_glove_letters

AHEAD_S = 3600.0
RECORDED_S = 7.0
NO_WRISTS = np.empty((0, 8))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle("vsl-letters")


@pytest.fixture
def recognizer(bundle: Bundle) -> Iterator[FingerRecognizer]:
    recognizer = FingerRecognizer(bundle)
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="module")
def last_takes(shared_data: Path) -> dict[str, NDArray[np.float64]]:
    """By sign, `(48, 12)` degrees over 7 s."""
    file = shared_data / "glove-letters" / "vsl36_glove.npz"
    if not file.is_file():
        pytest.skip("no recordings of a glove with fingers")
    with np.load(file, allow_pickle=False) as found:
        names, label, take, seq = (found[key] for key in ("labels", "label", "rec", "seq"))
    last = {}
    for number, name in enumerate(names):
        mine = np.flatnonzero(label == number)
        last[str(name)] = seq[mine[np.argmax(take[mine])]].astype(np.float64)
    return last


def rows(
    degrees: NDArray[np.float64], start_s: float, rate_hz: float = 48 / RECORDED_S
) -> NDArray[np.float64]:
    """`(N, 1 + angles)`: one row a sample from `start_s` on."""
    return np.column_stack([start_s + np.arange(len(degrees)) / rate_hz, degrees])


def still(seconds: float, degrees: float = 10.0, angles: int = 12) -> NDArray[np.float64]:
    """At 50 Hz."""
    return np.full((round(seconds * 50), angles), degrees)


def faster(degrees: NDArray[np.float64], rate_hz: float) -> NDArray[np.float64]:
    """The same movement as a faster glove tells it, every angle in [-180, 180)."""
    count = round(RECORDED_S * rate_hz)
    places = np.linspace(0, len(degrees) - 1, count)
    whole = np.unwrap(degrees, period=360.0, axis=0)
    told = [np.interp(places, np.arange(len(whole)), column) for column in whole.T]
    return (np.stack(told, axis=1) + 180.0) % 360.0 - 180.0


def named(bundle: Bundle, samples: NDArray[np.float64]) -> Prediction:
    recognizer = FingerRecognizer(bundle)
    recognizer.measure(NO_WRISTS, samples)
    found = recognizer.predict()
    recognizer.close()
    assert found is not None
    return found


def test_live_windows_are_those_the_network_was_trained_and_measured_with(
    bundle: Bundle, shared_data: Path
) -> None:
    """The last seconds of every sign's last take: the same sign comes first live as in `evaluate`,
    about as surely. (Which sign that is, is the network's business: of these 36, which it was
    trained on, it takes two for others.)"""
    every = read_glove_letters(shared_data)
    last = np.zeros(len(every), bool)
    for gloss in every.vocabulary:
        mine = np.flatnonzero(every.glosses == gloss)
        last[mine[np.argmax(every.takes[mine])]] = True
    takes, card = every.subset(last), bundle.card
    assert card.sensor is not None
    clips = FingerDataset(
        takes, card.glosses, n_steps=card.sensor.n_steps, device=torch.device("cpu")
    )
    logits, _ = finger_logits(network_of(bundle), clips.last_batches(card.clip.span_s))
    measured = (logits / card.fusion.temperatures["sensor_measured"]).softmax(dim=1)[:, :-1]
    start = time.perf_counter() + AHEAD_S
    right = 0
    for gloss, degrees, expected in zip(takes.glosses, takes.degrees, measured, strict=True):
        found = named(bundle, rows(degrees.astype(np.float64), start))
        assert found.trace_kind == "measured" and found.trace is None
        assert found.t_s == pytest.approx(start + 47 * RECORDED_S / 48)
        assert found.top[0][0] == card.glosses[int(expected.argmax())]
        assert found.confidence == pytest.approx(float(expected.max()), abs=0.05)
        right += found.top[0][0] == gloss
    assert len(takes) == 36 and right >= 32


def test_the_rate_of_a_glove_does_not_matter(
    bundle: Bundle, last_takes: dict[str, NDArray[np.float64]]
) -> None:
    start = time.perf_counter() + AHEAD_S
    differ = []
    for sign in ("A", "B", "L", "Y", "ĐIỆN THOẠI"):
        slow = named(bundle, rows(last_takes[sign], start))
        fast = named(bundle, rows(faster(last_takes[sign], 100.0), start, 100.0))
        assert fast.top[0][0] == slow.top[0][0] == sign
        differ.append(abs(fast.confidence - slow.confidence))
    assert max(differ) < 0.15, differ


def test_an_angle_about_180_degrees_is_told_either_way(
    bundle: Bundle, last_takes: dict[str, NDArray[np.float64]]
) -> None:
    start = time.perf_counter() + AHEAD_S
    for degrees in last_takes.values():
        found = named(bundle, rows(degrees, start))
        turned = named(bundle, rows(np.mod(degrees, 360.0), start))
        assert turned.top[0][0] == found.top[0][0]
        assert turned.confidence == pytest.approx(found.confidence, abs=1e-3)


def test_a_hand_at_rest_names_nothing(
    bundle: Bundle, last_takes: dict[str, NDArray[np.float64]]
) -> None:
    """As every take begins: what is there before the hand rises, for three seconds."""
    start = time.perf_counter() + AHEAD_S
    resting = [np.repeat(degrees[:1], 24, axis=0) for degrees in last_takes.values()]
    spoken = [found for one in resting if (found := named(bundle, rows(one, start))).sign]
    assert len(spoken) <= 1, [(found.sign, found.confidence) for found in spoken]


def test_a_sign_that_is_held_is_written_once_and_again_only_after_another(
    recognizer: FingerRecognizer, last_takes: dict[str, NDArray[np.float64]]
) -> None:
    start = time.perf_counter() + AHEAD_S
    played = np.concatenate([last_takes[sign] for sign in ("B", "Y", "B")])
    written: list[Prediction] = []
    for row in rows(played, start):
        recognizer.measure(NO_WRISTS, row[None])
        recognizer.predict()
        written += recognizer.spotted()
    signs = [one.sign for one in written]
    places = [number for number, sign in enumerate(signs) if sign == "B"]
    assert len(places) == 2 and "Y" in signs[places[0] : places[1]], signs
    for one in written:
        assert one.sign_span_s is not None
        first, last = one.sign_span_s
        assert last - first >= HELD_S and start <= first < last <= start + 3 * RECORDED_S
    assert recognizer.spotted() == ()


def test_what_was_held_is_forgotten_with_a_new_start(
    recognizer: FingerRecognizer, last_takes: dict[str, NDArray[np.float64]]
) -> None:
    start = time.perf_counter() + AHEAD_S
    held = np.repeat(last_takes["B"][-1:], 60, axis=0)
    signs: list[str | None] = []
    for number, row in enumerate(rows(held, start)):
        if number == 40:
            assert signs == ["B"]
            recognizer.reset()
        recognizer.measure(NO_WRISTS, row[None])
        recognizer.predict()
        signs += [one.sign for one in recognizer.spotted()]
    assert signs == ["B", "B"]


def test_nothing_is_said_before_the_span_is_there(recognizer: FingerRecognizer) -> None:
    start = time.perf_counter() + AHEAD_S
    assert not recognizer.can_predict and recognizer.predict() is None
    recognizer.measure(NO_WRISTS, rows(still(1.5), start, 50.0))
    assert not recognizer.can_predict and recognizer.predict() is None
    recognizer.measure(NO_WRISTS, rows(still(1.5), start + 1.5, 50.0))
    assert recognizer.can_predict and recognizer.predict() is not None


def test_a_glove_that_has_stopped_names_nothing(recognizer: FingerRecognizer) -> None:
    stopped = time.perf_counter() - 2 * FRESH_S
    recognizer.measure(NO_WRISTS, rows(still(3.5), stopped - 3.5, 50.0))
    assert not recognizer.can_predict and recognizer.predict() is None


def test_a_second_that_is_missing_is_not_made_up(recognizer: FingerRecognizer) -> None:
    start = time.perf_counter() + AHEAD_S
    for begin in (start, start + 2.5):
        recognizer.measure(NO_WRISTS, rows(still(1.5), begin, 50.0))
    assert recognizer.predict() is None


def test_a_glove_with_other_angles_is_not_guessed_at(recognizer: FingerRecognizer) -> None:
    start = time.perf_counter() + AHEAD_S
    recognizer.measure(NO_WRISTS, rows(still(3.5, angles=5), start, 50.0))
    assert not recognizer.can_predict and recognizer.predict() is None


@pytest.mark.parametrize("fault", ["cut", "words"])
def test_weights_that_cannot_be_used_are_refused(tmp_path: Path, fault: str) -> None:
    folder = Path(shutil.copytree(BUNDLES / "vsl-letters", tmp_path / "vsl-letters"))
    card = json.loads((folder / "card.json").read_text("utf-8"))
    weights = folder / "sensor.safetensors"
    if fault == "cut":
        weights.write_bytes(weights.read_bytes()[:1000])
        card["files"][weights.name] = sha256(weights)
    else:
        del card["vocabulary"][-1]
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(BundleError) as refused:
        FingerRecognizer(load_bundle(folder))
    expected = "bundle.weights-unreadable" if fault == "cut" else "bundle.weights-unfit"
    assert refused.value.message.code == expected


def test_a_sign_is_not_held_while_nothing_comes(recognizer: FingerRecognizer) -> None:
    def told(t_s: float) -> None:
        recognizer._hold(Prediction(t_s, "A", 1.0, (("A", 1.0),), {}, "measured", Timing(0, 0, 0)))

    told(10.0)
    # The glove was off: that the same is named before and after says nothing of the time between.
    told(10.0 + FRESH_S + HELD_S)
    assert not recognizer.spotted()
    for step in range(1, 6):
        told(10.0 + FRESH_S + HELD_S + step * HELD_S / 4)
    (entered,) = recognizer.spotted()
    assert entered.sign_span_s is not None
    assert entered.sign_span_s[0] == pytest.approx(10.0 + FRESH_S + HELD_S)
    told(30.0)
    for step in range(1, 6):
        told(30.0 + step * HELD_S / 4)
    assert [one.sign for one in recognizer.spotted()] == ["A"]
