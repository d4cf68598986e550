"""`--headless`: a source through the engine, one JSON object a line on standard output."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TextIO

from engine.bundle import Bundle, BundleError, load_bundle
from engine.bundle.lessons import lesson_named
from engine.cli.interruption import Interruption
from engine.cli.json_lines import RunSummary, prediction_line
from engine.cli.line_printer import LinePrinter
from engine.cli.replays import Replays
from engine.cli.run_clock import RunClock
from engine.glove.spec import GloveSpecError
from engine.landmarks.detector import LandmarkModelError
from engine.live.live_engine import NO_SOURCE, LiveEngine
from engine.live.live_state import LiveState
from engine.logs import tell
from engine.messages import Message, reason_of
from engine.prediction import Prediction
from engine.recognition.recognizer import Recognizer
from engine.runtime.autotune import convert_part
from engine.runtime.backend import AUTOMATIC, has_torch
from engine.runtime.fallback import choice_by_name
from engine.runtime.network_cache import NetworkCache
from engine.runtime.openvino.files import is_there
from engine.runtime.parts import parts_of
from engine.segmentation.transcript import Transcript
from engine.sources.base import FrameSource
from engine.sources.errors import SourceError
from engine.sources.motion.references import vocabulary_of
from engine.sources.opening import open_source

STRIDE_S = 0.25
"""Source time between two predictions when a file is read as fast as it can be."""

_MOST_NOTES = 20

EXIT_OK, EXIT_FAILED = 0, 2


@dataclass(frozen=True, slots=True)
class HeadlessOptions:
    """What the command line asked for; `max_seconds` is time of the source (or of the camera);
    `left_handed`: whether the signer is; `gloves`: what is worn, as `parse_spec` reads it; only
    with a bundle of gloves alone there need be no `source`. `lesson`: whose words are named, of a
    bundle of thousands, by its id."""

    source: str | None
    bundle: str = "asl20"
    max_seconds: float | None = None
    traces: bool = False
    realtime: bool = False
    runtime: str = AUTOMATIC
    left_handed: bool = False
    gloves: tuple[str, ...] = ()
    lesson: str | None = None


def run_headless(
    options: HeadlessOptions,
    out: TextIO | None = None,
    interruption: Interruption | None = None,
) -> int:
    """Print predictions and, at the end, a summary. Returns the process's exit status.

    A file is read without dropping a frame and predicted at a fixed stride of its own time, so the
    same file always gives the same lines; a camera, a network stream or `realtime` is paced by the
    clock. With a bundle of gloves alone, recordings of gloves begin when there is something to
    recognise them with, and the run ends when there is nothing else. A source or bundle that cannot
    be used, or a standard output that takes no more, gives one line on standard error and status 2;
    when nobody reads any more, the run ends quietly, with status 0. With an `interruption`, that
    ends it with the summary so far and the interruption's status. Without a choice, networks that
    the window has had prepared are used, else those that the bundle brings for OpenVINO, and plain
    torch otherwise.
    """
    printer = LinePrinter(sys.stdout if out is None else out)
    stop = interruption or Interruption()
    if printer.stopped:
        return EXIT_OK
    try:
        bundle = load_bundle(options.bundle)
        words = lesson_named(bundle, options.lesson).words if options.lesson else ()
        if options.source is None and bundle.card.needs_camera:
            _say(Message("source.none-given"))
            return EXIT_FAILED
        if not bundle.card.needs_camera and not options.gloves:
            _say(Message("glove.bundle-needs-one", name=bundle.card.name))
            return EXIT_FAILED
        if options.gloves:
            # Gloves tell what happens now; a file is played beside them at its own pace.
            return _run_live(options, bundle, printer, stop)
        assert options.source is not None
        source = open_source(options.source, vocabulary=vocabulary_of(bundle.card.glosses))
        try:
            if options.realtime or source.is_live:
                source.close()
                return _run_live(options, bundle, printer, stop)
            recognizer = Recognizer(
                bundle,
                runtime=_convert_first(bundle, options.runtime),
                left_handed=options.left_handed,
            )
            recognizer.teach({}, words)
            note = recognizer.networks.note
            if note is not None:
                _say(note)
            return _run_file(options, source, recognizer, printer, stop)
        finally:
            source.close()
    except (BundleError, SourceError, LandmarkModelError, GloveSpecError) as error:
        _say(error.message)
        return EXIT_FAILED


def _say(text: str) -> None:
    tell(f"signmirror: {text}")


def _status(printer: LinePrinter, stop: Interruption) -> int:
    if printer.problem is not None:
        _say(printer.problem)
        return EXIT_FAILED
    return EXIT_OK if printer.stopped else stop.status


def _convert_first(bundle: Bundle, runtime: str) -> str:
    """Whoever asked for a runtime by name waits for it; where nothing can be kept, it is said, and
    the networks run as they can."""
    if runtime == AUTOMATIC or not has_torch():
        return runtime
    cache = NetworkCache()
    for part in parts_of(bundle):
        choice = choice_by_name(bundle, part, runtime)
        if choice.runtime == "openvino" and not is_there(bundle, part, choice.precision, cache):
            _say(f"converting the {part} network for {runtime}…")
            try:
                convert_part(bundle, part, cache)
            except OSError as error:
                reason = reason_of(error)
                _say(Message("runtime.preparation-kept", name=cache.root, reason=reason))
                break
    return runtime


def _run_file(
    options: HeadlessOptions,
    source: FrameSource,
    recognizer: Recognizer,
    printer: LinePrinter,
    stop: Interruption,
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
        printer.line(
            prediction_line(
                prediction, fps=fps, dropped=0, with_trace=options.traces, hint=recognizer.hint
            )
        )

    looked_s: float | None = None
    try:
        while not (stop.asked or printer.stopped):
            frame = source.read()
            if frame is None:
                break
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
        if looked_s is not None and not printer.stopped:
            publish(recognizer.predict(at_end=True))
            for named in recognizer.spotted(at_end=True):
                publish(named)
    finally:
        recognizer.close()
    fps = summary.frames / max(1e-6, time.perf_counter() - started)
    printer.line(summary.line([e.sign for e in transcript.entries], fps=fps))
    return _status(printer, stop)


def _run_live(
    options: HeadlessOptions, bundle: Bundle, printer: LinePrinter, stop: Interruption
) -> int:
    summary, clock = RunSummary(), RunClock(options.max_seconds)
    replays = Replays(options.gloves, alone=not bundle.card.needs_camera)

    def publish(prediction: Prediction, state: LiveState) -> None:
        summary.add(prediction)
        replays.answered(time.monotonic())
        printer.line(
            prediction_line(
                prediction,
                fps=state.camera_fps,
                dropped=state.dropped,
                with_trace=options.traces,
                hint=state.hint,
                gloves=state.gloves if options.gloves else None,
            )
        )

    engine = LiveEngine(
        NO_SOURCE if options.source is None else options.source,
        options.bundle,
        runtime=options.runtime,
        left_handed=options.left_handed,
        loop=False,
        networks_first=True,
        on_prediction=publish,
        gloves=replays.others,
    )
    engine.set_lesson(options.lesson)
    engine.start()
    worn, played = not replays.specs, False
    told: set[str] = set()
    try:
        while not (stop.wait(0.05) or printer.stopped):
            state = engine.latest()
            if state.ready and not worn:
                engine.gloves.wear(options.gloves)
                worn = True
            for glove in state.gloves:
                if glove.note is not None and glove.note not in told and len(told) < _MOST_NOTES:
                    # Each once; the camera, or another glove, goes on.
                    told.add(glove.note)
                    _say(glove.note)
            over = clock.is_over(
                time.monotonic(),
                opening=bool(state.source_spec),
                pictures=state.frames > 0 or (options.source is None and state.ready),
            )
            played = worn and options.source is None and replays.are_over(state, time.monotonic())
            if over or played or state.source_state in ("ended", "failed") or _problem(state):
                break
    finally:
        state = engine.latest()
        engine.stop()
    problem = _problem(state)
    if problem is None and state.source_state == "failed":
        problem = state.source_message
    elif (
        problem is None
        and options.source
        and not state.frames
        and not stop.asked
        and not printer.stopped
    ):
        problem = state.source_message or f"{state.source_name}: no pictures came"
    if problem is not None:
        _say(problem)
        return EXIT_FAILED
    if played and all(glove.link.state == "failed" for glove in state.gloves):
        # Why has been said.
        return EXIT_FAILED
    summary.frames = state.frames
    printer.line(summary.line([e.sign for e in state.transcript], fps=state.camera_fps))
    return _status(printer, stop)


def _problem(state: LiveState) -> str | None:
    """Why there is nothing to go on with."""
    return state.bundle_error or state.sight_error
