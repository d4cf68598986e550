"""Plain torch answers when nobody else can, and why is said."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import Floats
from engine.runtime.backend import (
    Choice,
    Part,
    RuntimeFailedError,
    can_run,
)
from engine.runtime.fallback import load_networks
from engine.runtime.parts import example_of, relative_error
from tests.engine.runtime.prepared import (
    INT8,
    OPENVINO,
    Prepared,
    exactly,
    one_line,
    runs_of,
    wandering,
)

pytestmark = pytest.mark.slow


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


# Made before the test looks what is running: libraries keep a thread of theirs.
@pytest.mark.usefixtures("asl20", "ksl13")
@pytest.mark.parametrize(
    ("name", "file", "kept"),
    [
        ("ksl13", "landmarks.xml", 0.5),
        ("ksl13", "landmarks.xml", 0.0),
        ("ksl13", "landmarks.bin", 0.5),
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
