"""What a bundle's card says: vocabulary, clips, sensor, fusion, and where the weights come from."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from engine.bundle.networks import (
    CardPart,
    Digest,
    FileName,
    LessonsName,
    Networks,
    OpenVinoName,
)
from engine.landmarks.skeletons import SKELETONS

FORMAT_VERSION = 6
"""2: a landmark stream, and bundles that have nothing else. 3: a quantised network beside the exact
ones. 4: the landmark network as OpenVINO reads it, beside torch's; weights in float16 or int8. 5: a
network of its own for what gloves measure, one wrist alone, and bundles of a glove alone. 6: signs
as the sign encoder has them, a stream of joints by it, and bundles of the lexicon's words. Older
formats are read too."""

View = Literal["pose", "rgb", "landmarks", "sensor"]
"""`sensor`: nothing is looked at."""
Row = tuple[Literal[-1, 0, 1], Literal[-1, 0, 1], Literal[-1, 0, 1]]
SignedAxes = tuple[Row, Row, Row]
"""Row by row: which of three axes stands there, and with which sign."""


class Sign(CardPart):
    """`gloss` is the name in the data; `display` the text shown, by UI language ('en', 'vi'). On a
    card, a sign that is shown as its gloss in every language is a string."""

    gloss: str = Field(min_length=1)
    display: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, given: object) -> object:
        return {"gloss": given} if isinstance(given, str) else given

    @model_serializer(mode="wrap")
    def _as_text(self, whole: SerializerFunctionWrapHandler) -> str | dict[str, Any]:
        return whole(self) if self.display else self.gloss

    def text(self, language: str) -> str:
        return self.display.get(language) or self.display.get("en") or self.gloss


class ClipSpecification(CardPart):
    """What a clip is: `frames` evenly over `span_s` seconds, drawn or cropped to `size` pixels; 0
    where nothing is drawn, in a bundle of landmarks or of a glove alone."""

    view: View
    frames: int = Field(ge=8, le=256)
    span_s: float = Field(gt=0.2, le=30)
    size: int = Field(ge=0, le=512)
    skeleton: str = "upper_body"

    @model_validator(mode="after")
    def _fits(self) -> ClipSpecification:
        if self.skeleton not in SKELETONS:
            raise ValueError(f"skeleton '{self.skeleton}' is not known")
        if (self.view in ("landmarks", "sensor")) != (self.size == 0) or 0 < self.size < 16:
            raise ValueError("a picture has at least 16 pixels a side, other views have 0")
        return self


class SensorSpecification(CardPart):
    """Accelerometer and gyroscope of both wrists: left acc, right acc, left gyro, right gyro, x y
    z; of one, where `wrists` names one. Or, where `angles` says how many, angles of fingers, as
    `encode_angles` gives them.

    `mean`, `std` are per channel, in g and degrees per second, from the training split.
    `gyro_axes`: from true rates about the wrist's axes to what stands in the gyroscope's channels
    of the training data, where its source has them otherwise.
    """

    n_steps: int = Field(ge=8, le=4096)
    mean: tuple[float, ...]
    std: tuple[float, ...]
    gyro_axes: SignedAxes = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    wrists: tuple[Literal["left", "right"], ...] = ("left", "right")
    angles: int = Field(default=0, ge=0, le=64)

    @property
    def rows(self) -> list[int]:
        """Where its channels stand among the twelve of both wrists."""
        firsts = {"left": (0, 6), "right": (3, 9)}
        starts = [firsts[wrist][part] for part in (0, 1) for wrist in self.wrists]
        return [start + axis for start in starts for axis in range(3)]

    @property
    def channels(self) -> int:
        return 2 * self.angles if self.angles else 6 * len(self.wrists)

    @model_validator(mode="after")
    def _fits(self) -> SensorSpecification:
        if self.wrists not in (("left", "right"), ("left",), ("right",)):
            raise ValueError("wrists are left and right, or one of them")
        if len(self.mean) != self.channels or len(self.std) != self.channels:
            raise ValueError(f"sensor statistics must be of {self.channels} channels")
        if min(self.std) <= 0:
            raise ValueError("deviations must be positive")
        along = [
            sorted(map(abs, line)) for line in (*self.gyro_axes, *zip(*self.gyro_axes, strict=True))
        ]
        if any(line != [0, 0, 1] for line in along):
            raise ValueError("gyro_axes must be the three axes, each once, with a sign")
        return self


class FusionSpecification(CardPart):
    """`late` and `calibrated` are weighted sums of softmaxes; keys: `video`, `sensor_generated`,
    `sensor_measured`, `sensor_mixed` (one wrist measured, the other generated), `landmarks`,
    `joints`.
    `feature` is a network on video and sensor features; its keys are `feature` and, beside it,
    `landmarks`."""

    method: Literal["late", "calibrated", "feature"]
    temperatures: dict[str, float]
    weights: dict[str, float]


class Rejection(CardPart):
    """Below `threshold`, or when the 'no sign' class wins, the answer is 'no sign'; and so it is
    when the landmarks' energy (the log of the sum of the exponentials of the signs' logits: Liu et
    al., 'Energy-based Out-of-distribution Detection', 2020) is below `energy`. Where a stream of
    joints has a say, all that counts is that its greatest logit of a sign reaches `closeness`."""

    threshold: float = Field(ge=0, le=1)
    energy: float | None = None
    closeness: float | None = None


class TrainingRecord(CardPart):
    """Where the weights come from, and how good they are on signers never seen."""

    data: str
    licence: str
    protocol: str
    train_signers: tuple[str, ...]
    validation_signers: tuple[str, ...]
    test_signers: tuple[str, ...]
    recipe: dict[str, object]
    metrics: dict[str, object]


class BundleCard(CardPart):
    format_version: int
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: dict[str, str]
    language: str = Field(pattern=r"^[a-z]{3}$", description="ISO 639-3 sign language")
    vocabulary: tuple[Sign, ...] = Field(min_length=2)
    clip: ClipSpecification
    sensor: SensorSpecification | None = None
    networks: Networks
    fusion: FusionSpecification
    rejection: Rejection
    training: TrainingRecord
    files: dict[FileName | OpenVinoName | LessonsName, Digest]

    @model_validator(mode="after")
    def _consistent(self) -> BundleCard:
        glosses = [sign.gloss for sign in self.vocabulary]
        if len(set(glosses)) != len(glosses):
            raise ValueError("a gloss stands twice in the vocabulary")
        if (self.fusion.method == "feature") != (self.networks.fusion is not None):
            raise ValueError("a fusion network belongs to the method 'feature', and to no other")
        if (self.networks.sensor is not None) != (self.sensor is not None):
            raise ValueError("a sensor and its network belong together")
        looks = self.clip.view in ("pose", "rgb")
        alone = self.networks.sensor is not None and not looks
        if (self.networks.video is not None) != looks or alone != (self.clip.view == "sensor"):
            raise ValueError("a view of pictures, their networks and the sensor belong together")
        if self.sensor is not None and self.sensor.angles and not alone:
            raise ValueError("angles of fingers stand alone: no network imagines them")
        for name in self.networks.files:
            if name not in self.files:
                raise ValueError(f"no SHA-256 for {name}")
        return self

    @property
    def glosses(self) -> tuple[str, ...]:
        return tuple(sign.gloss for sign in self.vocabulary)

    @property
    def classes(self) -> int:
        """The signs and, last, 'no sign'."""
        return len(self.vocabulary) + 1

    @property
    def needs_camera(self) -> bool:
        """False where all that is known comes from a glove."""
        return self.clip.view != "sensor"

    @property
    def needs_fingers(self) -> bool:
        """Whether fingers are looked at, which cost as much again as the whole body does: where
        they are known by their landmarks, and where signs can be taught."""
        landmarks = self.networks.landmarks
        if landmarks is not None:
            return SKELETONS[landmarks.skeleton].has_fingers
        return self.clip.view in ("rgb", "landmarks")

    @property
    def teachable(self) -> bool:
        """Whether signs can be taught beside its own: by what the fingers do."""
        return self.needs_fingers

    @property
    def rate_hz(self) -> float:
        """Rate of the traces; 0 where there are none."""
        return (self.sensor.n_steps - 1) / self.clip.span_s if self.sensor else 0.0
