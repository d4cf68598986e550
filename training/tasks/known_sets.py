"""What people read for a set and for its glosses, by UI language; where a set comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.bundle import Sign

_ASL20_VIETNAMESE = {
    "about": "về",
    "and": "và",
    "can": "có thể",
    "cat": "con mèo",
    "cop": "cảnh sát",
    "cost": "giá tiền",
    "day": "ngày",
    "deaf": "người điếc",
    "decide": "quyết định",
    "father": "bố",
    "find": "tìm thấy",
    "go out": "đi ra ngoài",
    "gold": "vàng",
    "good night": "chúc ngủ ngon",
    "hearing": "người nghe",
    "here": "ở đây",
    "hospital": "bệnh viện",
    "hurt": "đau",
    "if": "nếu",
    "large": "to lớn",
}
_ARSL10_VIETNAMESE = {
    "hi": "xin chào",
    "please": "làm ơn",
    "what": "cái gì",
    "Arabic": "tiếng Ả Rập",
    "university": "trường đại học",
    "you": "bạn",
    "eat": "ăn",
    "sleep": "ngủ",
    "go": "đi",
    "UAE": "UAE (Các Tiểu vương quốc Ả Rập Thống nhất)",
}
_KSL13_VIETNAMESE = {
    "Let's go": "đi thôi",
    "bad": "xấu",
    "do it": "làm đi",
    "don't": "đừng",
    "follow me": "theo tôi",
    "glad": "vui mừng",
    "good": "tốt",
    "hate": "ghét",
    "i'm fine": "tôi ổn",
    "no": "không",
    "sorry": "xin lỗi",
    "tired": "mệt",
    "yes": "vâng",
}
_LETTERS_ENGLISH = {
    "BỐ": "father",
    "GIÀ": "old",
    "HOA": "flower",
    "MẸ": "mother",
    "NGON": "delicious",
    "NÚI": "mountain",
    "ĐIỆN THOẠI": "telephone",
}
"""The others are letters."""
_VIETNAMESE = {"asl20": _ASL20_VIETNAMESE, "arsl10": _ARSL10_VIETNAMESE, "ksl13": _KSL13_VIETNAMESE}


def signs_of(dataset: str, glosses: Iterable[str]) -> tuple[Sign, ...]:
    """Signs in the order given; a gloss without a translation is shown as it is."""
    if dataset == "glove-letters":
        return tuple(
            Sign(
                gloss=gloss,
                display={"en": _LETTERS_ENGLISH.get(gloss, gloss.lower()), "vi": gloss.lower()},
            )
            for gloss in glosses
        )
    known = _VIETNAMESE.get(dataset, {})
    return tuple(
        Sign(gloss=gloss, display={"en": gloss, "vi": known.get(gloss, gloss)}) for gloss in glosses
    )


@dataclass(frozen=True, slots=True)
class KnownSet:
    """`language`: ISO 639-3; 'mis' for one that has no code of its own."""

    title: dict[str, str]
    language: str
    data: str
    licence: str


SETS = {
    "asl20": KnownSet(
        {"en": "American signs – 20 words", "vi": "Ký hiệu Mỹ – 20 từ"},
        "ase",
        "asl20: course project recordings of Arizona State University CSE 572 (Kinect v2 and two"
        " Myo armbands), from a public repository",
        "no licence stated for the recordings: for research and evaluation",
    ),
    "arsl10": KnownSet(
        {"en": "Arabic signs – 10 words", "vi": "Ký hiệu Ả Rập – 10 từ"},
        "mis",
        "arsl10: the MLR511 Arabic sign set (RealSense D415, one room, signers with black masks),"
        " from a public repository",
        "no licence stated for the recordings: for research and evaluation",
    ),
    "autsl": KnownSet(
        {"en": "Turkish signs – 226 words", "vi": "Ký hiệu Thổ Nhĩ Kỳ – 226 từ"},
        "tsm",
        "AUTSL: 226 Turkish signs of 43 signers before 20 backgrounds (Kinect v2 colour film)",
        "AUTSL: research use only, as its licence agreement says; cite Sincan & Keles 2020",
    ),
    "vsl": KnownSet(
        {"en": "Vietnamese signs – 1,000 words", "vi": "Ký hiệu Việt Nam – 1.000 từ"},
        # Vietnam has several sign languages, and nothing in the set says which one this is.
        "mis",
        "vsl: about 1,000 Vietnamese signs in colour film, with the list of their glosses",
        "no licence stated for the recordings: for research and evaluation",
    ),
    "ksl13": KnownSet(
        {"en": "Korean signs – 13 words", "vi": "Ký hiệu Hàn Quốc – 13 từ"},
        "kvk",
        "ksl13: 13 Korean signs as MediaPipe Holistic landmarks, five recording sessions, from a"
        " public repository",
        "Apache-2.0",
    ),
    "glove-letters": KnownSet(
        {
            "en": "Vietnamese letters by glove – 36 signs",
            "vi": "Chữ cái tiếng Việt bằng găng tay – 36 ký hiệu",
        },
        "mis",
        "glove-letters: 29 letters and 7 words by a glove with six MPU-6050 (angles of five fingers"
        " and the wrist), recorded by two people who are not told apart, from a public repository;"
        " figures are for these two and say nothing of other people",
        "no licence stated for the recordings: for research and evaluation",
    ),
    "folder": KnownSet(
        {"en": "Own signs", "vi": "Ký hiệu riêng"},
        "mis",
        "own recordings in a plain folder",
        "as its owner says",
    ),
}
