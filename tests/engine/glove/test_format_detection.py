"""What a device sends is told from its bytes, without a hint."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest

from engine.glove.decoding.framed_decoder import FramedDecoder
from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.detection.column_names import named_column
from engine.glove.detection.format import FormatDetector, FormatVerdict
from engine.glove.recipes.recipe import FramedRecipe, TextRecipe
from tests.engine.glove.noisy_lines import (
    DEVICES,
    HZ,
    MS2,
    RAD,
    Form,
    Moment,
    moments,
    whole,
    written,
)

Plain = Callable[[Moment], str]


def lines_of(form: Form, count: int = 60, seed: int = 0) -> list[str]:
    hands = zip(moments(count, seed), moments(count, seed + 1000), strict=True)
    return [form(i, one, other) for i, (one, other) in enumerate(hands)]


def told(lines: Iterable[str | bytes], hz: float = HZ) -> FormatVerdict | None:
    """As a serial line hands them on: in pieces that begin and end anywhere."""
    detector = FormatDetector("COM3")
    data = b"".join(x if isinstance(x, bytes) else x.encode() + b"\r\n" for x in lines)
    count = max(1, data.count(b"\n"))
    size = max(1, len(data) // count)
    for i, at in enumerate(range(size // 2, len(data), size)):
        detector.feed(data[at : at + size], 100.0 + i / hz)
    return detector.verdict()


def recipe_of(verdict: FormatVerdict | None) -> TextRecipe | FramedRecipe:
    assert verdict is not None, "nothing was told"
    assert verdict.recipe is not None, verdict.reason
    assert verdict.reason is None
    assert 0.5 < verdict.confidence <= 1.0
    return verdict.recipe


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", DEVICES)
def test_known_devices_are_known(name: str, seed: int) -> None:
    lines = lines_of(DEVICES[name], seed=seed)
    recipe = recipe_of(told(lines))

    assert recipe.name == name
    assert isinstance(recipe, TextRecipe)
    readings = TextDecoder(recipe).feed("".join(f"{line}\n" for line in lines).encode(), 1.0)
    assert len(readings) >= len(lines)


def test_a_board_that_reboots_and_talks_is_known_all_the_same() -> None:
    talk: list[str | bytes] = ["ets Jul 29 2019", "[BLE] Connected!", "", "✅ OK", b"\xff\xfe\n"]
    lines = lines_of(DEVICES["all-mocap"])

    assert recipe_of(told([*talk, *lines[:20], *talk, *lines[20:]])).name == "all-mocap"


def test_forty_lines_are_enough() -> None:
    for name, form in DEVICES.items():
        assert recipe_of(told(lines_of(form, count=41))).name == name


def test_our_own_header_needs_no_second_line() -> None:
    header = "#signmirror 1 hand=R cols=t:us,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps,temperature"
    detector = FormatDetector()
    detector.feed(f"0,1\n{header}\n".encode(), 0.0)
    recipe = recipe_of(detector.verdict())

    assert isinstance(recipe, TextRecipe)
    (reading,) = TextDecoder(recipe).feed(b"1000,0.05,-0.12,0.98,12.5,-3,140,21\n", 0.0)
    assert (reading.hand, reading.acc) == ("right", (0.05, -0.12, 0.98))


def counted(counts: int) -> tuple[Plain, tuple[str, ...]]:
    def form(m: Moment) -> str:
        return f"{whole(m.acc * counts)},{whole(m.gyro * 65.5)}"

    return form, (*(f"a{axis}:/{counts}" for axis in "xyz"), "gx", "gy", "gz")


FORMS: dict[str, tuple[Plain, tuple[str, ...]]] = {
    "g": (
        lambda m: f"{written(m.acc)},{written(m.gyro)}",
        ("ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps"),
    ),
    "rates first": (
        lambda m: f"{written(m.gyro)},{written(m.acc)}",
        ("gx:dps", "gy:dps", "gz:dps", "ax:g", "ay:g", "az:g"),
    ),
    "m/s2 and rad/s": (
        lambda m: f"{written(m.acc * MS2)},{written(m.gyro * RAD, 3)}",
        ("ax:m/s2", "ay:m/s2", "az:m/s2", "gx", "gy", "gz"),
    ),
    "mg": (
        lambda m: f"{whole(m.acc * 1000)},{written(m.gyro)}",
        ("ax:mg", "ay:mg", "az:mg", "gx:dps", "gy:dps", "gz:dps"),
    ),
    **{f"{counts} counts": counted(counts) for counts in (2048, 4096, 8192, 16384)},
    "ms before": (
        lambda m: f"{round(5000 + m.t_s * 1000)}\t{written(m.acc)}\t{written(m.gyro)}".replace(
            ",", "\t"
        ),
        ("t:ms", "ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps"),
    ),
    "us and a counter, decimal commas": (
        lambda m: f"{round(m.t_s * 1e6)};{round(m.t_s * HZ)};{written(m.acc)};{written(m.gyro)}"
        .replace(",", ";").replace(".", ","),
        ("t:us", "seq", "ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps"),
    ),
    "quaternion": (
        lambda m: f"{written(m.q, 4)} {written(m.acc)} {written(m.gyro)}".replace(",", " "),
        ("qw", "qx", "qy", "qz", "ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps"),
    ),
    "flexes behind": (
        lambda m: f"{written(m.acc * MS2)},{written(m.gyro * RAD, 3)},{whole(m.flex)}",
        ("ax:m/s2", "ay:m/s2", "az:m/s2", "gx", "gy", "gz", *5 * ("flex",)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", FORMS)
def test_columns_tell_themselves(name: str, seed: int) -> None:
    form, expected = FORMS[name]
    recipe = recipe_of(told([form(m) for m in moments(100, seed)]))

    assert isinstance(recipe, TextRecipe)
    assert recipe.columns == expected


def test_two_sensors_in_a_line_are_told_apart_by_number() -> None:
    def form(i: int, one: Moment, other: Moment) -> str:
        return ",".join(f"{written(m.acc)},{written(m.gyro)}" for m in (one, other))

    verdict = told(lines_of(form, 100))
    recipe = recipe_of(verdict)
    assert isinstance(recipe, TextRecipe) and verdict is not None
    one, other = TextDecoder(recipe).feed(b"0,0,1,1,2,3,0,1,0,4,5,6\n", 1.0)

    assert (one.channel, other.channel) == ("first", "second")
    assert other.gyro == (4, 5, 6)
    assert "two sensors" in verdict.title


def test_titles_are_plain() -> None:
    form, _ = FORMS["g"]
    verdict = told([form(m) for m in moments(100)])

    assert verdict is not None
    assert verdict.title == "6 columns, g and °/s"


def test_a_header_line_names_the_columns() -> None:
    header = "time_ms,gyro_x (rad/s),gyro_y (rad/s),gyro_z (rad/s),AccX,AccY,AccZ,flex_thumb,temp"
    rows = [
        f"{round(m.t_s * 1000)},{written(m.gyro * RAD, 3)},{written(m.acc * MS2)},{m.flex[0]},21"
        for m in moments(60)
    ]
    recipe = recipe_of(told([40 * "boot ", "ready", header, *rows]))

    assert isinstance(recipe, TextRecipe)
    assert recipe.columns == (
        "t:ms", "gx:rad/s", "gy:rad/s", "gz:rad/s", "ax:m/s2", "ay:m/s2", "az:m/s2", "flex", "-",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spec"),
    [
        ("ax", "ax"), ("Acc_X", "ax"), ("accelX(g)", "ax:g"), ("gyroZ_dps", "gz:dps"),
        ("GyrY [rad/s]", "gy:rad/s"), ("a_z (m/s^2)", "az:m/s2"), ("timestamp_us", "t:us"),
        ("qw", "qw"), ("q2", "qy"), ("linAccX", "linx"), ("gravity_y", "gravy"),
        ("Roll", "roll:deg"),
        ("left_acc_x", "left.ax"), ("gyro_x_R", "right.gx"), ("index", "flex"), ("battery", "-"),
    ],
)  # fmt: skip
def test_names_of_columns(name: str, spec: str) -> None:
    assert named_column(name) == spec


def wit(m: Moment) -> bytes:
    packets = b""
    for kind, values, scale in ((0x51, m.acc, 2048), (0x52, m.gyro, 16.384), (0x53, m.acc, 10)):
        counts = np.clip(np.round(values * scale), -32768, 32767).astype(int)
        body = struct.pack("<BB4h", 0x55, kind, *counts, 0)
        packets += body + bytes([sum(body) & 0xFF])
    return packets


def wit_61(m: Moment) -> bytes:
    acc, gyro = np.round(m.acc * 2048).astype(int), np.round(m.gyro * 16.384).astype(int)
    return struct.pack("<BB9h", 0x55, 0x61, *acc, *gyro, 0, 0, 0)


def ximu3(m: Moment) -> bytes:
    body = b"\xc9" + struct.pack("<Q6f", round(m.t_s * 1e6), *m.gyro, *m.acc)
    return body.replace(b"\xdb", b"\xdb\xdd").replace(b"\n", b"\xdb\xdc") + b"\n"


@pytest.mark.parametrize(
    ("form", "name", "count"),
    [(wit, "witmotion", 5), (wit_61, "witmotion-61", 40), (ximu3, "x-imu3", 40)],
)
def test_packets_are_known_on_any_line(
    form: Callable[[Moment], bytes], name: str, count: int
) -> None:
    packets = [form(m) for m in moments(count)]
    recipe = recipe_of(told(packets))

    assert recipe.name == name
    assert isinstance(recipe, FramedRecipe)
    assert len(FramedDecoder(recipe).feed(b"".join(packets), 1.0)) >= count - 1


def reason_of(lines: Iterable[str | bytes]) -> str:
    verdict = told(lines)
    assert verdict is not None
    assert verdict.recipe is None and verdict.reason is not None
    return verdict.reason.code


def test_what_cannot_be_used_is_refused_by_its_name() -> None:
    gloves = [f"A{round(m.flex[0])}B1033C{round(m.flex[2])}D1E4095F2G2" for m in moments(60)]
    verdict = told(gloves)

    assert verdict is not None and verdict.recipe is None and verdict.reason is not None
    assert verdict.reason.code == "glove.fingers-only"
    assert "OpenGloves" in verdict.reason


def test_what_lacks_is_named() -> None:
    hand = list(moments(120))

    assert reason_of([whole(m.flex) for m in hand]) == "glove.fingers-only"
    assert reason_of([written(m.acc) for m in hand]) == "glove.lacks-rates"
    header = "lin_x,lin_y,lin_z,gx,gy,gz"
    lin = [f"{written(m.lin)},{written(m.gyro)}" for m in hand]
    assert reason_of([40 * "boot ", header, *lin]) == "glove.lacks-gravity"
    assert reason_of(lin) == "glove.lacks-gravity"


def test_noise_is_neither() -> None:
    noise = np.random.default_rng(5).bytes(20_000)

    assert reason_of([noise]) == "glove.format-unreadable"


def test_nothing_is_told_too_early() -> None:
    form, _ = FORMS["g"]

    assert told([]) is None
    assert told([form(m) for m in moments(15)]) is None


def first_told(lines: Iterable[str]) -> tuple[FormatVerdict | None, int]:
    """The first recipe, as an adapter takes it, and after how many lines; else the last reason."""
    detector = FormatDetector("COM3")
    verdict, count = None, 0
    for line in lines:
        detector.feed(f"{line}\n".encode(), 100.0 + count / HZ)
        verdict, count = detector.verdict(), count + 1
        if verdict is not None and verdict.recipe is not None:
            break
    return verdict, count


def biased(m: Moment, bias: tuple[float, float, float] = (0.6, 0.6, -0.5)) -> Moment:
    """At rest the rates are as long as gravity; they are as before once it turns."""
    still = np.linalg.norm(m.gyro) < 5.0
    return replace(m, gyro=np.array(bias) if still else m.gyro)


BIASED: dict[str, Plain] = {
    "g": FORMS["g"][0],
    "rates first": FORMS["rates first"][0],
    # As ASLTranslator's, but with the rates before.
    "flexes, rates first": lambda m: f"{whole(m.flex)},{written(m.gyro)},{written(m.acc)}",
}


@pytest.mark.parametrize("name", BIASED)
def test_what_is_not_clear_at_rest_is_asked_for_and_told_once_it_turns(name: str) -> None:
    resting = [BIASED[name](biased(m)) for m in moments(200, rest_s=9.0)]
    verdict, _ = first_told(resting)

    assert verdict is not None and verdict.recipe is None and verdict.reason is not None
    assert verdict.reason.code == "glove.format-unclear"

    verdict, count = first_told(BIASED[name](biased(m)) for m in moments(400, rest_s=4.0))
    recipe = recipe_of(verdict)
    assert isinstance(recipe, TextRecipe)
    assert count > 4.0 * HZ
    (reading,) = TextDecoder(recipe).feed(
        {
            "g": b"0,0,1,140,0,0\n",
            "rates first": b"140,0,0,0,0,1\n",
            "flexes, rates first": b"1,2,3,4,5,140,0,0,0,0,1\n",
        }[name],
        1.0,
    )
    assert (reading.acc, reading.gyro) == ((0, 0, 1), (140, 0, 0))


def same_places(columns: Iterable[str], expected: Iterable[str]) -> bool:
    """Rates' unit is left open as long as they are small."""

    def bare(specs: Iterable[str]) -> list[str]:
        return [spec.partition(":")[0] if spec.startswith("g") else spec for spec in specs]

    return bare(columns) == bare(expected)


@pytest.mark.soak
def test_most_starts_are_known() -> None:
    """A hundred hands each, whatever way they are held."""
    wrong = dict.fromkeys(FORMS, 0)
    for name, (form, expected) in FORMS.items():
        for seed in range(100, 200):
            verdict, _ = first_told(form(m) for m in moments(200, seed))
            recipe = None if verdict is None else verdict.recipe
            wrong[name] += not (
                isinstance(recipe, TextRecipe) and same_places(recipe.columns, expected)
            )
    print(wrong)
    assert sum(wrong.values()) <= 0.005 * 100 * len(FORMS)
