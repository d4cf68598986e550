"""Signs known by examples: who gets which share, and what is warned of. Vectors are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from engine.arrays import Floats, directions
from engine.recognition.known_signs import KnownSigns
from engine.recognition.sign_encoder import Lexicon
from engine.recognition.taught_signs import TaughtSigns, look_alikes

SIZE = 64


def drawn(seed: int, count: int = 1, about: Floats | None = None, spread: float = 0.4) -> Floats:
    """`(count, SIZE)` of length 1, about one direction where it is given."""
    noise = np.random.default_rng(seed).standard_normal((count, SIZE)).astype(np.float32)
    if about is None:
        return directions(noise)
    return directions(about + spread * noise / np.sqrt(SIZE))


@pytest.fixture(scope="module")
def crowd() -> Lexicon:
    return Lexicon([f"word {i}" for i in range(500)], drawn(1, 500))


def test_a_take_of_a_taught_sign_is_its_own_and_a_stranger_is_nobodys(crowd: Lexicon) -> None:
    signs = TaughtSigns((), crowd)
    first, second = drawn(2)[0], drawn(3)[0]
    signs.learn({"first": drawn(4, 3, first), "second": drawn(5, 1, second)})
    shares = signs.shares(drawn(6, about=first)[0])
    assert shares["first"] > 0.9 and shares["second"] < 0.01
    assert sum(signs.shares(drawn(7)[0]).values()) < 0.3
    signs.learn({})
    assert signs.shares(first) == {}


def test_the_vocabularys_own_signs_stand_beside_it(crowd: Lexicon) -> None:
    own = drawn(8)[0]
    known = KnownSigns(("own", "other"), np.stack([own, drawn(9)[0]]), np.array([0, 1]))
    signs = TaughtSigns(known.glosses, crowd, known)
    signs.learn({"new": drawn(10, 3, drawn(11)[0])})
    near = drawn(12, about=own)[0]
    assert signs.shares(near)["new"] < 0.02
    # What the networks say against it leaves the taught sign more.
    doubted = signs.shares(near, {"own": 0.0, "other": 0.0})["new"]
    assert doubted > signs.shares(near, {"own": 1.0, "other": 0.0})["new"]


def test_an_own_way_of_a_sign_of_the_vocabulary_counts_as_that_sign(crowd: Lexicon) -> None:
    own = drawn(13)[0]
    known = KnownSigns(("Sorry", "other"), np.stack([own, drawn(14)[0]]), np.array([0, 1]))
    signs = TaughtSigns(known.glosses, crowd, known)
    signs.learn({"sorry": drawn(15, 2, drawn(16)[0])})
    assert signs.glosses == ("Sorry",)
    assert signs.shares(drawn(17, about=drawn(16)[0])[0])["Sorry"] > 0.9


def test_look_alikes_are_named_and_one_name_is_no_look_alike() -> None:
    one, other = drawn(18)[0], drawn(19)[0]
    taught = {"a": drawn(20, 3, one), "b": drawn(21, 2, one), "c": drawn(22, 2, other)}
    infos = {info.gloss: info for info in look_alikes(taught, {"C": drawn(23, 2, other)}, 0.7)}
    assert (infos["a"].similar_to, infos["b"].similar_to) == ("b", "a")
    assert infos["c"].similar_to is None and infos["c"].similarity < 0.7
    assert infos["a"].takes == 3
