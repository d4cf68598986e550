"""What is told of a sign: the same of a left hand as of a right one, nothing of what was not seen,
and every part of it to somebody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.recognition.sign_encoder.cleaning import SignSteps, cleaned, on_steps
from engine.recognition.sign_encoder.features import (
    FEATURES,
    HAND_FEATURES,
    MOMENT_FEATURES,
    POOLED_FEATURES,
    WAVES,
    hand_shape,
    moment_features,
    sign_features,
)
from engine.recognition.sign_encoder.segment import segment_of
from engine.recognition.sign_encoder.views import View, rows_of
from tests.drawn_signs import drawn_sign


def steps_of(sign: int, signer: int = 0) -> SignSteps:
    return on_steps(cleaned(segment_of(drawn_sign(sign, signer))), 24)


def test_as_many_numbers_as_it_says_of_one_sign_and_of_several() -> None:
    one, other = steps_of(1), steps_of(3)
    names = ("hands", "centres", "face", "elbows", "seen", "placed")
    both = SignSteps(*(np.stack([getattr(one, n), getattr(other, n)]) for n in names))
    features = sign_features(both)
    assert features.shape == (2, FEATURES) and features.dtype == np.float32
    np.testing.assert_allclose(features[0], sign_features(one), atol=1e-5)
    assert moment_features(one).shape == (24, MOMENT_FEATURES)


def test_a_left_hand_is_told_as_a_right_one() -> None:
    one = steps_of(1)
    left = replace(
        one,
        hands=one.hands[:, ::-1] * np.array([-1, 1], np.float32),
        seen=one.seen[:, ::-1],
    )
    right_shapes = moment_features(one)[:, HAND_FEATURES : 2 * HAND_FEATURES]
    np.testing.assert_allclose(moment_features(left)[:, :HAND_FEATURES], right_shapes, atol=1e-5)


def test_nothing_is_told_of_a_hand_that_was_not_seen() -> None:
    one = steps_of(3)
    nothing = np.zeros_like(one.seen)
    told = moment_features(replace(one, seen=nothing, placed=nothing))
    assert not told[:, : 2 * HAND_FEATURES].any()
    # The elbows are still there.
    assert np.abs(told[:, 2 * HAND_FEATURES :]).sum(axis=0).astype(bool).sum() == 4
    assert np.isfinite(sign_features(replace(one, seen=nothing, placed=nothing))).all()


def test_angles_and_distances_do_not_change_when_a_hand_turns() -> None:
    hand = segment_of(drawn_sign(2)).hands[12, 1]
    turn = np.array([[0.8, -0.6], [0.6, 0.8]], np.float32)
    still, turned = hand_shape(hand), hand_shape(hand @ turn.T)
    np.testing.assert_allclose(still[82:], turned[82:], atol=1e-4)
    assert np.abs(still[:82] - turned[:82]).max() > 0.1


def test_every_feature_is_looked_at_from_some_side() -> None:
    views: tuple[View, ...] = ("all", "shape", "place", "whole")
    rows = {view: rows_of(view) for view in views}
    np.testing.assert_array_equal(rows["all"], np.arange(FEATURES))
    parts = np.sort(np.concatenate([rows["shape"], rows["place"]]))
    np.testing.assert_array_equal(parts, np.arange(FEATURES))
    np.testing.assert_array_equal(
        rows["whole"], np.arange(POOLED_FEATURES) + WAVES * MOMENT_FEATURES
    )


@pytest.mark.parametrize("hand", [0, 1])
def test_a_fingertip_at_the_mouth_is_near_it(hand: int) -> None:
    one = steps_of(3)
    mouth = one.face[:, 3:].mean(axis=1)
    tip = 0.133 * one.hands[:, hand, 8]
    centres = one.centres.copy()
    centres[:, hand] = mouth - tip
    seen = np.ones_like(one.seen)
    near = moment_features(replace(one, centres=centres, seen=seen))[:, -140:]
    # Places, hands, tips: the mouth is the second place, the index finger the second tip.
    np.testing.assert_allclose(near.reshape(24, 14, 2, 5)[:, 1, hand, 1], 1, atol=1e-5)
