"""What people read for a gloss, by data set and UI language."""

from __future__ import annotations

from collections.abc import Iterable

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


def asl20_signs(glosses: Iterable[str]) -> tuple[Sign, ...]:
    """Signs in the order given; a word without a translation is shown as it is."""
    return tuple(
        Sign(gloss=gloss, display={"en": gloss, "vi": _ASL20_VIETNAMESE.get(gloss, gloss)})
        for gloss in glosses
    )
