"""Lines that are damaged, cut, or none at all."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.recipes.recipe import TextRecipe
from tests.engine.glove.decoding.readings import assert_usual

HEADER = b"#signmirror 1 hand=R cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps\n"
LINE = b"1000000,1,0.05,-0.12,0.98,12.5,-3,140\n"


def started(header: bytes = HEADER) -> TextDecoder:
    decoder = TextDecoder()
    decoder.feed(header, 0.0)
    return decoder


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_end_as_they_like(end: bytes) -> None:
    decoder = TextDecoder()
    data = (HEADER + 3 * LINE).replace(b"\n", end)

    found = [r for i in range(len(data)) for r in decoder.feed(data[i : i + 1], 0.0)]
    assert len(found) == 3
    assert decoder.counts.bad == {}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"1,2,3\n", "wrong-count"),
        (b"1,2,3,4,5,6,7,8,9\n", "wrong-count"),
        (b"1,1,nan,0,1,0,0,0\n", "not-finite"),
        (b"1,1,0,inf,1,0,0,0\n", "not-finite"),
        (b"1,1,0,-inf,1,0,0,inf\n", "not-finite"),
        (b"1,1,1e300,0,1,0,0,0\n", "out-of-range"),
        (b"1,1,0.1,,1,0,0,0\n", "unparsable"),
        (b"1,1,0.1,--,1,0,0,0\n", "unparsable"),
        (b"1,1,1_0,0,1,0,0,0\n", "unparsable"),
        (b"ets Jul 29 2019 12:21:46\n", "text"),
        ("Găng tay sẵn sàng\n".encode(), "text"),
        (b"\xff\xfe\x80\x01\n", "binary"),
        (b"1,1,0,0,\x00\x01,0,0,0\n", "binary"),
        (b"x" * 2000 + b"\n", "too-long"),
        (b"# a comment\n", "text"),
        (b"#signmirror 2 cols=ax\n", "bad-header"),
        (b"#signmirror 1 hand=X cols=ax,ay,az\n", "bad-header"),
        (b"#signmirror 1 hand=L cols=ax:furlong,ay,az\n", "bad-header"),
    ],
)
def test_what_cannot_be_used_is_counted_and_never_zero(line: bytes, kind: str) -> None:
    decoder = started()

    assert decoder.feed(line, 1.0) == []
    assert decoder.counts.snapshot() == {kind: 1}
    assert_usual(decoder.feed(LINE, 1.0)[0])


def test_data_before_a_header_is_not_guessed() -> None:
    decoder = TextDecoder()

    assert decoder.feed(LINE + b"-1 2 3\nhello\n", 0.0) == []
    assert decoder.counts.snapshot() == {"no-header": 2, "text": 1}


def test_a_line_that_never_ends_is_dropped_as_it_comes() -> None:
    decoder = started()
    for _ in range(1000):
        decoder.feed(b"7" * 1000, 1.0)

    assert decoder.counts.snapshot() == {"too-long": 1}
    assert decoder.feed(b"\n" + LINE, 1.0)


@pytest.mark.parametrize("apart", [";", "\t"])
def test_a_decimal_comma_needs_other_separators(apart: str) -> None:
    line = LINE.decode().replace(",", apart).replace(".", ",").encode()

    assert_usual(started().feed(line, 1.0)[0])


def test_units_and_counts() -> None:
    header = b"#signmirror 1 cols=ax:/16384,ay:/16384,az:/16384,gx:/131,gy:/131,gz:/131,temp\n"
    (reading,) = started(header).feed(b"819,-1966,16056,1638,-393,18340,21.5\n", 1.0)
    assert_usual(reading)

    header = b"#signmirror 1 cols=ax:mg,ay:mg,az:mg,gx:rad/s,gy:rad/s,gz:rad/s,f1,f2\n"
    (reading,) = started(header).feed(b"50,-120,980,0.21817,-0.05236,2.44346,7,8\n", 1.0)
    assert_usual(reading)
    assert reading.flex == (7.0, 8.0)


def test_without_units_numbers_are_handed_on_as_they_are() -> None:
    (reading,) = started(b"#signmirror 1 cols=ax,ay,az,gx,gy,gz\n").feed(b"1,2,3,4,5,6\n", 1.0)

    assert (reading.acc, reading.gyro) == ((1, 2, 3), (4, 5, 6))
    assert (reading.acc_known, reading.gyro_known, reading.gravity) == (False, False, "unknown")


def test_both_hands_in_one_line() -> None:
    hand = ",".join(
        f"{{0}}{name}" for name in ("ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps")
    )
    header = f"#signmirror 1 cols=t:ms,{hand.format('l')},{hand.format('r')}\n"
    line = b"1000,0.05,-0.12,0.98,12.5,-3,140,0.05,-0.12,0.98,12.5,-3,140\n"
    left, right = started(header.encode()).feed(line, 1.0)

    assert (left.hand, right.hand) == ("left", "right")
    assert left.stamp_s == right.stamp_s == pytest.approx(1.0)
    assert_usual(right)


def test_a_header_that_is_repeated_changes_nothing_and_another_one_does() -> None:
    decoder = started()
    decoder.feed(HEADER + LINE, 1.0)
    assert decoder.feed(LINE, 1.0)[0].hand == "right"
    decoder.feed(HEADER.replace(b"hand=R", b"hand=L id=glove-7"), 1.0)
    assert decoder.feed(LINE, 1.0)[0].hand == "left"
    assert decoder.device_id == "glove-7"


def test_a_clock_of_32_bits_goes_on_where_it_wraps() -> None:
    decoder = started()
    stamps = [2**32 - 20_000, 2**32 - 10_000, 0, 10_000]
    data = [b"%d,1,0,0,1,0,0,0\n" % stamp for stamp in stamps]
    found = [decoder.feed(line, 0.01 * i)[0].stamp_s or 0.0 for i, line in enumerate(data)]

    assert [b - a for a, b in pairwise(found)] == pytest.approx([0.01] * 3)
    assert decoder.counts.bad == {}


def test_a_board_that_restarts_is_handed_on_as_it_is() -> None:
    decoder = started()
    decoder.feed(b"90000000,500,0,0,1,0,0,0\n", 1.0)
    (reading,) = decoder.feed(b"0,0,0,0,1,0,0,0\n", 1.1)

    assert (reading.stamp_s, reading.sequence) == (0.0, 0)
    assert decoder.counts.snapshot() == {"backward-clock": 1}


def test_a_clock_that_leaps_is_counted() -> None:
    decoder = started()
    decoder.feed(b"1000000,1,0,0,1,0,0,0\n", 1.0)
    decoder.feed(b"90000000,2,0,0,1,0,0,0\n", 1.1)

    assert decoder.counts.snapshot() == {"future-clock": 1}


@pytest.mark.parametrize(("bits", "last"), [("u8", 255), ("u16", 65_535), ("u32", 2**32 - 1)])
@pytest.mark.parametrize("said", [True, False])
def test_counters_go_on_where_they_wrap(bits: str, last: int, said: bool) -> None:
    unit = f":{bits}" if said else ""
    decoder = started(f"#signmirror 1 cols=seq{unit},ax,ay,az,gx,gy,gz\n".encode())
    data = [b"%d,0,0,1,0,0,0\n" % count for count in (last - 1, last, 1)]
    found = [decoder.feed(line, 0.0)[0].sequence for line in data]

    assert found == [last - 1, last, last + 2], "one was lost"


def test_the_unit_of_a_clock_is_found_from_arrivals() -> None:
    columns = ("t:auto", "ax:g", "ay:g", "az:g", "gx:dps", "gy:dps", "gz:dps")
    for scale in (1.0, 1e3, 1e6, 1e9):
        decoder = TextDecoder(TextRecipe(name="timed", title="timed", columns=columns))
        stamps = []
        for i in range(40):
            line = f"{(5 + 0.02 * i) * scale:.3f},0,0,1,0,0,0\n".encode()
            stamps.append(decoder.feed(line, 100 + 0.02 * i)[0].stamp_s)
        assert stamps[0] is None
        assert stamps[-1] == pytest.approx(5.78)


def test_labels_may_stand_in_any_order() -> None:
    recipe = TextRecipe(
        name="labels",
        title="labels",
        labels={"acc": ("ax:g", "ay:g", "az:g"), "gyro": ("gx:dps", "gy:dps", "gz:dps")},
    )
    decoder = TextDecoder(recipe)
    lines = b"gyro=12.5;-3;140 acc=(0.05, -0.12, 0.98) temp=20\nacc=1,2 gyro=1\nnothing\n"

    assert_usual(decoder.feed(lines, 1.0)[0])
    assert decoder.counts.snapshot() == {"unparsable": 1, "text": 1}


def test_json_that_is_deep_or_odd_is_counted() -> None:
    recipe = TextRecipe(name="json", title="json", keys={"a.b": ("ax:g", "ay:g", "az:g")})
    decoder = TextDecoder(recipe)
    assert decoder.feed(b'{"a":{"b":[0.05,-0.12,0.98]}}', 1.0)
    for odd in (b"[" * 900, b'{"a":{"b":[1,2]}}', b'{"a":1}', b'{"a":{"b":[true,1,2]}}'):
        assert decoder.feed(odd + b"\n", 1.0) == []
    assert decoder.feed(b'{"a":{"b":[NaN,1,' + b"9" * 400 + b"]}}\n", 1.0) == []
    assert sum(decoder.counts.bad.values()) == 5


@pytest.mark.benchmark
def test_lines_a_second() -> None:
    import time

    decoder = started()
    data = b"".join(b"%d,%d,0.05,-0.12,0.98,12.5,-3,140\n" % (i * 2500, i) for i in range(100_000))
    begin = time.process_time()
    found = sum(len(decoder.feed(data[i : i + 4096], i * 1e-3)) for i in range(0, len(data), 4096))
    rate = found / (time.process_time() - begin)
    print(f"{rate:,.0f} lines a second, {400 / rate:.2%} of a core at 400 a second")
    assert rate > 20_000
