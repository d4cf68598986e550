"""A bundle's networks by whatever runs them best, with plain torch behind it when that fails.

Torch, which takes seconds and hundreds of megabytes, is loaded when it is asked to run something,
not before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from engine.arrays import Floats
from engine.bundle import Bundle, BundleError
from engine.landmarks.skeletons import SKELETONS
from engine.messages import Message
from engine.models.outputs import output_names
from engine.runtime.backend import (
    AUTOMATIC,
    PLAIN,
    Choice,
    Part,
    Precision,
    RuntimeFailedError,
    can_run,
    has_torch,
)
from engine.runtime.known_signs import known_signs
from engine.runtime.network_cache import NetworkCache
from engine.runtime.openvino.files import file_of, is_there
from engine.runtime.parts import example_of, network_of, parts_of
from engine.runtime.streams import LandmarkStream, Run, VideoStreams

_FIRST: tuple[Precision, ...] = ("int8", "fp32")
"""What is looked for before anything has been measured."""

_NUMPY = "NumPy"
"""What runs the network of a glove alone."""


class SteadyRun:
    """Runs a network by its choice; when that fails, by plain torch from then on, or without torch
    by what else the bundle brings."""

    def __init__(self, bundle: Bundle, part: Part, choice: Choice, cache: NetworkCache) -> None:
        """Raises BundleError; a runtime that fails only leaves a `note`."""
        self.choice = choice
        self.note: Message | None = None
        self._bundle, self._part, self._cache = bundle, part, cache
        self._failed: set[Choice] = set()
        try:
            self._run = _beside_others(make_run(bundle, part, choice, cache), choice)
        except RuntimeFailedError as error:
            self._run = self._instead(error)

    def _instead(self, error: RuntimeFailedError) -> Run:
        failed, self.choice = self.choice, PLAIN
        self._failed.add(failed)
        if has_torch():
            run = _beside_others(_plain(self._bundle, self._part), PLAIN)
        else:
            run = self._by_openvino(failed, error)
        self.note = Message(
            "runtime.instead", title=failed.title, reason=error.message, used=self.choice.title
        )
        return run

    def _by_openvino(self, failed: Choice, error: RuntimeFailedError) -> Run:
        self.choice = first_choice(self._bundle, self._part, self._cache, without=self._failed)
        try:
            return make_run(self._bundle, self._part, self.choice, self._cache)
        except RuntimeFailedError:
            raise BundleError(
                Message("runtime.nothing-left", title=failed.title, reason=error.message)
            ) from error

    def __call__(self, inputs: Floats) -> Sequence[Floats]:
        try:
            return self._run(inputs)
        except RuntimeFailedError as error:
            self._run = self._instead(error)
        try:
            return self._run(inputs)
        except RuntimeFailedError as error:
            if self.choice == PLAIN:
                raise
            # Without torch there is one more to fall back on at most; each fails once.
            self._run = self._instead(error)
            return self._run(inputs)


def _beside_others(run: Run, choice: Choice) -> Run:
    """OpenVINO is told with each network how many cores it may have; torch once for all."""
    if choice.runtime != "openvino":
        from engine.runtime.torch_run import leave_a_core

        leave_a_core()
    return run


@dataclass(frozen=True, slots=True, eq=False)
class LiveNetworks:
    """What a recognizer asks. `prepared`: whether these are the networks that were wanted, or those
    that serve until others are made."""

    video: VideoStreams[Floats] | None
    landmarks: LandmarkStream[Floats] | None
    prepared: bool = True
    _runs: dict[Part, SteadyRun] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What runs them, as people read it: of the pictures, which cost most, where there are."""
        run = self._runs.get("video") or self._runs.get("landmarks")
        return run.choice.title if run else _NUMPY

    @property
    def note(self) -> Message | None:
        """Why something else runs them than was wanted."""
        return next((run.note for run in self._runs.values() if run.note), None)

    @property
    def choices(self) -> dict[Part, Choice]:
        return {part: run.choice for part, run in self._runs.items()}


