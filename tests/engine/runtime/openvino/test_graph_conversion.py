"""A bundle that brings its landmark network for OpenVINO answers by it from the first start on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.bundle import FORMAT_VERSION, Bundle, BundleError, load_bundle, write_card
from engine.recognition.recognizer import Recognizer
from engine.runtime import backend, fallback
from engine.runtime.autotune import convert_part
from engine.runtime.backend import AUTOMATIC, PLAIN, Choice, RuntimeFailedError
from engine.runtime.fallback import load_networks, make_run
from engine.runtime.network_cache import NetworkCache
from engine.runtime.openvino.graph_conversion import (
    MODEL,
    MOST_ERROR,
    WEIGHTS,
    with_converted_graph,
)
from engine.runtime.parts import example_of, relative_error
from engine.sources.opening import open_source
from tests.bundles import without_converted
from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow

OPENVINO = Choice("openvino", "fp32")

FIRST_START = """
import sys
from pathlib import Path
from engine.bundle import load_bundle
from engine.recognition.recognizer import Recognizer
recognizer = Recognizer(load_bundle(Path(sys.argv[1])), runtime=sys.argv[2])
networks = recognizer.networks
print(networks.title, networks.prepared, networks.note, "torch" in sys.modules, sep=";")
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return without_converted("ksl13", tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def packed(bare: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A fixture, since the converter leaves a thread of its own behind."""
    folder = Path(shutil.copytree(bare.folder, tmp_path_factory.mktemp("packed") / "ksl13"))
    write_card(folder, with_converted_graph(load_bundle(folder)))
    return load_bundle(folder)


@pytest.fixture
def copy(packed: Bundle, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packed.folder, tmp_path / "ksl13"))


@pytest.fixture
def cache(tmp_path: Path) -> NetworkCache:
    """Nothing was ever prepared."""
    return NetworkCache(tmp_path / "none")


@pytest.fixture
def no_openvino(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where its wheel is missing, or does not load."""
    for kept in (backend.openvino_core, backend.processor_precisions):
        kept.cache_clear()
    monkeypatch.setitem(sys.modules, "openvino", None)
    yield
    for kept in (backend.openvino_core, backend.processor_precisions):
        kept.cache_clear()


def test_the_card_names_it_and_nothing_else_has_changed(packed: Bundle, bare: Bundle) -> None:
    assert packed.card.format_version == FORMAT_VERSION
    landmarks = packed.card.networks.landmarks
    assert landmarks is not None and landmarks.converted is not None
    assert (landmarks.converted.model, landmarks.converted.weights) == (MODEL, WEIGHTS)
    assert 0 < landmarks.converted.relative_error <= MOST_ERROR
    assert packed.card.files.keys() - bare.card.files.keys() == {MODEL, WEIGHTS}
    changed = {"networks", "files", "format_version"}
    assert packed.card.model_dump(exclude=changed) == bare.card.model_dump(exclude=changed)
    # In half precision.
    whole = bare.file("landmarks.safetensors").stat().st_size
    assert packed.file(WEIGHTS).stat().st_size < 0.6 * whole


def test_it_answers_as_torch_does(packed: Bundle, cache: NetworkCache) -> None:
    quick = make_run(packed, "landmarks", OPENVINO, cache, keep=False)
    exact = make_run(packed, "landmarks", PLAIN, cache)
    for size in (0.3, 1.0, 3.0):
        clip = example_of(packed, "landmarks") * np.float32(size)
        found, wanted = quick(clip), exact(clip)
        assert relative_error(found[0], wanted[0]) <= MOST_ERROR
        assert relative_error(found[1], wanted[1]) <= MOST_ERROR
        assert int(found[0].argmax()) == int(wanted[0].argmax())


@pytest.mark.parametrize("runtime", [AUTOMATIC, str(OPENVINO)])
def test_a_first_start_needs_neither_a_conversion_nor_torch(packed: Bundle, runtime: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_START, str(packed.folder), runtime],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # What nobody has measured yet is still to be prepared; what was asked for by name is there.
    assert done.stdout.strip() == f"OpenVINO fp32;{runtime != AUTOMATIC};None;False"


def test_there_is_nothing_left_to_convert(packed: Bundle, cache: NetworkCache) -> None:
    assert convert_part(packed, "landmarks", cache) is None
    assert not cache.root.exists()


def test_a_sign_is_named_by_it_as_by_torch(packed: Bundle, cache: NetworkCache) -> None:
    named = {}
    for runtime in (AUTOMATIC, str(PLAIN)):
        recognizer = Recognizer(packed, runtime=runtime, cache=cache)
        source = open_source("reference:ksl13/sorry")
        while (frame := source.read()) is not None:
            recognizer.observe(frame)
        source.close()
        named[runtime] = recognizer.predict()
        recognizer.close()
    found, exact = named[AUTOMATIC], named[str(PLAIN)]
    assert found is not None and exact is not None
    assert [gloss for gloss, _ in found.top[:1]] == [gloss for gloss, _ in exact.top[:1]]
    assert found.confidence == pytest.approx(exact.confidence, abs=0.01)


@pytest.mark.parametrize("name", [MODEL, WEIGHTS])
@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_what_was_altered_or_lost_is_named(copy: Path, name: str, damage: str) -> None:
    file = copy / name
    if damage == "gone":
        file.unlink()
    else:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    with pytest.raises(BundleError, match=name):
        load_bundle(copy)


def test_what_cannot_be_run_gives_way_to_torch_and_is_said(copy: Path, cache: NetworkCache) -> None:
    bundle = load_bundle(copy)
    # Since it was verified.
    (copy / MODEL).write_text("no network", "utf-8")
    networks = load_networks(bundle, AUTOMATIC, cache)
    assert (networks.title, networks.prepared) == (PLAIN.title, False)
    note = str(networks.note)
    assert note.startswith("OpenVINO fp32") and MODEL in note and "PyTorch fp32 is used" in note


@pytest.mark.parametrize("runtime", [AUTOMATIC, str(OPENVINO)])
def test_without_openvino_torch_answers_and_it_is_said(
    packed: Bundle, cache: NetworkCache, no_openvino: None, runtime: str
) -> None:
    networks = load_networks(packed, runtime, cache)
    assert networks.title == PLAIN.title
    note = str(networks.note)
    assert "OpenVINO does not load" in note and "\n" not in note
    assert networks.landmarks is not None
    assert networks.landmarks.forward(example_of(packed, "landmarks"))[0].shape == (
        1,
        packed.card.classes,
    )


def test_without_openvino_nothing_is_added(bare: Bundle, no_openvino: None) -> None:
    before = sorted(bare.folder.iterdir())
    with pytest.raises(RuntimeFailedError, match="does not load"):
        with_converted_graph(bare)
    assert sorted(bare.folder.iterdir()) == before


def test_what_this_processor_does_not_compute_is_passed_over(
    cache: NetworkCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody asked for int8: that it cannot be had is not worth a word."""
    monkeypatch.setattr(backend, "processor_precisions", lambda: ("fp32",))
    assert backend.can_run(Choice("openvino", "int8")) is not None
    bundle = load_bundle("asl20")
    assert fallback.first_choice(bundle, "video", cache) == PLAIN


def test_model_and_weights_must_belong_together(copy: Path) -> None:
    card = json.loads((copy / "card.json").read_text("utf-8"))
    card["networks"]["landmarks"]["converted"]["weights"] = "other.bin"
    (copy / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(BundleError, match="same name"):
        load_bundle(copy)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_older_formats_are_read(bare: Bundle, tmp_path: Path, version: int) -> None:
    folder = Path(shutil.copytree(bare.folder, tmp_path / "ksl13"))
    card = json.loads((folder / "card.json").read_text("utf-8"))
    (folder / "card.json").write_text(json.dumps(card | {"format_version": version}), "utf-8")
    landmarks = load_bundle(folder).card.networks.landmarks
    assert landmarks is not None and landmarks.converted is None
