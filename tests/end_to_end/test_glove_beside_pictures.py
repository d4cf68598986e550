"""A glove at a pseudo-terminal beside a played take, in the running engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.bundle import load_bundle
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.prediction import Prediction
from tests.conftest import LONGEST_S
from tests.end_to_end.paired_replay import SAMPLE_RATE_HZ, PairedReplay, paired_replay
from training.readers.asl20 import read_asl20

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")

DEVICE = Path(__file__).with_name("glove_device.py")
RECORDINGS = int(os.environ.get("SIGNMIRROR_REPLAYED", "100"))


class Device:
    """The glove's process."""

    def __init__(self, samples: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(DEVICE), str(samples), str(SAMPLE_RATE_HZ)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = self.process.stdout.readline().strip()

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def unseen(shared_data: Path, count: int, *, seed: int = 0) -> PairedReplay:
    """Recordings of asl20's test signers with two live armbands, as many of each word."""
    card = load_bundle("asl20").card
    everything = read_asl20(shared_data / "asl20")
    chosen = (
        np.isin(everything.signers, card.training.test_signers)
        & everything.live.all(axis=1)
        & np.isin(everything.words, card.glosses)
    )
    rng = np.random.default_rng(seed)
    order = rng.permutation(np.flatnonzero(chosen))
    seen: dict[str, int] = {}
    rank = []
    for i in order:
        word = str(everything.words[i])
        seen[word] = seen.get(word, 0) + 1
        rank.append(seen[word])
    taken = order[np.argsort(rank, kind="stable")][:count]
    return paired_replay(everything.subset(rng.permutation(taken)))


def played(
    replay: PairedReplay, folder: Path, *, glove: bool
) -> tuple[list[Prediction], LiveState, float]:
    """All predictions of one run, the last state, and when the first frame was captured."""
    take, samples = replay.save(folder)
    device = Device(samples) if glove else None
    said: list[Prediction] = []
    engine = LiveEngine(
        str(take),
        "asl20",
        runtime="openvino-int8",
        loop=False,
        networks_first=True,
        on_prediction=lambda prediction, _: said.append(prediction),
        gloves=[f"serial:{device.port}"] if device else (),
    )
    engine.start()
    try:
        deadline = time.monotonic() + LONGEST_S + float(replay.take.t_s[-1])
        began = None
        while time.monotonic() < deadline:
            state = engine.latest()
            if began is None and state.frames:
                began = time.perf_counter()
                if device is not None:
                    device.go()
            if state.source_state in ("ended", "failed"):
                break
            time.sleep(0.005)
        if device is not None:
            _wait_for(lambda: _samples(engine.latest()) >= 2 * len(replay.samples), 10.0)
        state = engine.latest()
    finally:
        engine.stop()
        if device is not None:
            device.close()
    assert state.source_state == "ended", state.source_message or state.bundle_error
    assert began is not None
    return said, state, began


def right(replay: PairedReplay, said: list[Prediction]) -> dict[str, object]:
    """How many are named right by what the window shows as each ends: 'fused' and each stream."""
    live = [p for p in said if p.sign_span_s is None and p.top]
    counts: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for word, end in zip(replay.words, replay.ends_s, strict=True):
        nearest = min(live, key=lambda p: abs(p.t_s - end))
        kinds[nearest.trace_kind] = kinds.get(nearest.trace_kind, 0) + 1
        counts["fused"] = counts.get("fused", 0) + (nearest.top[0][0] == word)
        for stream, (gloss, _) in nearest.streams.items():
            counts[stream] = counts.get(stream, 0) + (gloss == word)
    return {"n": len(replay.words), "right": counts, "kinds": kinds, "answers": len(live)}


def _samples(state: LiveState) -> int:
    return sum(wrist.samples for glove in state.gloves for wrist in glove.wrists)


def _wait_for(condition, seconds: float) -> bool:  # type: ignore[no-untyped-def]
    ended = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        ended.wait(0.05)
    return bool(condition())


@pytest.mark.slow
def test_measured_samples_take_the_generated_ones_place(shared_data: Path, tmp_path: Path) -> None:
    replay = unseen(shared_data, 4)
    said, state, _ = played(replay, tmp_path, glove=True)
    assert _samples(state) == 2 * len(replay.samples)
    assert {wrist.hand for wrist in state.gloves[0].wrists} == {"left", "right"}
    named_by_glove = [p for p in said if p.trace_kind == "measured"]
    assert named_by_glove
    assert all(p.measured is not None and p.trace is not None for p in named_by_glove)


@pytest.mark.soak
def test_a_glove_beside_pictures_is_no_worse_than_pictures(
    shared_data: Path, tmp_path: Path
) -> None:
    replay = unseen(shared_data, RECORDINGS)
    figures = {}
    for name in ("generated", "measured"):
        said, state, _ = played(replay, tmp_path, glove=name == "measured")
        figures[name] = right(replay, said)
        if name == "measured":
            figures["samples"] = {"sent": 2 * len(replay.samples), "taken": _samples(state)}
            wrists = [wrist for glove in state.gloves for wrist in glove.wrists]
            figures["wrists"] = [repr(wrist) for wrist in wrists]
    print(json.dumps(figures, indent=2))
    assert _samples(state) == 2 * len(replay.samples)
    assert figures["measured"]["right"]["fused"] >= figures["generated"]["right"]["fused"]


@pytest.mark.slow
def test_a_pulled_cable_leaves_the_camera_alone_and_comes_back(tmp_path: Path) -> None:
    samples = tmp_path / "samples.npz"
    rng = np.random.default_rng(0)
    np.savez(samples, samples=rng.normal(0.0, 0.3, (20_000, 12)))
    link = tmp_path / "port"
    said: list[Prediction] = []
    engine = LiveEngine(
        "reference:*",
        "asl20",
        runtime="openvino-int8",
        on_prediction=lambda prediction, _: said.append(prediction),
        gloves=[f"serial:{link}"],
    )

    def plugged() -> Device:
        device = Device(samples)
        link.unlink(missing_ok=True)
        link.symlink_to(device.port)
        opened = engine.latest().gloves[0].link.opened
        assert _wait_for(lambda: engine.latest().gloves[0].link.opened > opened, LONGEST_S)
        device.go()
        return device

    def measured_since(moment: float) -> bool:
        return any(p.trace_kind == "measured" and (p.host_s or 0) > moment for p in said)

    engine.start()
    device = None
    try:
        device = plugged()
        assert _wait_for(lambda: measured_since(0.0), LONGEST_S)
        pulled = time.perf_counter()
        device.close()
        assert _wait_for(lambda: any((p.host_s or 0) > pulled + 1.5 for p in said), LONGEST_S)
        # By the samples' own time, whatever this machine is busy with.
        late = [p for p in said if (p.host_s or 0) > pulled + 0.5]
        assert late and {p.trace_kind for p in late} == {"generated"}
        assert _wait_for(lambda: engine.latest().gloves[0].link.state == "lost", LONGEST_S)
        note = engine.latest().gloves[0].note
        assert note is not None
        device = plugged()
        back = time.perf_counter()
        assert _wait_for(lambda: measured_since(back), LONGEST_S)
    finally:
        engine.stop()
        if device is not None:
            device.close()
