"""A bundle of the lexicon's words: nothing is trained, each is known by one example."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.atomic_write import written_whole
from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    ClipSpecification,
    FusionSpecification,
    LexiconSigns,
    Networks,
    Rejection,
    Sign,
    TrainingRecord,
    load_bundle,
    sha256,
    write_card,
)
from engine.bundle.lessons import read_lessons
from engine.recognition.sign_encoder import EncoderCard, Lexicon
from training.errors import DataError

LESSONS = "lessons.json"

_PROTOCOL = (
    "one recording a word, of one signer each: how well another signer's sign is named among so"
    " many cannot be measured with it. What was measured is the sign encoder: words recorded twice,"
    " the second recording looked up among all (`looked_up`); and one-shot across signers on other"
    " sets, on the encoder's card"
)


def write_lexicon_bundle(
    out: Path, name: str, language: str, encoder: EncoderCard, lexicon: Lexicon, lessons: Path
) -> Bundle:
    """`language`: ISO 639-3 of the sign language; `lessons`: words by theme, see `Lesson`. Raises
    DataError where the encoder has no lexicon, BundleError for lessons that cannot be read."""
    if encoder.lexicon is None:
        raise DataError("this sign encoder has no lexicon")
    read_lessons(lessons, lexicon.words)
    out.mkdir(parents=True, exist_ok=True)
    if lessons.resolve() != (out / LESSONS).resolve():
        with written_whole(out / LESSONS) as unfinished:
            shutil.copyfile(lessons, unfinished)
    words = len(lexicon)
    sources = [source for source in encoder.training.sources if source.signs >= words]
    card = BundleCard(
        format_version=FORMAT_VERSION,
        name=name,
        title={
            "en": f"Vietnamese signs – {words:,} words",
            "vi": f"Ký hiệu Việt Nam – {words:,} từ".replace(",", ".", 1),
        },
        language=language,
        vocabulary=tuple(Sign(gloss=word) for word in lexicon.words),
        clip=ClipSpecification(view="landmarks", frames=24, span_s=3.0, size=0),
        networks=Networks(lexicon=LexiconSigns(lexicon=encoder.lexicon, lessons=LESSONS)),
        fusion=FusionSpecification(method="late", temperatures={}, weights={}),
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data="; ".join(source.data for source in sources),
            licence="; ".join(source.licence for source in sources),
            protocol=_PROTOCOL,
            train_signers=(),
            validation_signers=(),
            test_signers=(),
            recipe={},
            metrics={
                "words": words,
                "looked_up": encoder.training.metrics.get("looked_up"),
            },
        ),
        files={LESSONS: sha256(out / LESSONS)},
    )
    write_card(out, card)
    return load_bundle(out)
