"""`python -m training spotting`: signs found, and named, in streams put together from clips."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.arrays import Floats
from engine.bundle import BundleError, load_bundle
from engine.clips.landmark_buffer import slice_of
from engine.landmarks.recording import LandmarkRecording
from engine.paths import SIGN_ENCODER
from engine.prediction import Prediction, Timing
from engine.recognition.decision import Evidence, decide
from engine.recognition.landmark_evidence import LandmarkEvidence
from engine.runtime.backend import PLAIN
from engine.runtime.fallback import load_networks
from engine.segmentation.segment_naming import name_segment
from engine.segmentation.sign_segmenter import Segment
from training.commands.shared.options import notes, progress_bars, refuse
from training.errors import DataError
from training.evaluation.spotting_scores import (
    Namer,
    NamingScore,
    SpottingScore,
    naming_score,
    spot,
    spotting_score,
)
from training.evaluation.spotting_streams import Join, SignClip, at_rate, make_stream, sign_clip
from training.preparation.landmark_cache import CachedClip, read_cached, read_index
from training.strict_json import strict_json


def spotting(
    data: Annotated[Path, typer.Option("--data", help="what `landmarks` made")],
    signers: Annotated[str, typer.Option(help="names with commas; left out: all of them")] = "",
    bundle: Annotated[
        str, typer.Option(help="names the signs; left out: only found, not named")
    ] = "",
    streams: Annotated[int, typer.Option(min=1, help="a signer")] = 10,
    signs: Annotated[int, typer.Option(min=1, help="a stream")] = 30,
    rest: Annotated[
        float, typer.Option(min=0.0, help="mean seconds between signs; 0: what the clips have")
    ] = 0.5,
    trim: Annotated[
        bool, typer.Option("--trim", help="cut the rest away but for a few frames")
    ] = False,
    raised: Annotated[
        bool, typer.Option("--raised", help="cut lowering and raising the hands away, too")
    ] = False,
    rate: Annotated[
        float | None, typer.Option(min=4.0, help="frames a second; left out: as recorded")
    ] = None,
    encoder: Annotated[
        Path, typer.Option(help="folder of the sign encoder; left out: SignMirror's")
    ] = SIGN_ENCODER,
    seed: int = 0,
    as_json: Annotated[bool, typer.Option("--json", help="one line of JSON")] = False,
) -> None:
    """Find signs in streams of random signs and rests; with a bundle, name them. Latency: from the
    sign's true end, by the clip alone, to the frame with which it was known."""
    join: Join = "raised" if raised else "trim" if trim else "rest"
    try:
        if raised and trim:
            raise DataError("--trim and --raised: choose one")
        name = bundle_namer(bundle, encoder) if bundle else None
        people = _clips_of(data, [one.strip() for one in signers.split(",") if one.strip()])
        found: dict[str, SpottingScore] = {}
        named: dict[str, NamingScore] = {}
        with progress_bars() as progress:
            task = progress.add_task("streams", total=streams * len(people))
            for signer, cached in people.items():
                clips = _sign_clips(data, signer, cached)
                # Each signer's streams are the same whoever else is asked for.
                rng = np.random.default_rng([seed, *signer.encode()])
                for _ in range(streams):
                    stream = make_stream(
                        clips,
                        signs,
                        rng,
                        rest_s=rest,
                        join=join,
                        left_handed=cached[0].left_handed,
                    )
                    if rate is not None:
                        stream = at_rate(stream, rate)
                    spotted = spot(stream.recording)
                    score = spotting_score(stream.signs, spotted)
                    found[signer] = found[signer] + score if signer in found else score
                    if name is not None:
                        names = naming_score(stream, spotted, name)
                        named[signer] = named[signer] + names if signer in named else names
                    progress.advance(task)
    except (DataError, BundleError) as error:
        raise refuse(error) from error
    result: dict[str, object] = {
        "join": join,
        "rest_s": rest if join == "rest" else 0.0,
        "streams": streams,
        "signs": signs,
        "seed": seed,
        "spotting": {who: _spotting_facts(one) for who, one in _with_all(found).items()},
        "naming": {who: _naming_facts(one) for who, one in _with_all(named).items()} or None,
    }
    if as_json:
        print(strict_json(result))
        return
    for who, one in _with_all(found).items():
        print(f"{who}: {_line(_spotting_facts(one))}")
    for who, names in _with_all(named).items():
        print(f"{who}: {_line(_naming_facts(names))}")


