"""Augmented signs are other takes of the same sign."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.recognition.sign_encoder.features import FEATURES, sign_features
from tests.drawn_signs import write_archive
from training.datasets.signs.augmentation import augmented, unchanged
from training.datasets.signs.hand_depth import HandDepth
from training.datasets.signs.recorded_signs import read_signs
from training.datasets.signs.sign_set import SignSet, sign_set
from training.errors import DataError


@pytest.fixture(scope="module")
def signs(tmp_path_factory: pytest.TempPathFactory) -> SignSet:
    folder = tmp_path_factory.mktemp("signs")
    return sign_set(read_signs(write_archive(folder / "many.npz", range(40))))


def test_a_sign_is_still_nearest_to_itself(signs: SignSet) -> None:
    depth = HandDepth(np.concatenate([signs.solid] * 4))
    plain = sign_features(unchanged(signs.steps, 24))
    for turned in (None, depth):
        other = augmented(signs.steps, 24, np.random.default_rng(0), depth=turned)
        features = sign_features(other)
        assert features.shape == (40, FEATURES) and np.isfinite(features).all()
        apart = np.linalg.norm(features[:, None] - plain[None], axis=2)
        assert (apart.argmin(axis=1) == np.arange(40)).mean() > 0.8


def test_the_same_draw_gives_the_same_take(signs: SignSet) -> None:
    one, again, other = (
        augmented(signs.steps, 24, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one.hands, again.hands)
    assert not np.array_equal(one.hands, other.hands)


def test_hands_stay_about_their_centre_in_their_own_size(signs: SignSet) -> None:
    hands = augmented(signs.steps, 24, np.random.default_rng(3)).hands[:, :, 1]
    np.testing.assert_allclose(hands.mean(axis=-2), 0, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(hands, axis=-1).mean(axis=-1), 1, atol=1e-4)


def test_no_sign_loses_all_its_hands(signs: SignSet) -> None:
    for seed in range(5):
        seen = augmented(signs.steps, 24, np.random.default_rng(seed)).seen
        assert (seen.sum(axis=(1, 2)) > 0).all()


def test_depth_is_learnt_from_hands_that_have_it(shared_data: Path) -> None:
    solid = read_signs(shared_data / "fingerspelling").signs
    hands = np.concatenate([one.solid for one in solid])
    learnt, asked = hands[: len(hands) // 2], hands[len(hands) // 2 :]
    about = asked - asked.mean(axis=1, keepdims=True)
    about /= np.linalg.norm(about[..., :2], axis=2).mean(axis=1)[:, None, None]
    found = HandDepth(learnt)(about[..., :2].reshape(len(about), -1))
    r = np.corrcoef(found.reshape(-1), about[..., 2].reshape(-1))[0, 1]
    assert r > 0.4


def test_too_few_hands_are_refused() -> None:
    with pytest.raises(DataError, match="500"):
        HandDepth(np.zeros((3, 21, 3), np.float32))
