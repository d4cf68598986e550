"""`--headless`: a source through the engine, one JSON object a line on standard output."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from typing import TextIO

from engine.bundle import Bundle, BundleError, load_bundle
from engine.landmarks.detector import LandmarkModelError
from engine.live import LiveEngine
from engine.live_state import LiveState
from engine.prediction import Prediction
from engine.recognizer import Recognizer
from engine.references import vocabulary_of
from engine.report import RunSummary, prediction_line
from engine.runtime.choice import AUTOMATIC, Choice
from engine.runtime.network_cache import NetworkCache
from engine.runtime.parts import parts_of
from engine.runtime.preparation import convert_part
from engine.sources.base import FrameSource
from engine.sources.errors import SourceError
from engine.sources.opening import open_source
from engine.spotting import Transcript

STRIDE_S = 0.25
"""Source time between two predictions when a file is read as fast as it can be."""

EXIT_OK, EXIT_BAD_INPUT = 0, 2


@dataclass(frozen=True, slots=True)
class HeadlessOptions:
    """What the command line asked for; `max_seconds` is time of the source (or of the camera)."""

    source: str
    bundle: str = "asl20"
    max_seconds: float | None = None
    traces: bool = False
    realtime: bool = False
    runtime: str = AUTOMATIC


def run_headless(options: HeadlessOptions, out: TextIO | None = None) -> int:
    """Print predictions and, at the end, a summary. Returns the process's exit status.

    A file is read without dropping a frame and predicted at a fixed stride of its own time, so the
    same file always gives the same lines; a camera, a network stream or `realtime` is paced by the
    clock. A source or bundle that cannot be used gives one line on standard error and status 2.
    Without a choice, networks that the window has had prepared are used, and plain torch otherwise.
    """
    stream = sys.stdout if out is None else out
    try:
        bundle = load_bundle(options.bundle)
        source = open_source(options.source, vocabulary=vocabulary_of(bundle.card.glosses))
        try:
            if options.realtime or source.is_live:
                source.close()
                return _run_live(options, stream)
            recognizer = Recognizer(bundle, runtime=_convert_first(bundle, options.runtime))
            note = recognizer.networks.note
            if note is not None:
                print(f"signmirror: {note}", file=sys.stderr)
            return _run_file(options, source, recognizer, stream)
        finally:
            source.close()
    except (BundleError, SourceError, LandmarkModelError) as error:
        print(f"signmirror: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT


def _convert_first(bundle: Bundle, runtime: str) -> str:
    """Whoever asked for a runtime by name waits for it."""
    if runtime != AUTOMATIC and Choice.parse(runtime).runtime == "openvino":
        cache = NetworkCache()
        for part in parts_of(bundle):
            if not cache.has(bundle, part):
                print(f"signmirror: converting the {part} network for {runtime}…", file=sys.stderr)
                convert_part(bundle, part, cache)
    return runtime


def _run_file(
    options: HeadlessOptions, source: FrameSource, recognizer: Recognizer, stream: TextIO
) -> int:
    summary, transcript = RunSummary(), Transcript()
    started = time.perf_counter()
    next_s: float | None = None

    def publish(prediction: Prediction | None) -> None:
        if prediction is None:
            return
        transcript.add(prediction)
        summary.add(prediction)
        fps = summary.frames / max(1e-6, time.perf_counter() - started)
        print(
            prediction_line(
                prediction,
                fps=fps,
                dropped=0,
                with_trace=options.traces,
                hint=recognizer.hint,
            ),
            file=stream,
            flush=True,
        )

    looked_s: float | None = None
    try:
        while (frame := source.read()) is not None:
            if options.max_seconds is not None and frame.t_s > options.max_seconds:
                break
            captured = time.perf_counter()
            summary.frames += 1
            if recognizer.observe(frame) is None:
                continue
            looked_s = frame.t_s
            for named in recognizer.spotted(captured=captured):
                publish(named)
            if recognizer.can_predict and (next_s is None or frame.t_s >= next_s - 1e-6):
                next_s = (frame.t_s if next_s is None else next_s) + STRIDE_S
                publish(recognizer.predict(captured=captured))
        if looked_s is not None:
            publish(recognizer.predict(at_end=True))
            for named in recognizer.spotted(at_end=True):
                publish(named)
    finally:
        recognizer.close()
    fps = summary.frames / max(1e-6, time.perf_counter() - started)
    print(summary.line([e.sign for e in transcript.entries], fps=fps), file=stream, flush=True)
    return EXIT_OK


def _run_live(options: HeadlessOptions, stream: TextIO) -> int:
    summary = RunSummary()
    printing = threading.Lock()

    def publish(prediction: Prediction, state: LiveState) -> None:
        summary.add(prediction)
        line = prediction_line(
            prediction,
            fps=state.camera_fps,
            dropped=state.dropped,
            with_trace=options.traces,
            hint=state.hint,
        )
        with printing:
            print(line, file=stream, flush=True)

    engine = LiveEngine(
        options.source,
        options.bundle,
        runtime=options.runtime,
        loop=False,
        networks_first=True,
        on_prediction=publish,
    )
    engine.start()
    started = time.monotonic()
    try:
        while True:
            time.sleep(0.05)
            state = engine.latest()
            if state.source_state in ("ended", "failed") or state.bundle_error:
                break
            seen_s = time.monotonic() - started if state.frames else 0.0
            if not state.frames:
                started = time.monotonic()
            if options.max_seconds is not None and seen_s > options.max_seconds:
                break
    except KeyboardInterrupt:
        pass
    finally:
        state = engine.latest()
        engine.stop()
    if state.source_state == "failed" or state.bundle_error:
        print(f"signmirror: {state.bundle_error or state.source_message}", file=sys.stderr)
        return EXIT_BAD_INPUT
    summary.frames = state.frames
    with printing:
        words = [entry.sign for entry in state.transcript]
        print(summary.line(words, fps=state.camera_fps), file=stream, flush=True)
    return EXIT_OK
