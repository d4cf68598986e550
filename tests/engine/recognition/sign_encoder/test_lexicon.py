"""Words that a sign may be, the likeliest first; and whether a take is the sign asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import Lexicon, SignEncoder, verify
from engine.recognition.sign_encoder.lexicon import nearness
from tests.engine.recognition.sign_encoder.conftest import WORD_LIST


def directions(rng: np.random.Generator, count: int, size: int = 16) -> np.ndarray:
    found = rng.normal(size=(count, size))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def test_a_lexicon_is_read_as_it_was_written(folder: Path) -> None:
    lexicon = Lexicon.load(folder)
    assert lexicon.words == tuple(dict.fromkeys(WORD_LIST)) and len(lexicon) == 7
    np.testing.assert_allclose(np.linalg.norm(lexicon.vectors, axis=1), 1, atol=1e-5)
    assert len(lexicon.of("rain")) == 2
    with pytest.raises(KeyError):
        lexicon.of("snow")


def test_every_word_is_found_by_its_own_recording(folder: Path) -> None:
    lexicon = Lexicon.load(folder)
    for word in lexicon.words:
        for vector in lexicon.of(word):
            first = lexicon.nearest(vector, 3)[0]
            assert (first.word, first.similarity) == (word, pytest.approx(1, abs=1e-4))


def test_no_word_is_listed_twice_and_the_best_comes_first() -> None:
    rng = np.random.default_rng(0)
    words = [f"w{i % 40}" for i in range(60)]
    lexicon = Lexicon(words, directions(rng, 60))
    found = lexicon.nearest(directions(rng, 1)[0], 100)
    assert len(found) == 40 == len({match.word for match in found})
    assert [match.score for match in found] == sorted((m.score for m in found), reverse=True)
    assert lexicon.nearest(directions(rng, 1)[0], 0) == []


def test_what_is_near_to_everything_does_not_stand_first_everywhere() -> None:
    """What lies in the middle of all words is near to whatever is asked."""
    rng = np.random.default_rng(1)
    vectors = directions(rng, 200, 32) + 0.8 * directions(rng, 1, 32)
    hub = vectors.mean(axis=0) + 0.02 * vectors[0]
    vectors = np.concatenate([hub[None], vectors])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lexicon = Lexicon([f"w{i}" for i in range(201)], vectors)
    asked = vectors[1:] + 0.9 * directions(rng, 200, 32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    plain = sum(int((vectors @ one).argmax() == 0) for one in asked)
    corrected = sum(lexicon.nearest(one, 1)[0].word == "w0" for one in asked)
    assert 2 * corrected < plain


def test_several_takes_of_a_sign_say_more_than_one() -> None:
    rng = np.random.default_rng(2)
    vectors = directions(rng, 300)
    lexicon = Lexicon([str(i) for i in range(300)], vectors)
    right = {1: 0, 5: 0}
    for word in range(300):
        takes = vectors[word] + 0.4 * rng.normal(size=(5, 16)).astype(np.float32)
        takes /= np.linalg.norm(takes, axis=1, keepdims=True)
        for count in right:
            right[count] += lexicon.nearest(takes[:count], 1)[0].word == str(word)
    assert right[5] > right[1]


def test_numbers_that_differ_are_a_mistake() -> None:
    vectors = directions(np.random.default_rng(0), 3)
    with pytest.raises(ValueError, match="as many"):
        Lexicon(["a", "b"], vectors)
    with pytest.raises(ValueError, match="in rows"):
        Lexicon(["a", "b", "c"], vectors).nearest(vectors[None])
    assert Lexicon(["a"], vectors[:1]).nearest(vectors[0])[0].word == "a"


def test_nearness_leaves_itself_out() -> None:
    vectors = np.eye(12, dtype=np.float32)
    np.testing.assert_array_equal(nearness(vectors), 0)
    np.testing.assert_allclose(nearness(np.repeat(vectors[:1], 700, axis=0)), 1)
    assert nearness(vectors[:1]).tolist() == [0]


def test_the_threshold_is_that_of_so_many_takes() -> None:
    take = np.array([1.0, 0.0], np.float32)
    near = np.array([0.8, 0.6], np.float32)
    thresholds = {1: 0.9, 3: 0.7}
    assert not verify(take, near, thresholds).same
    several = verify(take, np.stack([near] * 4), thresholds)
    assert several.same and several.threshold == 0.7
    assert several.similarity == pytest.approx(0.8)
    # Half of it is the best take's.
    mixed = verify(take, np.stack([take, -take]), thresholds)
    assert mixed.similarity == pytest.approx(0.5)
    with pytest.raises(KeyError):
        verify(take, near, {2: 0.5})


def test_the_shipped_lexicon_knows_its_words() -> None:
    lexicon, encoder = Lexicon.load(SIGN_ENCODER), SignEncoder.load(SIGN_ENCODER)
    assert len(lexicon) > 3000 and "địa chỉ" in lexicon.words
    assert lexicon.vectors.shape[1] == encoder.dimensions
    found = lexicon.nearest(lexicon.of("địa chỉ")[0])
    assert len(found) == 10 and found[0].word == "địa chỉ"
