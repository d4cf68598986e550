"""The loop that everybody writes first, to hold ours against: one thread that captures, looks for
landmarks, makes the whole clip anew and runs every network as it comes, frame by frame."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from engine.benchmark.naive_networks import NaiveNetworks
from engine.bundle import Bundle
from engine.clips.clip_views import make_view
from engine.clips.landmark_buffer import LandmarkBuffer, graph_clip, hands_seen
from engine.landmarks.detector import LandmarkDetector
from engine.landmarks.skeletons import SKELETONS
from engine.sources.live_opening import open_live

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class NaiveFigures:
    """`fps`: frames read a second, each of which gives one prediction once the window is full."""

    fps: float
    predictions_per_s: float
    frame_to_label_p50_ms: float
    frame_to_label_p95_ms: float


def naive_loop(
    bundle: Bundle, networks: NaiveNetworks, source_spec: str, seconds: float
) -> NaiveFigures:
    """Run for `seconds`, and for three predictions at least. `networks`: the bundle's. Raises
    SourceError."""
    runs = networks.runs
    clip = bundle.card.clip
    files = bundle.card.networks.landmarks
    view, window = make_view(clip), LandmarkBuffer()
    detector = LandmarkDetector(hands=bundle.card.needs_fingers)
    source = open_live(source_spec, loop=True)
    taken: list[float] = []
    frames, started = 0, time.perf_counter()
    try:
        while len(taken) < _FEWEST or time.perf_counter() - started < seconds:
            frame = source.read()
            if frame is None:
                break
            captured = time.perf_counter()
            frames += 1
            landmarks = frame.landmarks or detector.detect(frame.image, frame.t_s)
            view.observe(frame, landmarks)
            window.append(frame.t_s, landmarks)
            if not view.person_seen:
                continue
            if "video" in runs:
                runs["video"](view.clip())
            recording = window.between(frame.t_s - clip.span_s, frame.t_s)
            if files is not None and recording is not None:
                skeleton = SKELETONS[files.skeleton]
                if hands_seen(recording, skeleton):
                    runs["landmarks"](graph_clip(recording, skeleton, clip.frames))
            taken.append((time.perf_counter() - captured) * 1e3)
    finally:
        source.close()
        detector.close()
    spent = max(1e-6, time.perf_counter() - started)
    return NaiveFigures(
        fps=round(frames / spent, 2),
        predictions_per_s=round(len(taken) / spent, 2),
        frame_to_label_p50_ms=round(float(np.quantile(taken, 0.5)), 1) if taken else 0.0,
        frame_to_label_p95_ms=round(float(np.quantile(taken, 0.95)), 1) if taken else 0.0,
    )
