"""The letters a page needs, inside the page: not every computer has all of Vietnamese."""

from __future__ import annotations

import base64
import io

from fontTools import subset  # type: ignore[import-untyped]

from engine.paths import ASSETS

FONT_FILES = (ASSETS / "fonts" / "NotoSans-Regular.ttf", ASSETS / "fonts" / "NotoSans-Bold.ttf")


def font_faces(text: str) -> str:
    """CSS that brings our font along, cut down to the letters of `text`."""
    wanted = sorted({ord(letter) for letter in text})
    faces = []
    for file, weight in zip(FONT_FILES, (400, 700), strict=True):
        options = subset.Options(
            flavor="woff", hinting=False, layout_features=["ccmp", "mark", "mkmk"]
        )
        buffer = io.BytesIO()
        with subset.load_font(str(file), options) as font:
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=wanted)
            cutter.subset(font)
            subset.save_font(font, buffer, options)
        data = base64.b64encode(buffer.getvalue()).decode()
        faces.append(
            f"@font-face{{font-family:'SignMirror Sans';font-weight:{weight};"
            f"src:url(data:font/woff;base64,{data}) format('woff')}}"
        )
    return "\n".join(faces)
