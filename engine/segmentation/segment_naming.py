"""Names for what the spotter found: one sign, or several that were signed without a rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from engine.prediction import Prediction
from engine.segmentation.sign_segmenter import Segment

Answer = Callable[[float, float], Prediction]
"""What is signed from one second to another, of the source's time."""

MARGIN_S = 0.25
"""Rest that is shown around a sign when it is named: signs were learnt with rest around them."""

SURE = 0.8
"""A segment named as surely as this is one sign."""

LONGEST_SIGN_S = 4.0
_SHORTEST_PART_S = 0.5
_CUT_COSTS = 0.25
"""A cut must make this much more certain, in certainty times seconds, or it is not made: many
signs slow down or turn in their middle."""
_MOST_CUTS = 10


def spans_of(segment: Segment, probe: Answer | None) -> tuple[tuple[float, float], ...]:
    """From where to where each sign in a segment was made. `probe`, which should be quick: answers
    by which it is decided whether to cut; without it, a segment is one sign.

    The parts are those whose accepted answers are most certain, each weighed by its length; what
    lies between them is no sign.
    """
    whole = ((segment.start_s, segment.end_s),)
    if probe is None or not segment.inner:
        return whole
    sure = probe(segment.start_s - MARGIN_S, segment.end_s + MARGIN_S)
    length = segment.end_s - segment.start_s
    if sure.sign is not None and sure.confidence >= SURE and length <= LONGEST_SIGN_S:
        return whole
    borders = (segment.start_s, *segment.inner[:_MOST_CUTS], segment.end_s)
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,))]
    gains: dict[tuple[int, int], float] = {}
    for end in range(1, len(borders)):
        ways = []
        for start in range(end):
            worth, cuts = best[start]
            part = borders[end] - borders[start]
            gain = 0.0
            if _SHORTEST_PART_S <= part <= LONGEST_SIGN_S:
                answer = probe(
                    borders[start] - (MARGIN_S if start == 0 else 0.0),
                    borders[end] + (MARGIN_S if end == len(borders) - 1 else 0.0),
                )
                gain = part * answer.confidence if answer.sign is not None else 0.0
            gains[start, end] = gain
            ways.append((worth + gain - (_CUT_COSTS if start else 0.0), (*cuts, end)))
        best.append(max(ways))
    worth, cuts = best[-1]
    alone = length * sure.confidence if sure.sign is not None else 0.0
    if worth <= alone:
        return whole
    parts = [(a, b) for a, b in pairwise(cuts) if gains[a, b] > 0.0]
    return tuple((borders[a], borders[b]) for a, b in parts)


def name_segment(segment: Segment, answer: Answer, probe: Answer | None) -> tuple[Prediction, ...]:
    """One prediction a part, in order; `answer` gives each its full hearing."""
    spans = spans_of(segment, probe)
    named = []
    for start, end in spans:
        # Between two signs there is no rest to show.
        before = MARGIN_S if start == segment.start_s else 0.0
        after = MARGIN_S if end == segment.end_s else 0.0
        named.append(answer(start - before, end + after).over(start, end))
    return tuple(named)
