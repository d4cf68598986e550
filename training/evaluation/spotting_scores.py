"""Scores of finding signs in a stream, and of naming them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.landmarks.recording import LandmarkRecording
from engine.segmentation.sign_segmenter import Segment, SignSegmenter
from training.evaluation.spotting_streams import SignStream, TrueSign

Namer = Callable[[LandmarkRecording, Segment, bool], tuple[str, ...]]
"""Names the signs in a segment of a recording, by a left-handed signer or not, in order; none where
there is no sign of the vocabulary."""

_IOU = 0.5
_TOUCHED = 0.1
_NEAR_S = 0.3


@dataclass(frozen=True, slots=True)
class Spotted:
    """A segment and the moment of the frame with which it was known."""

    segment: Segment
    at_s: float


@dataclass(frozen=True, slots=True)
class Errors:
    """Edit distance from the true sequence of signs to the named one, by kind of error."""

    insertions: int
    deletions: int
    substitutions: int
    signs: int

    @property
    def rate(self) -> float:
        """Changes a true sign; above 1 where more is inserted than was signed. NaN without any."""
        changes = self.insertions + self.deletions + self.substitutions
        return changes / self.signs if self.signs else float("nan")

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.insertions + other.insertions,
            self.deletions + other.deletions,
            self.substitutions + other.substitutions,
            self.signs + other.signs,
        )


def align(
    truth: Sequence[str], named: Sequence[str]
) -> tuple[Errors, tuple[tuple[int | None, int | None], ...]]:
    """The edit distance's errors, and the pairs of places it puts beside each other: None for the
    truth of an insertion and the name of a deletion. Equal costs: pairs before gaps."""
    cost = np.zeros((len(truth) + 1, len(named) + 1), np.int64)
    cost[:, 0], cost[0, :] = np.arange(len(truth) + 1), np.arange(len(named) + 1)
    for i, true in enumerate(truth, 1):
        for j, name in enumerate(named, 1):
            cost[i, j] = min(
                cost[i - 1, j - 1] + (true != name), cost[i - 1, j] + 1, cost[i, j - 1] + 1
            )
    pairs: list[tuple[int | None, int | None]] = []
    insertions = deletions = substitutions = 0
    i, j = len(truth), len(named)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (truth[i - 1] != named[j - 1]):
            i, j = i - 1, j - 1
            substitutions += truth[i] != named[j]
            pairs.append((i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i, deletions = i - 1, deletions + 1
            pairs.append((i, None))
        else:
            j, insertions = j - 1, insertions + 1
            pairs.append((None, j))
    return Errors(insertions, deletions, substitutions, len(truth)), tuple(reversed(pairs))


def spot(recording: LandmarkRecording, spotter: SignSegmenter | None = None) -> list[Spotted]:
    """Segments found frame by frame, as live; a segment that is open at the end is closed there."""
    spotter = spotter or SignSegmenter()
    found = [
        Spotted(segment, float(t_s))
        for step, t_s in enumerate(recording.t_s)
        for segment in spotter.observe(float(t_s), recording.at(step))
    ]
    return found + [Spotted(segment, float(recording.t_s[-1])) for segment in spotter.finish()]


@dataclass(frozen=True, slots=True)
class SpottingScore:
    """`found`: true signs that one segment covers (IoU of at least 0.5), with no second sign in it
    and no second segment on the sign; `merged`: not found, but inside a segment that reaches over
    several signs; `missed`: the others, be they overlooked or split. `extra`: segments beyond one a
    found or split sign, and beyond those over several. `cuts` of the `borders` between merged
    signs have an inner moment within 0.3 s, of `offered` ones. `offsets_s`: found sign's true end
    to the frame that told."""

    signs: int
    segments: int
    found: int
    merged: int
    missed: int
    extra: int
    borders: int
    cuts: int
    offered: int
    offsets_s: tuple[float, ...]

    def __add__(self, other: SpottingScore) -> SpottingScore:
        parts = (getattr(self, name) + getattr(other, name) for name in self.__slots__)
        return SpottingScore(*parts)


def spotting_score(truth: Sequence[TrueSign], spotted: Sequence[Spotted]) -> SpottingScore:
    """The score of one stream."""
    overlaps = np.array(
        [[_iou(sign, one.segment) for one in spotted] for sign in truth], np.float64
    ).reshape(len(truth), len(spotted))
    inside = np.array(
        [[_covered(sign, one.segment) for one in spotted] for sign in truth], np.float64
    ).reshape(overlaps.shape)
    pairs = [(int(i), int(j)) for i, j in np.argwhere(overlaps >= _IOU)]
    alone = [
        (i, j)
        for i, j in pairs
        if (inside[:, j] > 0.5).sum() == 1 and (inside[i] > _TOUCHED).sum() == 1
    ]
    several = [j for j in range(len(spotted)) if (inside[:, j] > 0.5).sum() > 1]
    found = {i for i, _ in alone}
    single = {j for i, j in pairs if (inside[:, j] > 0.5).sum() == 1}
    merged = {int(i) for j in several for i in np.flatnonzero(inside[:, j] > 0.5)} - found
    borders = cuts = offered = 0
    for j in several:
        held = [truth[int(i)] for i in np.flatnonzero(inside[:, j] > 0.5)]
        inner = spotted[j].segment.inner
        offered += len(inner)
        for one, other in pairwise(held):
            borders += 1
            cuts += any(one.end_s - _NEAR_S <= m <= other.start_s + _NEAR_S for m in inner)
    return SpottingScore(
        signs=len(truth),
        segments=len(spotted),
        found=len(found),
        merged=len(merged),
        missed=len(truth) - len(found) - len(merged),
        extra=len(spotted) - len(single) - len(several),
        borders=borders,
        cuts=cuts,
        offered=offered,
        offsets_s=tuple(spotted[j].at_s - truth[i].end_s for i, j in alone),
    )


@dataclass(frozen=True, slots=True)
class NamingScore:
    """`latencies_s`: true end to naming, of the signs in whose own segment they were named rightly;
    what the network takes comes on top."""

    errors: Errors
    latencies_s: tuple[float, ...]

    def __add__(self, other: NamingScore) -> NamingScore:
        return NamingScore(self.errors + other.errors, self.latencies_s + other.latencies_s)


def naming_score(stream: SignStream, spotted: Iterable[Spotted], name: Namer) -> NamingScore:
    """Names every segment and compares with the true signs; a segment without a name counts as no
    sign."""
    named: list[str] = []
    latencies: list[float] = []
    for one in spotted:
        segment = one.segment
        signs = name(stream.recording, segment, stream.left_handed)
        named.extend(signs)
        # By time, not by the alignment: among equal signs it may as well take another one.
        inside = [sign for sign in stream.signs if 2 * _shared_s(segment, sign) > _length_s(sign)]
        for sign, meant in zip(signs, inside, strict=False):
            if sign == meant.gloss:
                latencies.append(one.at_s - meant.end_s)
    errors, _ = align([sign.gloss for sign in stream.signs], named)
    return NamingScore(errors, tuple(latencies))


def _length_s(sign: TrueSign) -> float:
    return sign.end_s - sign.start_s


def _shared_s(segment: Segment, sign: TrueSign) -> float:
    return max(0.0, min(sign.end_s, segment.end_s) - max(sign.start_s, segment.start_s))


def _iou(sign: TrueSign, segment: Segment) -> float:
    shared = _shared_s(segment, sign)
    return shared / max(sign.end_s - sign.start_s + segment.end_s - segment.start_s - shared, 1e-9)


def _covered(sign: TrueSign, segment: Segment) -> float:
    return _shared_s(segment, sign) / max(sign.end_s - sign.start_s, 1e-9)
