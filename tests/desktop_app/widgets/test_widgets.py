"""Widgets on their own: what they draw and what they remember."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.appearance.theme import DARK, LIGHT, Theme, apply_theme
from desktop_app.live.sign_card import SignCard
from desktop_app.live.top_bars import TopBars
from desktop_app.live.transcript.transcript_view import TranscriptView
from desktop_app.settings import Settings
from desktop_app.widgets.mirror_view import MirrorView
from engine.frame import Frame, Landmarks
from engine.segmentation.transcript import TranscriptEntry
from tests.conftest import ROOT

TRANSLATIONS = ROOT / "desktop_app" / "translations"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_can_be_read(theme: Theme) -> None:
    pairs = [
        (theme.text, theme.window),
        (theme.text, theme.card),
        (theme.quiet, theme.window),
        (theme.quiet, theme.card),
        (theme.accent_text, theme.accent),
        (theme.warning_text, theme.warning),
        (theme.x_axis, theme.card),
        (theme.y_axis, theme.card),
        (theme.z_axis, theme.card),
    ]
    assert min(contrast(a, b) for a, b in pairs) >= 4.5


def test_the_picture_is_mirrored_and_whole(qtbot: QtBot) -> None:
    view = MirrorView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, :80] = (0, 0, 255)
    view.show_frame(Frame(image, 0.0, 0), None)
    shown = view.grab().toImage()
    assert QColor(shown.pixel(300, 150)).red() > 200
    assert QColor(shown.pixel(100, 150)).red() < 50
    place = view.picture_rect()
    assert place.width() / place.height() == pytest.approx(160 / 90, rel=0.01)
    assert view.rect().contains(place.toAlignedRect())


def test_the_skeleton_can_be_switched_off(qtbot: QtBot) -> None:
    view = MirrorView()
    qtbot.addWidget(view)
    view.resize(320, 180)
    pose = np.zeros((33, 4), np.float32)
    pose[[11, 12, 13, 14], :2] = [(120, 40), (40, 40), (130, 80), (30, 80)]
    pose[:, 3] = 1.0
    frame = Frame(np.zeros((90, 160, 3), np.uint8), 0.0, 0)

    def brightest() -> int:
        view.show_frame(frame, Landmarks(pose))
        shown = view.grab().toImage()
        # The shoulders' line in mirrored pixels, twice the frame's size.
        return max(QColor(shown.pixel(160, y)).lightness() for y in range(70, 90))

    assert brightest() > 150
    view.overlay = False
    assert brightest() < 60


@pytest.mark.parametrize("shape", [(1, 1, 3), (2160, 3840, 3), (60, 80), (700, 3, 3)])
def test_any_picture_can_be_shown(qtbot: QtBot, shape: tuple[int, ...]) -> None:
    view = MirrorView()
    qtbot.addWidget(view)
    view.resize(320, 180)
    view.show_frame(Frame(np.zeros(shape, np.uint8), 0.0, 0), None)
    assert not view.grab().isNull()


def test_the_layout_does_not_move_with_the_sign(qtbot: QtBot) -> None:
    card, bars = SignCard(), TopBars()
    for widget in (card, bars):
        qtbot.addWidget(widget)
        widget.resize(300, widget.height())
    heights = (card.height(), bars.height())
    long = "nghiêng mình chào người lớn tuổi"
    card.show_sign(long, 0.5, "")
    bars.show_rows([(long, 0.9), ("cat", 0.05)])
    assert not card.grab().isNull()
    assert not bars.grab().isNull()
    card.show_sign(None, 0.0, "no sign")
    bars.show_rows([])
    assert (card.height(), bars.height()) == heights
    assert card.accessibleDescription() == "no sign"


def test_the_transcript_grows_and_can_be_copied(qtbot: QtBot) -> None:
    view = TranscriptView()
    qtbot.addWidget(view)
    entries = (TranscriptEntry("father", 1.0, 0.9), TranscriptEntry("cat", 4.0, 0.9))
    texts = {"father": "bố", "cat": "mèo"}

    def row(entry: TranscriptEntry) -> tuple[str, str]:
        return texts[entry.sign], f"{entry.t_s:.0f}"

    view.show_entries(entries[:1], row)
    first = view.item(0)
    view.show_entries(entries, row)
    assert view.item(0) is first
    view.copy(chosen=False)
    assert QApplication.clipboard().text() == "bố mèo"
    view.show_entries((), row)
    assert view.count() == 0


def test_settings_survive_nonsense(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(b"[General]\noverlay=perhaps\ntheme=\xff\xfe\ngeometry=@Invalid()\n")
    settings = Settings(file)
    assert settings.flag("overlay", True)
    assert settings.choice("theme", ("system", "dark")) == "system"
    assert settings.bytes("geometry") is None


def test_both_themes_apply(application: QApplication) -> None:
    for theme in (DARK, LIGHT):
        apply_theme(application, theme)
        assert application.palette().window().color().name() == theme.window


def test_every_text_is_translated() -> None:
    tree = ElementTree.parse(TRANSLATIONS / "signmirror_vi.ts")
    texts = {}
    for message in tree.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, message.findtext("source")
        texts[message.findtext("source")] = translation.text
        assert translation.text
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "desktop_app").rglob("*.py"))
    used = set(re.findall(r'self\.tr\(\s*"([^"]+)"\s*\)', sources))
    assert used
    assert used <= set(texts)
    for source, text in texts.items():
        assert source.count("%1") == text.count("%1")


def test_the_compiled_translation_is_the_texts(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    subprocess.run(
        [tool, TRANSLATIONS / "signmirror_vi.ts", "-qm", fresh], check=True, capture_output=True
    )
    assert fresh.read_bytes() == (TRANSLATIONS / "signmirror_vi.qm").read_bytes()
