"""Glove files as loggers write them: the header says which column is which, or they are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from training.errors import DataError
from training.readers.files.glove_series import read_glove

RATE_HZ, SAMPLES = 50.0, 60
TIMES = np.arange(SAMPLES) / RATE_HZ


def series() -> NDArray[np.float64]:
    acc = np.stack([0.1 * np.sin(TIMES * 6 + k) + (k == 2) for k in range(3)], 1)
    gyro = np.stack([90 * np.sin(TIMES * 5 + k) for k in range(3)], 1)
    return np.concatenate([acc, gyro], 1)


def written(
    file: Path,
    header: str,
    rows: NDArray[np.float64],
    *,
    mark: str = ",",
    comma: bool = False,
    encoding: str = "utf-8",
    trailing: str = "",
) -> Path:
    def number(value: float) -> str:
        text = f"{value:.6f}"
        return text.replace(".", ",") if comma else text

    lines = [mark.join(map(number, row)) + trailing for row in rows]
    file.write_bytes(("\n".join([header, *lines]) + "\n").encode(encoding))
    return file


PLAIN = "ax,ay,az,gx,gy,gz"
WRITERS = {
    "plain": lambda f: written(f, PLAIN, series()),
    "time first": lambda f: written(f, f"time,{PLAIN}", np.c_[TIMES, series()]),
    "milliseconds first": lambda f: written(
        f, f"timestamp_ms,{PLAIN}", np.c_[1.7e12 + TIMES * 1e3, series()]
    ),
    "time last": lambda f: written(f, f"{PLAIN},t", np.c_[series(), TIMES]),
    "gyroscope first": lambda f: written(f, "gx,gy,gz,ax,ay,az", series()[:, [3, 4, 5, 0, 1, 2]]),
    "m/s^2": lambda f: written(
        f, "ax (m/s^2),ay (m/s^2),az (m/s^2),gx,gy,gz", series() * ([9.80665] * 3 + [1] * 3)
    ),
    "rad/s": lambda f: written(
        f,
        "Acc X [g],Acc Y [g],Acc Z [g],Gyro X [rad/s],Gyro Y [rad/s],Gyro Z [rad/s]",
        series() * ([1] * 3 + [np.pi / 180] * 3),
    ),
    "mg and mdps": lambda f: written(
        f, "acc_x (mg),acc_y (mg),acc_z (mg),gyr_x (mdps),gyr_y (mdps),gyr_z (mdps)", series() * 1e3
    ),
    "semicolons": lambda f: written(f, PLAIN.replace(",", ";"), series(), mark=";", comma=True),
    "tabs": lambda f: written(f, PLAIN.replace(",", "\t"), series(), mark="\t", comma=True),
    "UTF-16": lambda f: written(f, PLAIN, series(), encoding="utf-16"),
    "byte order mark": lambda f: written(f, PLAIN, series(), encoding="utf-8-sig"),
    "sep line": lambda f: written(f, f"sep=,\n{PLAIN}", series()),
    "units line": lambda f: written(f, f"{PLAIN}\ng,g,g,deg/s,deg/s,deg/s", series()),
    "units line of others": lambda f: written(
        f, f"{PLAIN}\nm/s²,m/s²,m/s²,°/s,°/s,°/s", series() * ([9.80665] * 3 + [1] * 3)
    ),
    "spaces": lambda f: written(f, "ax, ay, az, gx, gy, gz", series(), mark=", "),
    "trailing separators": lambda f: written(f, f"{PLAIN},", series(), trailing=","),
    "trailing below": lambda f: written(f, PLAIN, series(), trailing=","),
    "remark": lambda f: written(f, f"# glove v2\n{PLAIN}", series()),
    "more columns": lambda f: written(
        f, f"{PLAIN},battery,temp", np.c_[series(), np.full((SAMPLES, 2), 37.0)]
    ),
    "capitals": lambda f: written(f, "AccX,AccY,AccZ,GyroX,GyroY,GyroZ", series()),
}


@pytest.mark.parametrize("how", list(WRITERS))
def test_the_header_says_which_column_is_which(tmp_path: Path, how: str) -> None:
    found = read_glove(WRITERS[how](tmp_path / "glove.csv"))

    assert found.units == ("g", "g", "g", "deg/s", "deg/s", "deg/s")
    np.testing.assert_allclose(found.samples, series(), atol=2e-2)
    assert found.rate_hz is None or found.rate_hz == pytest.approx(RATE_HZ, rel=1e-3)
    assert ("time" in how or "milliseconds" in how) == (found.rate_hz is not None)


@pytest.mark.parametrize("how", ["rows", "columns", "with time", "columns with time"])
def test_arrays_of_either_order(tmp_path: Path, how: str) -> None:
    rows = np.c_[TIMES, series()] if "time" in how else series()
    np.save(tmp_path / "glove.npy", rows.T if "columns" in how else rows)
    found = read_glove(tmp_path / "glove.npy")

    np.testing.assert_allclose(found.samples, series(), atol=1e-3)


def test_a_clock_that_stutters_is_made_even(tmp_path: Path) -> None:
    uneven = TIMES + np.where(np.arange(SAMPLES) % 2, 0.009, 0.0)
    rows = np.c_[uneven, np.zeros((SAMPLES, 6))]
    rows[:, 3], rows[:, 4] = 1.0, 100 * uneven
    found = read_glove(written(tmp_path / "g.csv", f"time,{PLAIN}", rows)).samples

    # What rises steadily in time rises by the same from each sample to the next.
    np.testing.assert_allclose(np.diff(found[:, 3]), np.diff(found[:, 3]).mean(), atol=1e-3)


@pytest.mark.parametrize(
    ("header", "rows", "what"),
    [
        ("a,b,c,d,e,f", series(), "does not name ax"),
        ("ax,ay,az,gx,gy,ax", series(), "names ax twice"),
        ("ax (stone),ay,az,gx,gy,gz", series(), "unit"),
        (PLAIN, series() * ([9.80665] * 3 + [1] * 3), "name its unit"),
        (PLAIN, series() * ([1] * 3 + [1e3] * 3), "name its unit"),
        (f"time,{PLAIN}", np.c_[TIMES[::-1], series()], "runs backwards"),
        ("1,2,3,4,5,6,7,8", np.c_[series(), series()[:, :2]], "no header"),
    ],
)
def test_what_cannot_be_told_is_refused_by_name(
    tmp_path: Path, header: str, rows: NDArray[np.float64], what: str
) -> None:
    with pytest.raises(DataError, match=rf"glove\.csv.*{what}"):
        read_glove(written(tmp_path / "glove.csv", header, rows))


def test_a_last_line_cut_short_costs_itself(tmp_path: Path) -> None:
    file = written(tmp_path / "glove.csv", PLAIN, series())
    file.write_text(file.read_text("utf-8")[:-14], encoding="utf-8")

    assert len(read_glove(file).samples) == SAMPLES - 1


def test_a_line_cut_short_in_the_middle_is_named(tmp_path: Path) -> None:
    file = written(tmp_path / "glove.csv", PLAIN, series())
    lines = file.read_text("utf-8").splitlines()
    lines[7] = lines[7][:-14]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(DataError, match=r"glove\.csv: line 8"):
        read_glove(file)


def both() -> NDArray[np.float64]:
    """Left accelerations, right ones, left rates, right ones: no two columns alike."""
    one = series()
    return np.concatenate([one[:, :3], -0.5 * one[:, :3], one[:, 3:], -0.25 * one[:, 3:]], 1)


LEFT, RIGHT = both()[:, [0, 1, 2, 6, 7, 8]], both()[:, [3, 4, 5, 9, 10, 11]]
PAIRS = {
    "letters": ("lax,lay,laz,lgx,lgy,lgz,rax,ray,raz,rgx,rgy,rgz", np.c_[LEFT, RIGHT]),
    "words": (
        ",".join(f"{side}_{one}" for side in ("left", "right") for one in PLAIN.split(",")),
        np.c_[LEFT, RIGHT],
    ),
    "right first": (
        ",".join(f"{side} acc {a}" for side in ("Right", "Left") for a in "xyz")
        + ","
        + ",".join(f"{side} gyro {a}" for side in ("Right", "Left") for a in "xyz"),
        both()[:, [3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8]],
    ),
    "side behind": (
        ",".join(f"{one}_{side}" for side in ("left", "right") for one in PLAIN.split(",")),
        np.c_[LEFT, RIGHT],
    ),
    "with time": (
        "t,lax,lay,laz,lgx,lgy,lgz,rax,ray,raz,rgx,rgy,rgz",
        np.c_[TIMES, LEFT, RIGHT],
    ),
    "rates in rad/s": (
        ",".join(f"L_a{a}" for a in "xyz")
        + ","
        + ",".join(f"R_a{a}" for a in "xyz")
        + ","
        + ",".join(f"{side}_g{a} (rad/s)" for side in "LR" for a in "xyz"),
        both() * ([1] * 6 + [np.pi / 180] * 6),
    ),
}


@pytest.mark.parametrize("how", list(PAIRS))
def test_a_header_may_name_both_wrists(tmp_path: Path, how: str) -> None:
    found = read_glove(written(tmp_path / "gloves.csv", *PAIRS[how]))
    assert found.wrists == ("left", "right")
    assert found.units == ("g",) * 6 + ("deg/s",) * 6
    np.testing.assert_allclose(found.samples, both(), atol=2e-2)


def test_one_named_wrist_is_that_one(tmp_path: Path) -> None:
    header = ",".join(f"left_{one}" for one in PLAIN.split(","))
    found = read_glove(written(tmp_path / "glove.csv", header, series()))
    assert found.wrists == ("left",) and found.samples.shape[1] == 6
    assert read_glove(written(tmp_path / "any.csv", PLAIN, series())).wrists == ()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("lax,lay,laz,lgx,lgy,lgz,rax,ray,raz,rgx,rgy,battery", "right gz"),
        ("ax,ay,az,gx,gy,gz,rax,ray,raz,rgx,rgy,rgz", "for some of its columns"),
        ("lax,lay,laz,lgx,lgy,lgz,left_ax,ray,raz,rgx,rgy,rgz", "twice"),
    ],
)
def test_half_a_glove_is_refused(tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_glove(written(tmp_path / "gloves.csv", header, both()))
