"""The settings of a training run: sizes, epochs, learning rates."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Recipe(BaseModel):
    """Settings of one training run, stored beside its checkpoints; a resumed run must have the
    same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = 0
    frame_size: int = Field(default=32, ge=16, description="side of the pose view, pixels")
    frames: int = Field(default=24, ge=8)
    span_s: float = Field(default=3.0, gt=0.2)
    n_steps: int = Field(default=48, ge=1)
    width: float = Field(default=0.5, gt=0, description="channel multiplier of both I3Ds")
    batch_size: int = Field(default=32, ge=1)
    no_sign_share: float = 0.08
    label_smoothing: float = 0.1
    ema_decay: float = 0.995
    weight_decay: float = 0.02
    dropout: float = Field(default=0.4, ge=0, lt=1, description="video; the generator has half")

    patience: int = Field(
        default=0, ge=0, description="stop after so many epochs without a better validation; 0: run"
    )

    sensor_epochs: int = Field(default=24, ge=1)
    sensor_rate: float = 2e-3
    measured_epochs: int = Field(
        default=16, ge=1, description="of the encoder for what gloves measure"
    )
    wrist_dropout: float = Field(
        default=0.5, ge=0, le=1, description="its clips of which one wrist is taken away"
    )
    finger_epochs: int = Field(default=16, ge=1, description="of gloves that tell fingers' angles")
    finger_no_sign_share: float = Field(default=0.2, ge=0, lt=1)
    video_epochs: int = Field(default=16, ge=1)
    video_rate: float = 2.5e-3
    swin_rate: float = 5e-4
    generator_cycles: int = Field(
        default=2, ge=1, description="one sensor epoch, then four generator epochs"
    )
    generator_rate: float = 1.2e-3
    generator_epochs_per_cycle: int = Field(default=4, ge=1)
    trace_weight: float = 250.0
    landmark_width: float = Field(default=0.25, gt=0, description="1: the paper's channels")
    landmark_epochs: int = Field(default=16, ge=1)
    landmark_rate: float = 4e-3
    landmark_dropout: float = Field(default=0.2, ge=0, lt=1)
    landmark_no_sign_share: float = Field(default=0.12, ge=0, lt=1)
    landmark_mirrored: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="share of clips signed with the other hand; 0.5 where"
        " nobody is known to be left-handed",
    )
    flow: Literal["dis", "tvl1"] = "dis"
    fusion: Literal["calibrated", "late", "feature"] = "calibrated"
    precision: Literal["fp32", "bf16"] = "fp32"


RECIPES: dict[str, Recipe] = {
    "laptop": Recipe(),
    "full": Recipe(
        frame_size=64,
        width=1.0,
        batch_size=64,
        sensor_epochs=60,
        measured_epochs=60,
        video_epochs=60,
        video_rate=1e-3,
        generator_cycles=10,
        generator_rate=1e-3,
        ema_decay=0.998,
        landmark_width=1.0,
        landmark_epochs=60,
        landmark_rate=2e-3,
        precision="bf16",
    ),
    "smoke": Recipe(
        frame_size=16,
        width=0.125,
        sensor_epochs=1,
        measured_epochs=1,
        finger_epochs=1,
        video_epochs=1,
        generator_cycles=1,
        generator_epochs_per_cycle=1,
        landmark_width=0.0625,
        landmark_epochs=1,
    ),
}
"""`laptop` trains on two CPU cores in about two hours; `full` wants a GPU; `smoke` is for tests."""
