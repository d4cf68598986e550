"""A trained model on disk: a folder with `card.json` and safetensors files, verified on load."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.atomic_write import written_whole
from engine.landmarks.skeletons import SKELETONS
from engine.messages import Message, PlainError
from engine.paths import BUNDLES

FORMAT_VERSION = 5
"""2: a landmark stream, and bundles that have nothing else. 3: a quantised network beside the exact
ones. 4: the landmark network as OpenVINO reads it, beside torch's; weights in float16 or int8. 5: a
network of its own for what gloves measure, one wrist alone, and bundles of a glove alone. Older
formats are read too."""

CARD_NAME = "card.json"

View = Literal["pose", "rgb", "landmarks", "sensor"]
"""`sensor`: nothing is looked at."""
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.safetensors$")]
OpenVinoName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.(xml|bin)$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class BundleError(PlainError):
    """A bundle is missing, altered, too new or not a bundle; one line that names the file."""


class _CardPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sign(_CardPart):
    """`gloss` is the name in the data; `display` the text shown, by UI language ('en', 'vi')."""

    gloss: str = Field(min_length=1)
    display: dict[str, str]

    def text(self, language: str) -> str:
        return self.display.get(language) or self.display.get("en") or self.gloss


class ClipSpecification(_CardPart):
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


class SensorSpecification(_CardPart):
    """Accelerometer and gyroscope of both wrists: left acc, right acc, left gyro, right gyro, x y
    z; of one, where `wrists` names one. Or, where `angles` says how many, angles of fingers, as
    `encode_angles` gives them.

    `mean`, `std` are per channel, in g and degrees per second, from the training split.
    """

    n_steps: int = Field(ge=8, le=4096)
    mean: tuple[float, ...]
    std: tuple[float, ...]
    wrists: tuple[Literal["left", "right"], ...] = ("left", "right")
    angles: int = Field(default=0, ge=0, le=64)

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
        return self


class NetworkFile(_CardPart):
    """`storage`: how the weights lie in the file (`engine.models.stored_weights`). However they are
    stored, they are computed with in float32."""

    file: FileName
    storage: Literal["float32", "float16", "int8"] = "float32"
    width: float = Field(default=1.0, gt=0, le=4)


class OpenVinoFiles(_CardPart):
    """A network as OpenVINO reads it: `model` (.xml) and `weights` (.bin, of the same name)."""

    model: OpenVinoName
    weights: OpenVinoName

    @model_validator(mode="after")
    def _belong_together(self) -> OpenVinoFiles:
        if Path(self.model).with_suffix(".bin").name != self.weights:
            raise ValueError("model and weights must have the same name, .xml and .bin")
        return self


class ConvertedNetwork(OpenVinoFiles):
    """The same network as torch's, its weights kept in half precision and computed with in single:
    `relative_error` of the class logits against torch's."""

    relative_error: float = Field(ge=0)


class LandmarkNetworkFile(NetworkFile):
    """`skeleton`: the joints that the graph network looks at. `examples`: a file with what taught
    signs are compared with: `means` `(signs, embedding)`, the mean embedding of each sign in
    training, and `centre` and `scale` `(embedding,)`, mean and deviation of all. `converted`: the
    network, with that comparison, for OpenVINO: it answers at once, and torch need not be loaded.
    """

    skeleton: str
    examples: FileName
    converted: ConvertedNetwork | None = None

    @property
    def files(self) -> tuple[str, ...]:
        made = (self.converted.model, self.converted.weights) if self.converted else ()
        return (self.file, self.examples, *made)

    @model_validator(mode="after")
    def _skeleton_known(self) -> LandmarkNetworkFile:
        if self.skeleton not in SKELETONS:
            raise ValueError(f"skeleton '{self.skeleton}' is not known")
        return self


class QuantisedNetwork(OpenVinoFiles):
    """All that looks at pictures in int8, as OpenVINO reads it. Measured against fp32 on signers
    never seen: `relative_error` of the class logits, and by how much `top1_change` the fused
    accuracy differs; calibrated on `clips` clips of training signers. `storage`: how what is not in
    int8 lies in the file."""

    storage: Literal["float32", "float16"] = "float32"
    clips: int = Field(ge=1)
    relative_error: float = Field(ge=0)
    top1_change: float = Field(ge=-1, le=1)


class Networks(_CardPart):
    """`video`, `generator` and `sensor` come together, or `sensor` alone, or none of them;
    `measured`: what takes the place of `sensor` for samples that a glove measured, where that was
    trained for one wrist as well as for two; `fusion`: only where they are fused by a network;
    `landmarks`: where there is a landmark stream; `quantised`: the film's networks again, quicker
    and a little less exact."""

    video: NetworkFile | None = None
    generator: NetworkFile | None = None
    sensor: NetworkFile | None = None
    measured: NetworkFile | None = None
    fusion: NetworkFile | None = None
    landmarks: LandmarkNetworkFile | None = None
    quantised: QuantisedNetwork | None = None

    @property
    def files(self) -> tuple[str, ...]:
        given = (self.video, self.generator, self.sensor, self.measured, self.fusion)
        names = [network.file for network in given if network is not None]
        names += self.landmarks.files if self.landmarks else []
        names += [self.quantised.model, self.quantised.weights] if self.quantised else []
        return tuple(names)

    @model_validator(mode="after")
    def _complete(self) -> Networks:
        given = tuple(part is not None for part in (self.video, self.generator, self.sensor))
        alone = given == (False, False, True) and self.landmarks is None
        if not (all(given) or alone or (not any(given) and self.landmarks is not None)):
            raise ValueError(
                "networks are missing: video, generator and sensor, or landmarks, or sensor alone"
            )
        if self.measured is not None and self.sensor is None:
            raise ValueError("a network for measured samples without a sensor")
        if self.quantised is not None and self.video is None:
            raise ValueError("a quantised network without the exact ones")
        return self


