"""Predictions as JSON lines, for `--headless`."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from engine.glove.glove_state import FingersState, GloveState, WristState
from engine.prediction import Prediction, Trace


def prediction_line(
    prediction: Prediction,
    *,
    fps: float,
    dropped: int,
    with_trace: bool = False,
    hint: str | None = None,
    gloves: Sequence[GloveState] | None = None,
) -> str:
    """One prediction as one line of JSON. `hint`: what would let signs be named better; `gloves`:
    how those are that are worn, where any is."""
    timing = prediction.timing
    line: dict[str, object] = {
        "t_s": round(prediction.t_s, 3),
        "sign": prediction.sign,
        "confidence": round(prediction.confidence, 4),
        "top": [[gloss, round(p, 4)] for gloss, p in prediction.top],
        "streams": {name: [g, round(p, 4)] for name, (g, p) in prediction.streams.items()},
        "trace_kind": prediction.trace_kind,
        "timing_ms": {
            "landmarks": round(timing.landmarks, 2),
            "network": round(timing.network, 2),
            "frame_to_label": round(timing.frame_to_label, 2),
        },
        "fps": round(fps, 2),
        "dropped": dropped,
        "reason": prediction.reason,
    }
    if prediction.alike:
        line["alike"] = [[gloss, round(similarity, 4)] for gloss, similarity in prediction.alike]
    if hint is not None:
        line["hint"] = str(hint)
    if gloves is not None:
        line["glove"] = _glove(gloves)
    if prediction.sign_span_s is not None:
        line["sign_span_s"] = [round(t, 3) for t in prediction.sign_span_s]
    if with_trace:
        line["trace"] = _trace(prediction.trace)
        if prediction.measured is not None:
            line["measured"] = _trace(prediction.measured)
    return json.dumps(line, ensure_ascii=False)


def _glove(gloves: Sequence[GloveState]) -> dict[str, object]:
    """Of all sensors together: the slowest rate, the most that is lost or late; and each wrist."""
    wrists = [wrist for glove in gloves for wrist in glove.wrists]
    fingers = [glove.fingers for glove in gloves if glove.fingers is not None]
    every: list[WristState | FingersState] = [*wrists, *fingers]
    offsets = [wrist.offset_ms for wrist in wrists if wrist.offset_ms is not None]
    return {
        "rate_hz": round(min((w.rate_hz for w in every), default=0.0), 2),
        "loss": round(max((w.loss for w in every), default=0.0), 4),
        "offset_ms": round(offsets[0], 1) if offsets else None,
        "latency_ms": round(max((w.latency_ms for w in every), default=0.0), 2),
        "samples": sum(w.samples for w in every),
        "state": [glove.link.state for glove in gloves],
        "wrists": {
            w.hand: {
                "rate_hz": round(w.rate_hz, 2),
                "loss": round(w.loss, 4),
                "offset_ms": None if w.offset_ms is None else round(w.offset_ms, 1),
                "fresh": w.fresh,
            }
            for w in wrists
        },
    }


def _trace(trace: Trace | None) -> dict[str, object] | None:
    if trace is None:
        return None
    return {
        "rate_hz": round(trace.rate_hz, 4),
        "acc_g": _rows(trace.acc_g),
        "gyro_dps": _rows(trace.gyro_dps),
    }


def _rows(values: np.ndarray) -> list[list[float | None]]:
    """What nothing was measured of is `null`: NaN is no JSON."""
    return [[round(float(v), 4) if np.isfinite(v) else None for v in row] for row in values]


class RunSummary:
    """Counts what a run did; its last line."""

    def __init__(self) -> None:
        self.frames = 0
        self._network_ms: list[float] = []
        self._frame_to_label_ms: list[float] = []

    def add(self, prediction: Prediction) -> None:
        self._network_ms.append(prediction.timing.network)
        self._frame_to_label_ms.append(prediction.timing.frame_to_label)

    def line(self, transcript: list[str], *, fps: float) -> str:
        return json.dumps(
            {
                "summary": {
                    "transcript": transcript,
                    "frames": self.frames,
                    "predictions": len(self._network_ms),
                    "fps": round(fps, 2),
                    "network_ms_p50": _quantile(self._network_ms, 0.5),
                    "frame_to_label_ms_p95": _quantile(self._frame_to_label_ms, 0.95),
                }
            },
            ensure_ascii=False,
        )


def _quantile(values: list[float], q: float) -> float | None:
    return round(float(np.quantile(values, q)), 2) if values else None
