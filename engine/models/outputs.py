"""What networks give, in order, for whoever runs them without torch."""

from __future__ import annotations


def output_names(*, fused: bool) -> tuple[str, ...]:
    """What a `SelfLearningFusion` gives; `fused`: with a network that fuses."""
    named = ("video", "sensor_generated", "trace", "video_feature")
    return (*named, "feature") if fused else named
