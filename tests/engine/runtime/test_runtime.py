"""The same answers whoever runs a network, and plain torch when nobody else can."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.arrays import Floats
from engine.bundle import Bundle, load_bundle
from engine.clips.clip_views import make_view
from engine.landmarks.skeletons import SKELETONS
from engine.prediction import Prediction
from engine.recognition.recognizer import Recognizer
from engine.runtime.autotune import convert_part, logits_of, prepare
from engine.runtime.backend import (
    AUTOMATIC,
    EVERY,
    PLAIN,
    Choice,
    Part,
    RuntimeFailedError,
    can_run,
)
from engine.runtime.fallback import LiveNetworks, SteadyRun, load_networks, make_run
from engine.runtime.network_cache import NetworkCache
from engine.runtime.parts import example_of, network_of, relative_error
from engine.runtime.torch_run import TorchRun, leave_a_core
from engine.sources.motion.references import list_references
from engine.sources.opening import open_source
from tests.bundles import without_converted
from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow

OPENVINO, INT8 = Choice("openvino", "fp32"), Choice("openvino", "int8")


NO_NETWORK = """
import socket, sys
from pathlib import Path

tried = []

def refuse(name):
    def recorded(*arguments, **_):
        tried.append(f"{name} {arguments[-1:]}")
        raise OSError("no network in this test")
    return recorded

socket.socket.connect = refuse("connect")
socket.socket.connect_ex = refuse("connect_ex")
socket.socket.sendto = refuse("sendto")
for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse(name))

from engine.bundle import load_bundle
from engine.runtime.backend import Choice
from engine.runtime.network_cache import NetworkCache
from engine.runtime.backend import openvino
from engine.runtime.parts import example_of
from engine.runtime.autotune import convert_part
from engine.runtime.openvino.quantisation import quantise
from engine.runtime.fallback import make_run

bundle, cache = load_bundle(Path(sys.argv[2])), NetworkCache(Path(sys.argv[1]))
assert convert_part(bundle, "landmarks", cache) is None
clip = example_of(bundle, "landmarks")
make_run(bundle, "landmarks", Choice("openvino", "fp32"), cache)(clip)
model = openvino().Core().read_model(str(cache.converted(bundle, "landmarks")))
quantise(model, [clip])
assert "nncf" in sys.modules
assert tried == [], tried
assert sys.modules["openvino_telemetry"] is None
import psutil
assert psutil.Process().net_connections(kind="inet") == []
try:
    socket.create_connection(("127.0.0.1", 9))
except OSError:
    assert len(tried) == 1
    print("silent")
