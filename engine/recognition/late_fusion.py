"""Putting the streams' evidence together."""

from __future__ import annotations

from collections.abc import Mapping

from engine.arrays import Array, array_namespace, softmax


def late_fusion(
    logits: Mapping[str, Array],
    temperatures: Mapping[str, float] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Array:
    """Weighted mean of softmaxes: `{stream: (B, classes)}` to probabilities `(B, classes)`.

    With temperatures 1 and equal weights this is the published sum of softmaxes (divided by their
    number, which changes no label). A stream that is absent, or whose row is NaN (it saw nothing of
    that clip), is left out, not zeroed, and the other weights are scaled up; of a clip that no
    stream saw, all classes are alike. Raises ValueError when no stream with a weight is left.
    """
    total: Array | None = None
    fused: Array | None = None
    for stream, values in logits.items():
        weight = 1.0 if weights is None else weights.get(stream, 0.0)
        if weight <= 0.0:
            continue
        temperature = 1.0 if temperatures is None else temperatures.get(stream, 1.0)
        xp = array_namespace(values)
        unseen = xp.isnan(values)
        saw = ~xp.any(unseen, axis=1, keepdims=True)
        share = weight * xp.astype(saw, values.dtype)
        known = xp.where(unseen, xp.zeros_like(values), values)
        part = share * softmax(known / temperature, axis=1)
        fused, total = (
            (part, share) if fused is None or total is None else (fused + part, total + share)
        )
    if fused is None or total is None:
        raise ValueError("no stream to fuse")
    xp = array_namespace(fused)
    alike = xp.full_like(fused, 1 / fused.shape[1])
    return xp.where(total > 0, fused / xp.where(total > 0, total, xp.ones_like(total)), alike)