def bundle_namer(name_or_path: str, encoder: Path = SIGN_ENCODER) -> Namer:
    """By all that a bundle makes of landmarks, as the live engine names what was spotted. Raises
    BundleError, or DataError for a bundle that makes nothing of them."""
    bundle = load_bundle(name_or_path)
    graph = load_networks(bundle, str(PLAIN)).landmarks
    landmarks = LandmarkEvidence(bundle, encoder)
    if graph is None and not landmarks.by_example:
        raise DataError(f"{name_or_path}: this bundle has no landmark stream")

    def name(recording: LandmarkRecording, segment: Segment, left_handed: bool) -> tuple[str, ...]:
        def answer(start_s: float, end_s: float) -> Prediction:
            seen = slice_of(recording, start_s, end_s)
            evidence: Evidence[Floats] = Evidence({})
            if seen is not None:
                evidence = landmarks.of(graph, seen, start_s, end_s, left_handed=left_handed)
            return decide(bundle.card, evidence, end_s, Timing(0.0, 0.0, 0.0))

        named = name_segment(segment, answer, answer)
        return tuple(one.sign for one in named if one.sign is not None)

    return name


def _clips_of(data: Path, signers: list[str]) -> dict[str, list[CachedClip]]:
    people: dict[str, list[CachedClip]] = {}
    for clip in read_index(data).clips:
        people.setdefault(clip.signer, []).append(clip)
    if unknown := sorted(set(signers) - set(people)):
        raise DataError(f"--signers {unknown[0]}: {data} has {', '.join(sorted(people))}")
    return {one: people[one] for one in signers or sorted(people)}


def _sign_clips(data: Path, signer: str, cached: list[CachedClip]) -> list[SignClip]:
    made = [sign_clip(one.gloss, read_cached(data, one)) for one in cached]
    clips = [clip for clip in made if clip is not None]
    if not clips:
        raise DataError(f"{data}: {signer} raises no hand in any clip")
    if len(clips) < len(cached):
        notes.print(f"{signer}: {len(cached) - len(clips)} clips without a raised hand left out")
    return clips


def _with_all(scores: dict) -> dict:
    """The signers' scores, and their sum behind them."""
    if len(scores) < 2:
        return scores
    first, *others = scores.values()
    return scores | {"all": sum(others, first)}


def _spotting_facts(score: SpottingScore) -> dict[str, float | int | None]:
    return {
        "signs": score.signs,
        "segments": score.segments,
        "found": round(score.found / score.signs, 4),
        "merged": round(score.merged / score.signs, 4),
        "missed": round(score.missed / score.signs, 4),
        "extra": score.extra,
        "borders_in_segments": score.borders,
        "borders_with_inner_moment": score.cuts,
        "inner_moments_there": score.offered,
        **_latency(score.offsets_s),
    }


def _naming_facts(score: NamingScore) -> dict[str, float | int | None]:
    errors = score.errors
    return {
        "signs": errors.signs,
        "sign_error_rate": round(errors.rate, 4),
        "insertions": errors.insertions,
        "deletions": errors.deletions,
        "substitutions": errors.substitutions,
        **_latency(score.latencies_s),
    }


def _latency(seconds: tuple[float, ...]) -> dict[str, float | int | None]:
    if not seconds:
        return {"latency_median_s": None, "latency_p95_s": None}
    return {
        "latency_median_s": round(float(np.median(seconds)), 3),
        "latency_p95_s": round(float(np.percentile(seconds, 95)), 3),
    }


def _line(facts: dict[str, float | int | None]) -> str:
    return ", ".join(f"{name} {'–' if value is None else value}" for name, value in facts.items())
