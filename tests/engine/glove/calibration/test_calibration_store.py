"""How each device was worn, from one day to the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock

from engine.glove.calibration.calibration import Calibration, mirrored
from engine.glove.calibration.calibration_store import (
    MOST_DEVICES,
    CalibrationStore,
    CalibrationStoreError,
)

ONE = Calibration(
    "left",
    "forearm",
    "mg",
    1000.0,
    "rad/s",
    57.29577951308232,
    (0.1, -0.2, 0.3),
    ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    "found",
)


def test_what_is_remembered_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "config" / "gloves.json"
    store = CalibrationStore(file)
    store.remember("usb:1234", ONE)
    store.remember("usb:1234/right", Calibration("right"))
    again = CalibrationStore(file)
    assert again.find("usb:1234") == ONE and again.find("usb:1234/right") == Calibration("right")
    assert again.find("usb:99") is None and again.take_trouble() is None
    again.forget("usb:1234")
    assert CalibrationStore(file).find("usb:1234") is None


def test_two_copies_of_the_program_keep_each_others(tmp_path: Path) -> None:
    first, second = CalibrationStore(tmp_path / "g.json"), CalibrationStore(tmp_path / "g.json")
    first.remember("a", ONE)
    second.remember("b", ONE)
    both = CalibrationStore(tmp_path / "g.json")
    assert both.find("a") == ONE and both.find("b") == ONE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"format_version": 2, "devices": {}}',
        b'{"format_version": 1, "devices": {"a": {"hand": "third"}}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_forgotten_and_said_once(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "gloves.json"
    file.write_bytes(content)
    store = CalibrationStore(file)
    trouble = store.take_trouble()
    assert trouble is not None and "gloves.json" in trouble
    assert store.take_trouble() is None
    store.remember("a", ONE)
    assert CalibrationStore(file).find("a") == ONE


def test_axes_that_are_none_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "gloves.json"
    CalibrationStore(file).remember("a", ONE)
    content = json.loads(file.read_text("utf-8"))
    content["devices"]["a"]["mounting"][0] = [1.0, 1.0, 0.0]
    file.write_text(json.dumps(content), "utf-8")
    assert CalibrationStore(file).find("a") is None


def test_the_oldest_goes(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    store._kept = {str(number): ONE for number in range(MOST_DEVICES)}
    store._change("0", ONE)
    for name in ("new",):
        store.remember(name, ONE)
    assert store.find("new") == ONE


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where a folder belongs")
    store = CalibrationStore(tmp_path / "config" / "gloves.json")
    # Nothing was kept there yet, and nothing is lost.
    assert store.take_trouble() is None
    with pytest.raises(CalibrationStoreError):
        store.remember("a", ONE)
    assert store.find("a") == ONE


def test_units_and_axes_are_applied() -> None:
    acc, gyro = ONE.apply((1000.0, 0.0, 0.0), (0.1, 1 - 0.2, 0.3))
    # x of the device is y of the wrist; the gyroscope's y is the accelerometer's x.
    assert acc == pytest.approx((0.0, 1.0, 0.0))
    assert gyro == pytest.approx((0.0, 57.29577951308232, 0.0))


def test_a_mirrored_calibration_is_the_other_hands() -> None:
    plain, other = Calibration("left"), Calibration("left", is_mirrored=True)
    acc, gyro = (0.1, 0.2, 0.3), (1.0, 2.0, 3.0)
    assert other.apply(acc, gyro) == mirrored(*plain.apply(acc, gyro))


def test_turned_by_hand() -> None:
    one = Calibration("left").turned("z")
    assert one.apply((1.0, 0.0, 0.0), (0.0, 0.0, 0.0))[0] == pytest.approx((0.0, 1.0, 0.0))
    assert one.mounting_source == "chosen"
    assert one.turned("z", 3).mounting == Calibration("left").mounting


@pytest.mark.parametrize("wrong", [{"acc_per_g": 0.0}, {"dps_per_unit": float("nan")}])
def test_what_cannot_be_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        Calibration("left", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("device", ["x" * 900, "replay:/tm\udcff/a.csv", "ấ" * 400])
def test_whatever_a_device_is_called_it_is_remembered(tmp_path: Path, device: str) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    store.remember(device, Calibration("left"))
    store.remember(device + "2", Calibration("right"))
    again = CalibrationStore(tmp_path / "gloves.json")
    for one in (store, again):
        assert one.find(device) == Calibration("left")
        assert one.find(device + "2") == Calibration("right")
    assert again.take_trouble() is None


def test_a_file_damaged_meanwhile_takes_nothing_away(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    store.remember("a", Calibration("left"))
    store.file.write_text("{", "utf-8")
    store.remember("b", Calibration("right"))
    assert store.find("a") == Calibration("left")
    said = store.take_trouble()
    assert said is not None and said.code == "glove.calibration-damaged"
    assert CalibrationStore(store.file).find("a") == Calibration("left")


def test_nobody_waits_long_for_another_copy(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    with FileLock(f"{store.file}.lock"), pytest.raises(CalibrationStoreError) as told:
        store.remember("a", Calibration("left"))
    assert told.value.message.code == "glove.calibration-busy"
    assert store.find("a") == Calibration("left")


def test_what_could_not_be_written_is_written_with_the_next(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    store.remember("old", ONE)
    with FileLock(f"{store.file}.lock"):
        for device in ("a", "b"):
            with pytest.raises(CalibrationStoreError):
                store.remember(device, Calibration("left"))
        with pytest.raises(CalibrationStoreError):
            store.forget("old")
    store.remember("c", Calibration("right"))
    for one in (store, CalibrationStore(store.file)):
        assert one.find("a") == one.find("b") == Calibration("left")
        assert one.find("c") == Calibration("right") and one.find("old") is None


def test_a_file_deleted_meanwhile_takes_nothing_away(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    store.remember("a", Calibration("left"))
    store.file.unlink()
    store.remember("b", Calibration("right"))
    assert store.find("a") == CalibrationStore(store.file).find("a") == Calibration("left")


def test_each_damage_is_said_once(tmp_path: Path) -> None:
    store = CalibrationStore(tmp_path / "gloves.json")
    store.file.write_text("{", "utf-8")
    store = CalibrationStore(store.file)
    assert store.take_trouble() is not None
    store.remember("a", Calibration("left"))
    # The same damage: it was told at the start.
    assert store.take_trouble() is None
    store.file.write_text("{", "utf-8")
    store.remember("b", Calibration("left"))
    assert store.take_trouble() is not None
