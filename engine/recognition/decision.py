"""What the streams say of one span of time, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

import numpy as np

from engine.arrays import Array, Floats, softmax
from engine.bundle import BundleCard, FusionSpecification
from engine.prediction import Prediction, Timing, Trace, TraceKind
from engine.recognition.late_fusion import late_fusion

_TOP = 5
_STREAM_NAMES = {
    "video": "video",
    "sensor_generated": "sensor",
    "sensor_measured": "sensor",
    "sensor_mixed": "sensor",
    "landmarks": "landmarks",
    "joints": "joints",
}
_TAUGHT_FROM = 0.5
"""A taught sign is named when it is more likely than everything else together."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence(Generic[Array]):
    """`logits`: stream key to `(B, classes)`, only streams that saw something; `trace`
    `(12, n_steps)` in g and deg/s, as generated; `measured`: the same as gloves told, NaN for a
    wrist without one; `trace_kind`: which of them the sensor's logits are of. Of one clip: `energy`
    of the landmarks, `closeness` of the joints to any sign, `taught`: how likely each sign known by
    example is, the rest being the bundle's own; `alike`: signs and how like them this is, best
    first, where they are only to be listed."""

    logits: Mapping[str, Array]
    trace: Floats | None = None
    measured: Floats | None = None
    trace_kind: TraceKind = "generated"
    energy: float | None = None
    closeness: float | None = None
    taught: Mapping[str, float] = field(default_factory=dict)
    alike: tuple[tuple[str, float], ...] = ()

    def fused(self, fusion: FusionSpecification) -> Array:
        """`(B, classes)` probabilities. Raises ValueError when no stream saw anything."""
        return late_fusion(self.logits, fusion.temperatures, fusion.weights)


def likely_signs(card: BundleCard, evidence: Evidence[Any]) -> dict[str, float] | None:
    """How likely each of the vocabulary's signs is by the streams of one clip; None where none of
    those that count saw anything."""
    if not any(card.fusion.weights.get(key, 0.0) > 0 for key in evidence.logits):
        return None
    values = evidence.fused(card.fusion)[0].tolist()
    return dict(zip(card.glosses, values, strict=False))


def decide(card: BundleCard, evidence: Evidence[Any], t_s: float, timing: Timing) -> Prediction:
    """The prediction that one clip's evidence amounts to: a sign, or 'no sign'."""
    trace, measured = (_trace_of(part, card) for part in (evidence.trace, evidence.measured))
    kind = evidence.trace_kind
    likely = likely_signs(card, evidence)
    if likely is None and not evidence.taught:
        return Prediction(
            t_s, None, 0.0, (), {}, kind, timing, trace, measured, alike=evidence.alike
        )
    own = 1.0 - sum(evidence.taught.values())
    words = {gloss: own * share for gloss, share in (likely or {}).items()}
    nothing = own - sum(words.values())
    for gloss, share in evidence.taught.items():
        # A sign of the bundle that was taught too has two ways to be made.
        words[gloss] = words.get(gloss, 0.0) + share
    top = tuple(sorted(words.items(), key=lambda pair: -pair[1])[:_TOP])
    sign, confidence = top[0]
    if 2 * evidence.taught.get(sign, 0.0) >= confidence:
        accepted = confidence >= _TAUGHT_FROM
    else:
        accepted = _is_own(card, evidence, confidence, nothing)
    return Prediction(
        t_s=t_s,
        sign=sign if accepted else None,
        confidence=confidence,
        top=top,
        streams=_best_of_each(card, evidence.logits),
        trace_kind=kind,
        timing=timing,
        trace=trace,
        measured=measured,
        alike=evidence.alike,
    )


def _is_own(card: BundleCard, evidence: Evidence[Any], confidence: float, nothing: float) -> bool:
    """Whether the likeliest of the vocabulary's signs is one at all; `nothing`: how likely it is
    that there is none."""
    least, closest = card.rejection.energy, card.rejection.closeness
    if closest is not None and evidence.closeness is not None:
        # Where joints have a say, it is theirs alone: that is what was measured.
        return evidence.closeness >= closest
    if confidence < card.rejection.threshold or confidence <= nothing:
        return False
    return least is None or evidence.energy is None or evidence.energy >= least


def _best_of_each(card: BundleCard, logits: Mapping[str, Array]) -> dict[str, tuple[str, float]]:
    streams = {}
    for key, row in logits.items():
        if key not in _STREAM_NAMES:
            continue
        stream = softmax(row[0] / card.fusion.temperatures.get(key, 1.0))
        i = int(stream[: len(card.vocabulary)].argmax())
        streams[_STREAM_NAMES[key]] = (card.glosses[i], float(stream[i]))
    return streams


def _trace_of(samples: Floats | None, card: BundleCard) -> Trace | None:
    """`(channels, n_steps)` as of both wrists; one that the bundle does not know is NaN."""
    if samples is None or card.sensor is None:
        return None
    whole = np.full((12, samples.shape[1]), np.nan, np.float32)
    whole[card.sensor.rows] = samples
    return Trace(card.rate_hz, whole[:6], whole[6:])