class FusionSpecification(_CardPart):
    """`late` and `calibrated` are weighted sums of softmaxes; keys: `video`, `sensor_generated`,
    `sensor_measured`, `sensor_mixed` (one wrist measured, the other generated), `landmarks`.
    `feature` is a network on video and sensor features; its keys are `feature` and, beside it,
    `landmarks`."""

    method: Literal["late", "calibrated", "feature"]
    temperatures: dict[str, float]
    weights: dict[str, float]


class Rejection(_CardPart):
    """Below `threshold`, or when the 'no sign' class wins, the answer is 'no sign'; and so it is
    when the landmarks' energy (the log of the sum of the exponentials of the signs' logits: Liu et
    al., 'Energy-based Out-of-distribution Detection', 2020) is below `energy`."""

    threshold: float = Field(ge=0, le=1)
    energy: float | None = None


class TrainingRecord(_CardPart):
    """Where the weights come from, and how good they are on signers never seen."""

    data: str
    licence: str
    protocol: str
    train_signers: tuple[str, ...]
    validation_signers: tuple[str, ...]
    test_signers: tuple[str, ...]
    recipe: dict[str, object]
    metrics: dict[str, object]


class BundleCard(_CardPart):
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
    files: dict[FileName | OpenVinoName, Digest]

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
        """Whether fingers are looked at: they cost as much again as the whole body does."""
        landmarks = self.networks.landmarks
        return landmarks is not None and SKELETONS[landmarks.skeleton].has_fingers

    @property
    def rate_hz(self) -> float:
        """Rate of the traces; 0 where there are none."""
        return (self.sensor.n_steps - 1) / self.clip.span_s if self.sensor else 0.0


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified bundle: its folder and its card."""

    folder: Path
    card: BundleCard

    def file(self, name: str) -> Path:
        return self.folder / name


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """A bundle that can be chosen, not yet verified. `teachable`: it has a landmark stream, so that
    signs can be taught to it. `needs_camera`: False where a glove is all it knows."""

    name: str
    path: Path
    title: dict[str, str]
    teachable: bool = False
    needs_camera: bool = True


def find_bundle(name_or_path: str | Path) -> Path:
    """The folder of a bundle. A bare name, as 'asl20', is the bundle that comes with SignMirror,
    wherever the program was started; a folder that is called the same is given as a path:
    './asl20', 'C:\\bundles\\asl20', or a `Path`. Raises BundleError."""
    if isinstance(name_or_path, str) and _is_bare(name_or_path):
        shipped = BUNDLES / name_or_path
        if shipped.is_dir():
            return shipped
    path = Path(name_or_path)
    if path.name == CARD_NAME and path.is_file():
        return path.parent
    if path.is_dir():
        return path
    known = ", ".join(entry.name for entry in list_bundles()) or Message("bundle.none")
    raise BundleError(Message("bundle.unknown", name=name_or_path, known=known))


def _is_bare(text: str) -> bool:
    """Whether it is a name alone. Asked of the text: a `Path` forgets a leading './'."""
    separators = (os.sep, os.altsep or os.sep)
    return not any(one in text for one in separators) and text not in ("", os.curdir, os.pardir)


def list_bundles(folder: Path | None = None) -> list[BundleEntry]:
    """Bundles in `folder` (default: those that come with SignMirror), by their cards' titles."""
    entries = []
    for card in sorted((folder or BUNDLES).glob(f"*/{CARD_NAME}")):
        try:
            content = json.loads(card.read_text(encoding="utf-8"))
            title = {str(k): str(v) for k, v in content["title"].items()}
            teachable = bool(content["networks"].get("landmarks"))
            camera = content["clip"].get("view") != "sensor"
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            title, teachable, camera = {"en": card.parent.name}, False, True
        entries.append(BundleEntry(card.parent.name, card.parent, title, teachable, camera))
    return entries


def load_bundle(name_or_path: str | Path) -> Bundle:
    """Read and verify a bundle: card, format version, SHA-256 of every file. Raises BundleError."""
    folder = find_bundle(name_or_path)
    card_file = folder / CARD_NAME
    card = _read_card(card_file)
    for name, digest in card.files.items():
        file = folder / name
        try:
            found = sha256(file)
        except OSError as error:
            raise BundleError(Message("bundle.file-missing", file=file)) from error
        if found != digest:
            raise BundleError(Message("bundle.file-altered", file=file))
    return Bundle(folder, card)


def _read_card(file: Path) -> BundleCard:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BundleError(Message("bundle.no-card", file=file)) from error
    except ValueError as error:
        raise BundleError(Message("bundle.card-damaged", file=file)) from error
    version = content.get("format_version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise BundleError(Message("bundle.newer", file=file, version=version, known=FORMAT_VERSION))
    try:
        return BundleCard.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "card"
        reason = f"{where}: {first['msg']}"
        raise BundleError(Message("bundle.card-invalid", file=file, reason=reason)) from error


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_card(folder: Path, card: BundleCard) -> None:
    """Write `card.json`, readable by people: indented, in UTF-8."""
    text = json.dumps(card.model_dump(mode="json"), indent=2, ensure_ascii=False)
    with written_whole(folder / CARD_NAME) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")
