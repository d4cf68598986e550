"""Where the sets come from that the sign encoder learns from, and on what terms."""

from __future__ import annotations

from engine.recognition.sign_encoder.card import Source
from training.tasks.known_sets import SETS

_LEXICON = (
    "vsl-lexicon: landmarks of a dictionary of Vietnamese signs, one recording a word, from a"
    " public repository, after the QIPEDC dictionary of Viet Nam's Ministry of Education"
)
_LETTERS = (
    "fingerspelling: letters of 20 sign languages as landmarks, from the package spoken-to-signed"
)
_ARCHIVES = {
    "vsl-lexicon": (
        _LEXICON,
        "no licence stated: for research and evaluation",
    ),
    "fingerspelling": (
        _LETTERS,
        "MIT; the rights in the films behind it are not stated",
    ),
    "asl-app100": (
        "asl-app100: 100 American signs of one signer as landmarks, from a public repository",
        "MIT",
    ),
}

AS_CLASSES = "each sign told from every other"
AS_SCATTER = "what different signers make of one sign"


def source_of(dataset: str, signs: int, *, several_signers: bool) -> Source:
    """As it stands on the encoder's card; of a set that is not known, its owner has to say it."""
    if dataset in _ARCHIVES:
        data, licence = _ARCHIVES[dataset]
    else:
        known = SETS.get(dataset, SETS["folder"])
        data, licence = known.data, known.licence
    use = AS_SCATTER if several_signers else AS_CLASSES
    return Source(name=dataset, data=data, licence=licence, signs=signs, use=use)
