"""What was measured on a machine is remembered there, and no longer than it is true."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from engine.bundle import load_bundle
from engine.runtime.backend import (
    AUTOMATIC,
    EVERY,
    PLAIN,
)
from engine.runtime.fallback import load_networks
from engine.runtime.network_cache import NetworkCache
from tests.engine.runtime.prepared import (
    OPENVINO,
    Prepared,
)

pytestmark = pytest.mark.slow


def test_what_was_measured_is_remembered(ksl13: Prepared) -> None:
    remembered = ksl13.cache.recall(ksl13.bundle)
    assert remembered is not None
    assert remembered.parts.keys() == {"landmarks"}
    measured = remembered.parts["landmarks"]
    figures = {figure.choice: figure for figure in measured.figures}
    assert {str(PLAIN), str(OPENVINO), measured.chosen} <= figures.keys()
    assert figures[str(PLAIN)].error == 0.0
    assert figures[str(OPENVINO)].error < 1e-4
    assert all(0 < figure.median_ms <= figure.p95_ms for figure in measured.figures)
    # Whatever was not timed has a reason.
    offered = {str(choice) for choice in EVERY if choice.precision != "int8"}
    assert offered - figures.keys() <= measured.refused.keys()
    assert list(ksl13.progress) == sorted(ksl13.progress)
    assert ksl13.progress[-1] == 1.0 and len(ksl13.progress) > 3


def test_the_remembered_choice_answers_from_then_on(ksl13: Prepared) -> None:
    remembered = ksl13.cache.recall(ksl13.bundle)
    assert remembered is not None
    networks = load_networks(ksl13.bundle, AUTOMATIC, ksl13.cache)
    assert str(networks.choices["landmarks"]) == remembered.parts["landmarks"].chosen
    assert networks.prepared and networks.note is None


def test_until_something_is_prepared_torch_answers(ksl13: Prepared, tmp_path: Path) -> None:
    for wanted in (AUTOMATIC, str(OPENVINO)):
        networks = load_networks(ksl13.bundle, wanted, NetworkCache(tmp_path / "none"))
        assert networks.title == "PyTorch fp32"
        assert not networks.prepared
        assert networks.note is None
    plain = load_networks(ksl13.bundle, str(PLAIN), NetworkCache(tmp_path / "none"))
    assert plain.prepared
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "damage",
    ["missing", "empty", "cut", "not text", "another machine", "a word too many", "no such choice"],
)
def test_a_memory_that_cannot_be_used_is_none_at_all(
    ksl13: Prepared, tmp_path: Path, damage: str
) -> None:
    cache = ksl13.copied_to(tmp_path)
    (memory,) = cache.folder(ksl13.bundle).glob("measured-*.json")
    whole = memory.read_bytes()
    told = json.loads(whole)
    if damage == "missing":
        memory.unlink()
    elif damage in ("empty", "cut", "not text"):
        left = {"empty": b"", "cut": whole[: len(whole) // 2], "not text": b"\xff\xfe" + whole}
        memory.write_bytes(left[damage])
    else:
        told |= {
            "another machine": {"machine": "0123456789ab"},
            "a word too many": {"more": 1},
            "no such choice": {
                "parts": {"landmarks": told["parts"]["landmarks"] | {"chosen": "tpu-fp4"}}
            },
        }[damage]
        memory.write_text(json.dumps(told), "utf-8")
    assert damage == "no such choice" or cache.recall(ksl13.bundle) is None
    networks = load_networks(ksl13.bundle, AUTOMATIC, cache)
    # It is measured again; what was converted serves until then.
    assert (networks.title, networks.prepared, networks.note) == ("OpenVINO fp32", False, None)


def test_another_card_has_another_folder(ksl13: Prepared, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ksl13.bundle.folder, tmp_path / "ksl13"))
    cache, bundle = NetworkCache(tmp_path / "cache"), load_bundle(copy)
    before = cache.folder(bundle)
    assert before.name == ksl13.cache.folder(ksl13.bundle).name
    card = json.loads((copy / "card.json").read_text("utf-8"))
    card["title"]["en"] += "!"
    (copy / "card.json").write_text(json.dumps(card), "utf-8")
    after = cache.folder(load_bundle(copy))
    assert after != before
    assert before.parent == after.parent and after.name.startswith("ksl13-")


def test_of_many_bundles_those_unused_for_longest_are_forgotten(
    ksl13: Prepared, tmp_path: Path
) -> None:
    cache, remembered = NetworkCache(tmp_path), ksl13.cache.recall(ksl13.bundle)
    assert remembered is not None
    older = [tmp_path / f"b{i:02d}-0-openvino-1" for i in range(15)]
    for age, folder in enumerate(older):
        folder.mkdir()
        (folder / "video.xml").touch()
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    cache.remember(ksl13.bundle, remembered.parts)
    kept = [folder for folder in older if folder.exists()]
    assert 0 < len(kept) < len(older) and kept == older[: len(kept)]
    assert cache.recall(ksl13.bundle) == remembered
