"""A sign's vector: always the same, of length 1, and the same wherever and however it was seen."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.landmarks.recording import LandmarkRecording
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import SegmentError, SignEncoder, segment_of
from tests.conftest import LONGEST_S, ROOT
from tests.drawn_signs import drawn_sign

WITHOUT_TORCH = """
import sys
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import Lexicon, SignEncoder, verify
SignEncoder.load(SIGN_ENCODER), Lexicon.load(SIGN_ENCODER)
print(*sorted({"torch", "cv2", "mediapipe", "scipy", "pandas"} & {*sys.modules}))
"""


@pytest.fixture(scope="module")
def encoder() -> SignEncoder:
    return SignEncoder.load(SIGN_ENCODER)


def moved(recording: LandmarkRecording, scale: float, by: tuple[float, float]) -> LandmarkRecording:
    def change(points: np.ndarray) -> np.ndarray:
        points = points.copy()
        points[..., :3] *= scale
        points[..., :2] += np.float32(by)
        return points

    return replace(
        recording,
        pose=change(recording.pose),
        left_hand=change(recording.left_hand),
        right_hand=change(recording.right_hand),
    )


def without_hands(recording: LandmarkRecording) -> LandmarkRecording:
    nothing = np.full_like(recording.left_hand, np.nan)
    return replace(recording, left_hand=nothing, right_hand=nothing)


@pytest.mark.parametrize("sign", range(4))
def test_a_vector_has_length_one_and_is_always_the_same(encoder: SignEncoder, sign: int) -> None:
    recording = drawn_sign(sign)
    vector = encoder.encode(recording)
    assert vector.shape == (encoder.dimensions,) and vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(vector, encoder.encode(recording))
    np.testing.assert_array_equal(vector, encoder.encode(segment_of(recording)))


@pytest.mark.parametrize("sign", range(4))
def test_where_and_how_large_somebody_is_does_not_matter(encoder: SignEncoder, sign: int) -> None:
    recording = drawn_sign(sign)
    for scale, by in ((1.0, (130.0, -40.0)), (2.5, (0.0, 0.0)), (0.004, (-1.0, 2.0))):
        other = encoder.encode(moved(recording, scale, by))
        assert float(other @ encoder.encode(recording)) > 0.999


@pytest.mark.parametrize("sign", [1, 2, 4])
def test_a_left_hander_signs_the_same(encoder: SignEncoder, sign: int) -> None:
    """With one hand it is seen which; with two it is told."""
    right = encoder.encode(drawn_sign(sign))
    left = drawn_sign(sign, left_handed=True)
    assert float(encoder.encode(left) @ right) > 0.999


def test_a_left_hander_is_told_where_both_hands_sign(encoder: SignEncoder) -> None:
    right = encoder.encode(drawn_sign(3))
    left = drawn_sign(3, left_handed=True)
    assert float(encoder.encode(left, left_handed=True) @ right) > 0.999


@pytest.mark.parametrize("sign", range(6))
def test_the_frame_rate_does_not_matter(encoder: SignEncoder, sign: int) -> None:
    slow, fast = (drawn_sign(sign, rate_hz=rate, noise=0.0) for rate in (12.0, 60.0))
    same = float(encoder.encode(slow) @ encoder.encode(fast))
    others = [
        float(encoder.encode(drawn_sign(other, noise=0.0)) @ encoder.encode(fast))
        for other in range(6)
        if other != sign
    ]
    assert same > 0.85 and same > max(others)


def test_rest_before_and_after_does_not_matter(encoder: SignEncoder) -> None:
    sign = drawn_sign(1)
    step = float(sign.t_s[1] - sign.t_s[0])
    t_s = np.concatenate([sign.t_s, sign.t_s[-1] + step * np.arange(1, 20)])

    def held(points: np.ndarray) -> np.ndarray:
        return np.concatenate([points, np.repeat(points[-1:], 19, axis=0)])

    longer = LandmarkRecording(t_s, held(sign.pose), held(sign.left_hand), held(sign.right_hand))
    assert float(encoder.encode(longer) @ encoder.encode(sign)) > 0.999


def test_another_signer_makes_the_same_sign_and_no_other(encoder: SignEncoder) -> None:
    known = encoder.encode_many(drawn_sign(sign) for sign in range(12))
    asked = encoder.encode_many(drawn_sign(sign, signer=3) for sign in range(12))
    named = (asked @ known.T).argmax(axis=1)
    assert (named == np.arange(12)).mean() >= 0.9


def test_many_at_once_and_none(encoder: SignEncoder) -> None:
    recordings = [drawn_sign(sign) for sign in range(3)]
    many = encoder.encode_many(recordings)
    np.testing.assert_array_equal(many, np.stack([encoder.encode(one) for one in recordings]))
    assert encoder.encode_many([]).shape == (0, encoder.dimensions)


def test_nobody_is_said_in_one_line(encoder: SignEncoder) -> None:
    sign = drawn_sign(1)
    nobody = without_hands(replace(sign, pose=np.full_like(sign.pose, np.nan)))
    empty = LandmarkRecording.of([], [])
    for recording, words in (
        (without_hands(sign), "no hand"),
        (nobody, "shoulders"),
        (empty, "shoulders"),
    ):
        with pytest.raises(SegmentError, match=words) as caught:
            encoder.encode(recording)
        assert "\n" not in str(caught.value)
        assert caught.value.message.code.startswith("segment.")


def test_hands_that_rest_throughout_are_no_error_and_one_frame_is_enough(
    encoder: SignEncoder,
) -> None:
    sign = drawn_sign(1)
    low = LandmarkRecording(sign.t_s[:4], sign.pose[:4], sign.left_hand[:4], sign.right_hand[:4])
    assert np.isfinite(encoder.encode(low)).all()
    one = LandmarkRecording(
        sign.t_s[9:10], sign.pose[9:10], sign.left_hand[9:10], sign.right_hand[9:10]
    )
    assert np.isfinite(encoder.encode(one)).all()


@pytest.mark.parametrize("part", ["hands", "pose", "one hand", "half a hand"])
def test_gaps_and_leaps_are_lived_with(encoder: SignEncoder, part: str) -> None:
    sign = drawn_sign(4, rate_hz=30)
    pose, left, right = sign.pose.copy(), sign.left_hand.copy(), sign.right_hand.copy()
    if part == "hands":
        left[20:26] = right[20:26] = np.nan
    elif part == "pose":
        pose[::3] = np.nan
    elif part == "one hand":
        right[25] += 400
    else:
        right[22, 5:9] = np.nan
    seen = encoder.encode(LandmarkRecording(sign.t_s, pose, left, right))
    assert float(seen @ encoder.encode(sign)) > 0.85


def test_it_needs_no_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=True,
    )
    assert done.stdout.strip() == ""


@pytest.mark.benchmark
def test_one_sign_takes_less_than_eight_milliseconds(encoder: SignEncoder) -> None:
    recording = drawn_sign(3, rate_hz=30)
    took = []
    for _ in range(60):
        started = time.perf_counter()
        encoder.encode(recording)
        took.append(time.perf_counter() - started)
    print(f"{np.median(took) * 1e3:.1f} ms (median)")
    assert np.median(took) < 0.008


def test_the_shipped_encoder_is_small() -> None:
    assert sum(file.stat().st_size for file in Path(SIGN_ENCODER).iterdir()) < 3_000_000
