"""Signs of any language as vectors: one example is enough to know a sign again."""

from engine.recognition.sign_encoder.card import EncoderCard, EncoderError, read_card
from engine.recognition.sign_encoder.encoder import SignEncoder
from engine.recognition.sign_encoder.lexicon import Lexicon, Match
from engine.recognition.sign_encoder.segment import SegmentError, SignSegment, segment_of
from engine.recognition.sign_encoder.verification import Verification, verify

__all__ = [
    "EncoderCard",
    "EncoderError",
    "Lexicon",
    "Match",
    "SegmentError",
    "SignEncoder",
    "SignSegment",
    "Verification",
    "read_card",
    "segment_of",
    "verify",
]