def load_networks(
    bundle: Bundle, wanted: str = AUTOMATIC, cache: NetworkCache | None = None
) -> LiveNetworks:
    """`wanted`: a choice, or what was measured to be the fastest. Until that has been prepared
    (`engine.runtime.autotune`), the first choice answers, and for a choice by name plain torch.
    Raises BundleError."""
    cache = cache or NetworkCache()
    cache.note_use(bundle)
    runs: dict[Part, SteadyRun] = {}
    prepared = True
    for part in parts_of(bundle):
        choice = wanted_choice(bundle, part, wanted, cache)
        if choice is None or _still_to_convert(bundle, part, choice, cache):
            # Without torch nothing can be made or measured here: there is nothing to wait for.
            prepared = not has_torch()
            choice = first_choice(bundle, part, cache) if wanted == AUTOMATIC else PLAIN
        runs[part] = SteadyRun(bundle, part, choice, cache)
    video = landmarks = None
    if "video" in runs:
        fused = bundle.card.networks.fusion is not None
        video = VideoStreams(runs["video"], output_names(fused=fused))
    if "landmarks" in runs:
        files = bundle.card.networks.landmarks
        assert files is not None
        skeleton = SKELETONS[files.skeleton]
        landmarks = LandmarkStream(runs["landmarks"], skeleton, known_signs(bundle))
    return LiveNetworks(video, landmarks, prepared, runs)


def wanted_choice(bundle: Bundle, part: Part, wanted: str, cache: NetworkCache) -> Choice | None:
    """What shall run a network; None when it has not been measured yet."""
    if wanted == AUTOMATIC:
        remembered = cache.recall(bundle)
        measured = remembered.parts.get(part) if remembered else None
        try:
            return Choice.parse(measured.chosen) if measured else None
        except ValueError:
            return None
    return choice_by_name(bundle, part, wanted)


def choice_by_name(bundle: Bundle, part: Part, wanted: str) -> Choice:
    """As `wanted` says; of a network that there is none of in int8, the exact one."""
    choice = Choice.parse(wanted)
    if choice.precision == "int8" and not is_quantised(bundle, part):
        return Choice(choice.runtime, "fp32")
    return choice


def first_choice(
    bundle: Bundle, part: Part, cache: NetworkCache, *, without: Collection[Choice] = ()
) -> Choice:
    """What runs a network that nothing has been measured of here: OpenVINO, where the bundle brings
    what it reads or that was made before, else plain torch. `without`: those that have failed."""
    for precision in _FIRST:
        choice = Choice("openvino", precision)
        if choice not in without and is_there(bundle, part, precision, cache):
            reason = can_run(choice)
            # Where OpenVINO itself is missing or broken, that is said as the network is loaded.
            if reason is None or reason.code != "runtime.not-computed":
                return choice
    return PLAIN


def is_quantised(bundle: Bundle, part: Part) -> bool:
    return part == "video" and bundle.card.networks.quantised is not None


def _still_to_convert(bundle: Bundle, part: Part, choice: Choice, cache: NetworkCache) -> bool:
    """Whether a file is missing that can be made. Where the runtime itself is missing, it cannot:
    that shall be said at once."""
    missing = choice.runtime == "openvino" and not is_there(bundle, part, choice.precision, cache)
    makes = has_torch() and choice.precision != "int8" and can_run(choice) is None
    return missing and makes


def make_run(
    bundle: Bundle, part: Part, choice: Choice, cache: NetworkCache, *, keep: bool = True
) -> Run:
    """`keep` what was compiled, for a quicker start. Raises RuntimeFailedError when the choice
    cannot run it here, BundleError."""
    reason = can_run(choice)
    if reason is not None:
        raise RuntimeFailedError(reason)
    if choice.runtime == "openvino":
        from engine.runtime.openvino.openvino_run import OpenVinoRun

        file = file_of(bundle, part, choice.precision, cache)
        blobs = cache.blobs(bundle) if keep else None
        return OpenVinoRun(file, choice.precision, blobs=blobs)
    if choice.runtime == "cuda":
        from engine.runtime.cuda_run import CudaRun

        return CudaRun(network_of(bundle, part), example_of(bundle, part), choice.precision)
    return _plain(bundle, part)


def _plain(bundle: Bundle, part: Part) -> Run:
    from engine.runtime.torch_run import TorchRun

    return TorchRun(network_of(bundle, part), video=part == "video")
