"""Recipes are data: ours are sound, and people's own are read or refused in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.glove.decoding.ble_decoder import BleDecoder
from engine.glove.decoding.framed_decoder import FramedDecoder
from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.recipes.columns import parse_columns
from engine.glove.recipes.recipe import (
    BleProfile,
    FramedRecipe,
    PacketLayout,
    Recipe,
    RecipeError,
    TextRecipe,
    find_recipe,
    load_recipes,
)

OWN = """
kind = "text"
title = "My glove"
columns = ["t:ms", "ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps"]
"""
FRAMED = 'kind = "framed"\ntitle = "x"\nsync = "55"\nlength = 4\n'


@pytest.mark.parametrize("recipe", load_recipes(), ids=lambda recipe: recipe.name)
def test_every_recipe_of_ours_makes_a_decoder(recipe: Recipe) -> None:
    if isinstance(recipe, TextRecipe):
        decoder = TextDecoder(recipe)
        assert decoder.has_format
        decoder.feed(b"nothing of the kind\n", 0.0)
    elif isinstance(recipe, FramedRecipe):
        FramedDecoder(recipe).feed(bytes(100), 0.0)
    else:
        assert len(recipe.characteristics) == len({c.uuid for c in recipe.characteristics})
        BleDecoder(recipe).feed(b"", 0.0)
    assert recipe.source or recipe.name in ("imu-plotter", "vsl-letters-glove")


def test_names_are_unique() -> None:
    names = [recipe.name for recipe in load_recipes()]

    assert len(set(names)) == len(names) >= 27


def test_a_recipe_of_ones_own_is_found_and_stands_before_ours(tmp_path: Path) -> None:
    (tmp_path / "my-glove.toml").write_text(OWN)
    (tmp_path / "myo.toml").write_text(OWN)

    assert find_recipe("my-glove", [tmp_path]).title == "My glove"
    assert isinstance(find_recipe("myo", [tmp_path]), TextRecipe)
    assert isinstance(find_recipe("myo"), BleProfile)
    assert load_recipes([tmp_path])[0].title == "My glove"
    assert len(load_recipes([tmp_path / "not there"])) == len(load_recipes())


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("kind = ", "TOML"),
        ('title = "x"\n', "kind"),
        (OWN + "colour = 3\n", "colour"),
        (OWN.replace("ax:g", "ax:stone"), "columns"),
        (OWN.replace("ax:g", "accelerationx"), "columns"),
        (OWN.replace("columns", "labels"), "labels"),
        (OWN.replace("columns", "# "), "exactly one"),
        (FRAMED.replace("55", "5"), "sync"),
        (
            FRAMED + '[[packets]]\nlayout = "<3h"\nfields = ["ax:g"]\n',
            "packets.0",
        ),
        ('kind = "ble"\ntitle = "x"\n[[characteristics]]\nuuid = "zz"\ntext = true\n', "uuid"),
    ],
)
def test_a_damaged_recipe_is_named_with_its_field(tmp_path: Path, content: str, field: str) -> None:
    (tmp_path / "broken.toml").write_text(content)

    with pytest.raises(RecipeError) as caught:
        load_recipes([tmp_path])
    said = str(caught.value)
    assert said.startswith("broken.toml") and "\n" not in said
    assert field in said
    assert caught.value.message.code == "glove.recipe-damaged"


def test_a_recipe_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "noise.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecipeError, match="noise"):
        load_recipes([tmp_path])


def test_a_recipe_that_nobody_wrote() -> None:
    with pytest.raises(RecipeError, match="no such recipe"):
        find_recipe("none")


def test_columns_of_a_hand() -> None:
    short, long = parse_columns(["lax:/16384", "left.ax:/16384"])

    assert short == long
    assert (short.hand, short.role, short.scale) == ("left", "ax", 1 / 16384)
    assert [c.role for c in parse_columns(["flex*3", "f7", "roll"])] == [*4 * ["flex"], "roll"]


@pytest.mark.parametrize("spec", ["ax:/0", "ax:/nan", "ax:dps", "gx:g", "flex*0", "flex*x", "t:h"])
def test_columns_that_make_no_sense(spec: str) -> None:
    with pytest.raises(ValueError, match=re.escape(spec)):
        parse_columns([spec])


def test_profiles_know_their_devices_and_lengths() -> None:
    myo = find_recipe("myo")
    assert isinstance(myo, BleProfile)

    assert myo.fits("My Myo", None)
    assert not myo.fits("Muse-12", None)
    assert not myo.fits("My Myo", ("0000180f-0000-1000-8000-00805f9b34fb",))
    assert myo.fits("My Myo", ("D5060001-A904-DEB9-4748-2C7F4A124842",))
    assert myo.characteristics[0].lengths == frozenset({20})
    assert myo.forearm and myo.keep_alive[0].period_s < 30.0

    nano = find_recipe("nano-33")
    assert isinstance(nano, BleProfile)
    assert nano.characteristics[0].lengths == frozenset({24, 28})


def test_what_a_device_remembers_is_asked_first() -> None:
    for recipe in load_recipes():
        if isinstance(recipe, BleProfile):
            assert all(write.why for write in recipe.start if write.consent)
    wit = find_recipe("witmotion-ble")
    assert isinstance(wit, BleProfile)
    assert all(write.consent for write in wit.start)


def test_a_layout_says_how_long_it_is() -> None:
    packet = PacketLayout(
        head=">H", head_fields=("seq:u16",), layout=">3h", fields=("ax", "ay", "az"), samples=3,
        rate_hz=52,
    )  # fmt: skip
    assert packet.length == 20