"""


@dataclass(frozen=True)
class Prepared:
    """A bundle, a cache in which it was converted, and what was told of the progress."""

    bundle: Bundle
    cache: NetworkCache
    progress: tuple[float, ...] = ()

    def copied_to(self, root: Path) -> NetworkCache:
        """The same cache as it is on the disk, without what OpenVINO compiled."""
        folder = self.cache.folder(self.bundle)
        shutil.copytree(folder, root / folder.name, ignore=shutil.ignore_patterns("compiled-*"))
        return NetworkCache(root)


@pytest.fixture(scope="module", autouse=True)
def threads_as_live() -> Iterator[None]:
    """torch's threads that wait for a busy core make a network of 13 ms one of a second."""
    before = torch.get_num_threads()
    leave_a_core()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """ksl13, bringing nothing that OpenVINO reads."""
    return without_converted("ksl13", tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def offline(
    bare: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """ksl13 converted and run by a program that reaches for no network; and the cache's folder."""
    root = tmp_path_factory.mktemp("ksl13")
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, str(root), str(bare.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    return done, root


@pytest.fixture(scope="module")
def ksl13(
    bare: Bundle, offline: tuple[subprocess.CompletedProcess[str], Path], threads_as_live: None
) -> Prepared:
    cache = NetworkCache(offline[1])
    told: list[float] = []
    prepare(bare, cache, told.append)
    return Prepared(bare, cache, tuple(told))


@pytest.fixture(scope="module")
def asl20(tmp_path_factory: pytest.TempPathFactory, threads_as_live: None) -> Prepared:
    """Converted, not measured."""
    bundle, cache = load_bundle("asl20"), NetworkCache(tmp_path_factory.mktemp("asl20"))
    assert convert_part(bundle, "video", cache) is None
    return Prepared(bundle, cache)


@pytest.fixture(scope="module")
def motions() -> tuple[Floats, ...]:
    """Every reference motion as the clip that the pictures' networks of asl20 see of it."""
    specification, clips = load_bundle("asl20").card.clip, []
    for gloss in list_references():
        source, view = open_source(f"reference:{gloss}"), make_view(specification)
        while (frame := source.read()) is not None and frame.t_s <= specification.span_s:
            assert frame.landmarks is not None
            view.observe(frame, frame.landmarks)
        source.close()
        clips.append(view.clip())
    assert len(clips) == 20
    return tuple(clips)


def wandering(bundle: Bundle, count: int) -> list[Floats]:
    """Made-up landmark clips, each another one; in the last, hands are lost half of the time."""
    files = bundle.card.networks.landmarks
    assert files is not None
    shape = (1, 3, bundle.card.clip.frames, len(SKELETONS[files.skeleton].joints))
    rng = np.random.default_rng(3)
    steps = [rng.standard_normal(shape, np.float32) for _ in range(count)]
    clips = [np.cumsum(one, axis=2, dtype=np.float32) / np.float32(10) for one in steps]
    for clip in clips:
        clip[:, 2] = 1.0
    clips[-1][:, :, ::2, 7:] = 0.0
    return clips


def exactly(bundle: Bundle, part: Part, clip: Floats) -> Sequence[Floats]:
    return TorchRun(network_of(bundle, part), video=part == "video")(clip)


def runs_of(networks: LiveNetworks) -> dict[Part, SteadyRun]:
    return networks._runs


def one_line(note: str | None) -> str:
    assert note is not None and "\n" not in note
    return note


# -- what is prepared and remembered ---------------------------------------------------------------


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


# -- the same answers ------------------------------------------------------------------------------


def test_landmarks_are_judged_by_openvino_as_by_torch(ksl13: Prepared) -> None:
    run = make_run(ksl13.bundle, "landmarks", OPENVINO, ksl13.cache)
    for clip in wandering(ksl13.bundle, 6):
        found, exact = run(clip), exactly(ksl13.bundle, "landmarks", clip)
        assert len(found) == len(exact) == 2
        for a, b in zip(found, exact, strict=True):
            assert a.shape == b.shape and relative_error(a, b) < 1e-4
        assert int(found[0].argmax()) == int(exact[0].argmax())


def test_pictures_are_judged_by_openvino_as_by_torch(
    asl20: Prepared, motions: Sequence[Floats]
) -> None:
    run = make_run(asl20.bundle, "video", OPENVINO, asl20.cache)
    network = TorchRun(network_of(asl20.bundle, "video"), video=True)
    for clip in motions:
        found, exact = run(clip), network(clip)
        assert len(found) == len(exact)
        for a, b in zip(found, exact, strict=True):
            assert a.shape == b.shape and relative_error(a, b) < 1e-4
        for a, b in zip(found[:2], exact[:2], strict=True):
            assert int(a.argmax()) == int(b.argmax())


def test_answers_are_the_callers_own(ksl13: Prepared) -> None:
    """OpenVINO writes the next answer where the last one stood."""
    run = make_run(ksl13.bundle, "landmarks", OPENVINO, ksl13.cache)
    one, other = wandering(ksl13.bundle, 2)
    first = run(one)
    kept = [array.copy() for array in first]
    run(other)
    assert all(np.array_equal(a, b) for a, b in zip(first, kept, strict=True))


@pytest.mark.skipif(can_run(INT8) is not None, reason="this processor does not compute in int8")
def test_int8_is_as_good_as_its_card_says(asl20: Prepared, motions: Sequence[Floats]) -> None:
    quantised = asl20.bundle.card.networks.quantised
    assert quantised is not None
    run = make_run(asl20.bundle, "video", INT8, asl20.cache)
    network = TorchRun(network_of(asl20.bundle, "video"), video=True)
    pairs = [(run(clip), network(clip)) for clip in motions]
    errors = [relative_error(logits_of(a, "video"), logits_of(b, "video")) for a, b in pairs]
    assert 0 < max(errors) < 5 * quantised.relative_error
    same = sum(int(a[0].argmax()) == int(b[0].argmax()) for a, b in pairs)
    assert same >= len(motions) - 1


def named_father(bundle: Bundle, runtime: str, cache: NetworkCache) -> Prediction:
    recognizer = Recognizer(bundle, runtime=runtime, cache=cache)
    source = open_source("reference:father")
    while (frame := source.read()) is not None and frame.t_s <= 3.0:
        recognizer.observe(frame)
    source.close()
    prediction = recognizer.predict()
    assert recognizer.networks.title == Choice.parse(runtime).title
    recognizer.close()
    assert prediction is not None
    return prediction


def test_a_sign_is_named_by_openvino_as_by_torch(asl20: Prepared) -> None:
    plain = named_father(asl20.bundle, str(PLAIN), asl20.cache)
    quick = named_father(asl20.bundle, str(OPENVINO), asl20.cache)
    assert quick.sign == plain.sign == "father"
    assert quick.confidence == pytest.approx(plain.confidence, abs=0.01)
    assert quick.trace is not None and plain.trace is not None
    assert np.allclose(quick.trace.acc_g, plain.trace.acc_g, atol=1e-3)
    assert np.allclose(quick.trace.gyro_dps, plain.trace.gyro_dps, atol=0.1)


@pytest.mark.parametrize("damage", ["none", "cut", "empty", "a file for the folder"])
def test_what_was_compiled_for_a_quicker_start_may_be_damaged(
    ksl13: Prepared, tmp_path: Path, damage: str
) -> None:
    cache = ksl13.copied_to(tmp_path)
    blobs = cache.blobs(ksl13.bundle)
    if damage == "a file for the folder":
        blobs.touch()
    else:
        load_networks(ksl13.bundle, str(OPENVINO), cache)
        (blob,) = blobs.glob("*.blob")
        if damage != "none":
            os.truncate(blob, blob.stat().st_size // 2 if damage == "cut" else 0)
    networks = load_networks(ksl13.bundle, str(OPENVINO), cache)
    assert (networks.title, networks.note) == ("OpenVINO fp32", None)
    (clip,) = wandering(ksl13.bundle, 1)
    found, exact = runs_of(networks)["landmarks"](clip), exactly(ksl13.bundle, "landmarks", clip)
    assert all(relative_error(a, b) < 1e-4 for a, b in zip(found, exact, strict=True))


def test_int8_of_a_network_that_has_none_is_the_exact_one(ksl13: Prepared) -> None:
    networks = load_networks(ksl13.bundle, str(INT8), ksl13.cache)
    assert (networks.title, networks.note) == ("OpenVINO fp32", None)


# -- plain torch when nothing else can -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "file", "kept"),
    [
        ("ksl13", "graph.xml", 0.5),
        ("ksl13", "graph.xml", 0.0),
        ("ksl13", "graph.bin", 0.5),
        ("asl20", "video.bin", 0.9),
        ("asl20", "video.bin", 1.0),
        ("asl20", "video.xml", 0.5),
    ],
)
def test_a_damaged_network_is_named_and_torch_answers(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, file: str, kept: float
) -> None:
    whole: Prepared = request.getfixturevalue(name)
    cache = whole.copied_to(tmp_path)
    victim = cache.folder(whole.bundle) / file
    content = bytearray(victim.read_bytes())
    if kept == 1.0:
        content[len(content) // 2] ^= 0x55
    victim.write_bytes(content[: int(kept * len(content))])
    networks = load_networks(whole.bundle, str(OPENVINO), cache)
    assert networks.title == "PyTorch fp32"
    note = one_line(networks.note)
    assert victim.stem in note and "OpenVINO" in note and "PyTorch fp32 is used instead" in note
    part: Part = "video" if name == "asl20" else "landmarks"
    clip = example_of(whole.bundle, part)
    found = runs_of(networks)[part](clip)
    exact = exactly(whole.bundle, part, clip)
    assert all(np.allclose(a, b, atol=1e-6) for a, b in zip(found, exact, strict=True))
    # The next start makes it again, and says nothing.
    again = load_networks(whole.bundle, str(OPENVINO), cache)
    assert (again.title, again.prepared, again.note) == ("PyTorch fp32", False, None)


@pytest.mark.parametrize("text", ["cuda-fp32", "cuda-bf16", "openvino-bf16"])
def test_what_this_computer_cannot_do_is_said_and_torch_answers(ksl13: Prepared, text: str) -> None:
    reason = can_run(Choice.parse(text))
    if reason is None:
        pytest.skip(f"this computer can do {text}")
    networks = load_networks(ksl13.bundle, text, ksl13.cache)
    assert (networks.title, networks.prepared) == ("PyTorch fp32", True)
    note = one_line(networks.note)
    assert note.startswith(Choice.parse(text).title) and reason in note


def test_a_network_that_fails_at_work_gives_way_to_torch(
    ksl13: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks = load_networks(ksl13.bundle, str(OPENVINO), ksl13.cache)
    assert networks.landmarks is not None and networks.note is None
    run, (clip, other) = runs_of(networks)["landmarks"], wandering(ksl13.bundle, 2)
    networks.landmarks.forward(clip)

    def fails(_: Floats) -> Sequence[Floats]:
        raise RuntimeFailedError("OpenVINO failed (out of memory)")

    monkeypatch.setattr(run, "_run", fails)
    for shown in (clip, other):
        logits, embedding = networks.landmarks.forward(shown)
        exact = exactly(ksl13.bundle, "landmarks", shown)
        assert np.allclose(logits, exact[0]) and np.allclose(embedding, exact[1])
        assert networks.title == "PyTorch fp32"
        assert "out of memory" in one_line(networks.note)


def test_a_batch_that_a_network_was_not_made_for_gives_way_to_torch(ksl13: Prepared) -> None:
    """Converted networks take one clip at a time."""
    networks = load_networks(ksl13.bundle, str(OPENVINO), ksl13.cache)
    assert networks.landmarks is not None
    clips = np.concatenate(wandering(ksl13.bundle, 3))
    logits, _ = networks.landmarks.forward(clips)
    assert np.allclose(logits, exactly(ksl13.bundle, "landmarks", clips)[0], atol=1e-5)


# -- nothing leaves the computer -------------------------------------------------------------------


def test_converting_quantising_and_running_reach_for_no_network(
    offline: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, _ = offline
    assert done.returncode == 0, done.stderr
    assert done.stdout == "silent\n"
