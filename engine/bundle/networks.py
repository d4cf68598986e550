"""The networks of a bundle: their files, and how they lie in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.landmarks.skeletons import SKELETONS

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.safetensors$")]
OpenVinoName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.(xml|bin)$")]
LessonsName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.json$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CardPart(BaseModel):
    """A part of a card: nothing unknown in it, and nothing is changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkFile(CardPart):
    """`storage`: how the weights lie in the file (`engine.models.stored_weights`). However they are
    stored, they are computed with in float32."""

    file: FileName
    storage: Literal["float32", "float16", "int8"] = "float32"
    width: float = Field(default=1.0, gt=0, le=4)


class OpenVinoFiles(CardPart):
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


class KnownSignsFile(CardPart):
    """What the sign encoder makes of the bundle's own signs, for taught ones to stand beside:
    `vectors` `(n, D)` int8 and `signs` `(n,)`, the number of each one's sign. `encoder`: SHA-256 of
    the encoder's weights; another one's vectors cannot be compared with these."""

    file: FileName
    encoder: Digest


class JointsFile(CardPart):
    """A stream by the sign encoder's vectors: `centres` `(m, D)` int8, and `weights`
    `(m, classes)`. `sharpness`: how fast a centre counts less with the distance. `encoder`: SHA-256
    of the encoder's weights; with another one the stream says nothing."""

    file: FileName
    encoder: Digest
    sharpness: float = Field(gt=0, le=100)


class LexiconSigns(CardPart):
    """The bundle's signs are words of the lexicon that lies beside the sign encoder, one example of
    each. `lexicon`: SHA-256 of its vectors. `lessons`: the file that sorts them by theme."""

    lexicon: Digest
    lessons: LessonsName


class QuantisedNetwork(OpenVinoFiles):
    """All that looks at pictures in int8, as OpenVINO reads it. Measured against fp32 on signers
    never seen: `relative_error` of the class logits, and by how much `top1_change` the fused
    accuracy differs; calibrated on `clips` clips of training signers. `storage`: how what is not in
    int8 lies in the file."""

    storage: Literal["float32", "float16"] = "float32"
    clips: int = Field(ge=1)
    relative_error: float = Field(ge=0)
    top1_change: float = Field(ge=-1, le=1)


class Networks(CardPart):
    """`video`, `generator` and `sensor` come together, or `sensor` alone, or none of them; with
    none at all, the signs are words of the `lexicon`.

    `measured`: what takes the place of `sensor` for samples that a glove measured, where that was
    trained for one wrist as well as for two; `fusion`: only where they are fused by a network;
    `landmarks`: where there is a landmark stream; `quantised`: the film's networks again, quicker
    and a little less exact; `known`: the signs as the sign encoder has them; `joints`: where
    there is a stream by what it makes of a sign."""

    video: NetworkFile | None = None
    generator: NetworkFile | None = None
    sensor: NetworkFile | None = None
    measured: NetworkFile | None = None
    fusion: NetworkFile | None = None
    landmarks: LandmarkNetworkFile | None = None
    quantised: QuantisedNetwork | None = None
    known: KnownSignsFile | None = None
    joints: JointsFile | None = None
    lexicon: LexiconSigns | None = None

    @property
    def files(self) -> tuple[str, ...]:
        given = (self.video, self.generator, self.sensor, self.measured, self.fusion)
        names = [network.file for network in given if network is not None]
        names += self.landmarks.files if self.landmarks else []
        names += [self.quantised.model, self.quantised.weights] if self.quantised else []
        names += [self.known.file] if self.known else []
        names += [self.joints.file] if self.joints else []
        names += [self.lexicon.lessons] if self.lexicon else []
        return tuple(names)

    @model_validator(mode="after")
    def _complete(self) -> Networks:
        given = tuple(part is not None for part in (self.video, self.generator, self.sensor))
        alone = given == (False, False, True) and self.landmarks is None
        seen = not any(given) and (self.landmarks is not None) != (self.lexicon is not None)
        if not (all(given) or alone or seen) or (self.lexicon is not None and any(given)):
            raise ValueError(
                "networks are missing: video, generator and sensor, or landmarks, or sensor alone,"
                " or the lexicon instead of them"
            )
        if self.measured is not None and self.sensor is None:
            raise ValueError("a network for measured samples without a sensor")
        if self.quantised is not None and self.video is None:
            raise ValueError("a quantised network without the exact ones")
        return self
