"""What is remembered of a machine, and when it no longer holds: cards, failures, use, damage."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.runtime import machine, network_cache
from engine.runtime.autotune import convert_part, time_in_turn
from engine.runtime.backend import AUTOMATIC, PLAIN, Choice, RuntimeFailedError
from engine.runtime.fallback import load_networks
from engine.runtime.machine import Machine, this_machine
from engine.runtime.network_cache import Figure, Measured, NetworkCache
from engine.runtime.openvino.compiled_blobs import discard_unsound, seal
from tests.bundles import without_converted

pytestmark = pytest.mark.slow

CUDA = Choice("cuda", "bf16")
OPENVINO = Choice("openvino", "fp32")


@pytest.fixture(scope="module")
def ksl13(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """One that brings nothing that OpenVINO reads."""
    return without_converted("ksl13", tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def converted(ksl13: Bundle, tmp_path_factory: pytest.TempPathFactory) -> NetworkCache:
    """A fixture, since the converter leaves a thread of its own behind."""
    cache = NetworkCache(tmp_path_factory.mktemp("converted"))
    assert convert_part(ksl13, "landmarks", cache) is None
    return cache


def measured(chosen: Choice) -> Measured:
    figure = Figure(choice=str(chosen), median_ms=1.0, p95_ms=1.0, error=0.0)
    return Measured(chosen=str(chosen), figures=(figure,), refused={})


def with_cards(monkeypatch: pytest.MonkeyPatch, *cards: str) -> None:
    there: Machine = replace(this_machine(), cards=cards)
    monkeypatch.setattr(network_cache, "this_machine", lambda: there)


def test_the_graphics_cards_belong_to_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "card_names", lambda: ("card 0", "card 1"))
    with_two = machine.this_machine.__wrapped__()

    assert with_two.cards == ("card 0", "card 1")
    assert with_two.key != replace(with_two, cards=("card 0",)).key
    assert with_two.key != replace(with_two, cards=()).key


def test_a_card_that_was_taken_out_is_measured_anew(
    ksl13: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = NetworkCache(tmp_path)
    with_cards(monkeypatch, "A card")
    cache.remember(ksl13, {"landmarks": measured(CUDA)})
    with_cards(monkeypatch)

    networks = load_networks(ksl13, AUTOMATIC, cache)
    # Not 'CUDA cannot be used' for ever: something else is looked for.
    assert (networks.title, networks.prepared, networks.note) == (PLAIN.title, False, None)


def test_a_card_that_was_put_in_is_tried(
    ksl13: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = NetworkCache(tmp_path)
    with_cards(monkeypatch)
    cache.remember(ksl13, {"landmarks": measured(PLAIN)})
    assert load_networks(ksl13, AUTOMATIC, cache).prepared
    with_cards(monkeypatch, "A card")

    assert not load_networks(ksl13, AUTOMATIC, cache).prepared


@pytest.mark.parametrize("fails_at", [1, 2, 4])
def test_what_fails_in_any_round_is_left_out_and_the_others_go_on(fails_at: int) -> None:
    calls = {PLAIN: 0, OPENVINO: 0}

    def run_of(choice: Choice) -> object:
        def run(inputs: Floats) -> Sequence[Floats]:
            calls[choice] += 1
            if choice == OPENVINO and calls[choice] >= fails_at:
                raise RuntimeFailedError("its memory was taken away")
            return [inputs]

        return run

    refused: dict[str, str] = {}
    runs = {choice: run_of(choice) for choice in calls}
    timed = time_in_turn(runs, np.zeros(1, np.float32), refused, rounds=5)  # type: ignore[arg-type]

    assert set(timed) == {PLAIN}
    assert len(timed[PLAIN].milliseconds) == 5
    assert refused == {str(OPENVINO): "its memory was taken away"}


def test_a_bundle_in_use_outlives_those_that_are_not(ksl13: Bundle, tmp_path: Path) -> None:
    cache = NetworkCache(tmp_path)
    cache.remember(ksl13, {"landmarks": measured(PLAIN)})
    mine = cache.folder(ksl13)
    # The oldest folder of all, but the one that is used day by day.
    os.utime(mine, (1_000_000, 1_000_000))
    others = [tmp_path / f"b{i:02d}-0-openvino-1" for i in range(network_cache._KEPT_BUNDLES + 3)]
    for age, folder in enumerate(others):
        folder.mkdir()
        os.utime(folder, (2_000_000 + age, 2_000_000 + age))
    load_networks(ksl13, AUTOMATIC, cache)
    cache._forget_old(others[-1])

    assert mine.exists()
    assert not others[0].exists()


# -- what OpenVINO compiled ------------------------------------------------------------------------


def compiled(folder: Path) -> Path:
    """A folder as OpenVINO leaves one, sealed."""
    folder.mkdir()
    (folder / "one.blob").write_bytes(bytes(range(256)))
    (folder / "two.blob").write_bytes(b"two")
    seal(folder)
    return folder


def test_what_is_as_it_was_stays(tmp_path: Path) -> None:
    folder = compiled(tmp_path / "blobs")

    assert discard_unsound(folder)
    assert (folder / "one.blob").exists()


@pytest.mark.parametrize("damage", ["a bit", "cut", "another file", "gone", "no digests", "text"])
def test_what_differs_is_thrown_away(tmp_path: Path, damage: str) -> None:
    folder = compiled(tmp_path / "blobs")
    blob = folder / "one.blob"
    if damage == "a bit":
        blob.write_bytes(b"\x01" + blob.read_bytes()[1:])
    elif damage == "cut":
        os.truncate(blob, 100)
    elif damage == "another file":
        (folder / "three.blob").write_bytes(b"three")
    elif damage == "gone":
        blob.unlink()
    elif damage == "no digests":
        (folder / "digests.json").unlink()
    else:
        (folder / "digests.json").write_text("[1, 2", encoding="utf-8")

    assert not discard_unsound(folder)
    assert not folder.exists()


def test_a_compiled_network_that_was_altered_is_compiled_again(
    ksl13: Bundle, converted: NetworkCache
) -> None:
    cache = converted
    load_networks(ksl13, str(OPENVINO), cache)
    (blob,) = cache.blobs(ksl13).glob("*.blob")
    whole = blob.read_bytes()
    # In the middle of its weights, where OpenVINO itself looks at nothing.
    altered = bytearray(whole)
    altered[len(altered) // 2] ^= 0xFF
    blob.write_bytes(bytes(altered))
    networks = load_networks(ksl13, str(OPENVINO), cache)

    assert (networks.title, networks.note) == (OPENVINO.title, None)
    (again,) = cache.blobs(ksl13).glob("*.blob")
    assert again.read_bytes() != bytes(altered)
