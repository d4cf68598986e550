"""What `signmirror` and `main.py` do: the window, `--headless` or `--benchmark`."""

from __future__ import annotations

import argparse
import math
import multiprocessing
import sys
from collections.abc import Sequence

from engine.logs import start_log, tell


def parse_arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="SignMirror names the sign you make before the camera. Everything stays on"
        " this computer.",
    )
    parser.add_argument(
        "--source",
        metavar="SRC",
        help="camera (number or name), video file, http:// or rtsp:// address, or reference:SIGN;"
        " default: the first camera",
    )
    parser.add_argument("--bundle", metavar="B", help="bundle, by name or folder; default: asl20")
    parser.add_argument("--headless", action="store_true", help="no window: JSON lines on stdout")
    parser.add_argument(
        "--max-seconds",
        type=_seconds,
        metavar="S",
        help="headless: stop after S; benchmark: measure the whole engine for S (20)",
    )
    parser.add_argument("--traces", action="store_true", help="headless: print the traces too")
    parser.add_argument(
        "--realtime", action="store_true", help="headless: play a file at its own pace"
    )
    parser.add_argument(
        "--left-handed", action="store_true", help="headless: the signer is left-handed"
    )
    parser.add_argument(
        "--lesson",
        metavar="L",
        help="headless: of a vocabulary of thousands of words, name those of this lesson",
    )
    parser.add_argument(
        "--glove",
        action="append",
        metavar="G",
        help="a glove that is worn: serial:PORT, tcp:HOST:PORT, udp:PORT, osc:PORT, lsl:NAME,"
        " ble:ID, phone:HOST:PORT, logger:PORT or replay:FILE; once for each; 'list' names those"
        " that are found",
    )
    parser.add_argument(
        "--benchmark",
        action="store_true",
        help="measure this computer, with the window open (with --headless: without one)",
    )
    parser.add_argument("--json", action="store_true", help="benchmark: figures as JSON")
    parser.add_argument(
        "--runtime",
        type=_runtime,
        metavar="R",
        help="what runs the networks: auto (the fastest, as measured on this computer), torch-fp32,"
        " openvino-fp32, openvino-bf16, openvino-int8, cuda-fp32, cuda-bf16",
    )
    parser.add_argument("--language", choices=("en", "vi"), help="language of the window")
    parser.add_argument("--version", action="store_true", help="print which SignMirror this is")
    return parser.parse_args(argv)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not (math.isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError(f"'{text}': say how many seconds, as a number above 0")
    return seconds


def _runtime(text: str) -> str:
    from engine.runtime.backend import check_wanted

    try:
        return check_wanted(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def main() -> int:
    # In a packed program, the inference process starts through this door too.
    multiprocessing.freeze_support()
    arguments = parse_arguments(sys.argv[1:])
    if arguments.version:
        from desktop_app.version import version

        print(f"SignMirror {version()}")
        return 0
    # Before anything that loads libraries: what they say is not for the person.
    start_log("signmirror")
    if arguments.benchmark:
        return _benchmark(arguments)
    if arguments.glove and "list" in arguments.glove:
        from engine.cli.glove_list import list_gloves

        return list_gloves()
    if arguments.headless:
        return _headless(arguments)
    from engine.glove.spec import GloveSpecError, parse_spec

    try:
        for spec in arguments.glove or ():
            parse_spec(spec)
    except GloveSpecError as error:
        tell(f"signmirror: {error.message}")
        return 2
    from desktop_app.app import run_window

    return run_window(
        arguments.source,
        arguments.bundle,
        language=arguments.language,
        runtime=arguments.runtime,
        gloves=arguments.glove or (),
    )


def _benchmark(arguments: argparse.Namespace) -> int:
    from engine.benchmark.in_own_process import in_own_process
    from engine.benchmark.run import DEFAULT_SOURCE, SECONDS, BenchmarkOptions, run_benchmark

    if arguments.headless:
        from engine.benchmark.without_window import measure_without_window as measure
    else:
        from desktop_app.window_benchmark import measure_in_window as measure
    options = BenchmarkOptions(
        bundle=arguments.bundle,
        source=arguments.source or DEFAULT_SOURCE,
        runtime=arguments.runtime or "auto",
        seconds=arguments.max_seconds or SECONDS,
        as_json=arguments.json,
    )
    return run_benchmark(options, in_own_process(measure))


def _headless(arguments: argparse.Namespace) -> int:
    if arguments.source is None and not arguments.glove:
        tell("signmirror: --headless needs --source (see --help)")
        return 2
    from engine.cli.interruption import Interruption

    with Interruption() as interruption:
        # Only now: what is imported here takes seconds, in which Ctrl+C is to be heard too.
        from engine.cli.headless import HeadlessOptions, run_headless

        options = HeadlessOptions(
            source=arguments.source,
            bundle=arguments.bundle or "asl20",
            max_seconds=arguments.max_seconds,
            traces=arguments.traces,
            realtime=arguments.realtime,
            runtime=arguments.runtime or "auto",
            left_handed=arguments.left_handed,
            gloves=tuple(arguments.glove or ()),
            lesson=arguments.lesson,
        )
        try:
            return run_headless(options, interruption=interruption)
        except KeyboardInterrupt:
            # Asked twice: not even the summary is waited for.
            return interruption.status
