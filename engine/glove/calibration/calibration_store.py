"""How each device was worn, kept from one day to the next in one file."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.atomic_write import written_whole
from engine.glove.calibration.calibration import Calibration, Placement, Source
from engine.glove.calibration.signed_axes import Matrix
from engine.glove.sample import Hand, Vector
from engine.messages import Message, PlainError, reason_of

MOST_DEVICES = 200
"""Then the one that was calibrated longest ago goes."""

LARGEST_FILE = 2**20
_LOCK_WAIT_S = 0.3
"""Writing takes milliseconds, and the window waits meanwhile."""

_LONGEST_KEY = 300

_Positive = Annotated[float, Field(gt=0.0)]
_Name = Annotated[str, Field(max_length=60)]


class CalibrationStoreError(PlainError):
    """The file cannot be written."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


class _Entry(_Strict):
    hand: Hand
    placement: Placement
    acc_unit: _Name
    acc_per_g: _Positive
    gyro_unit: _Name
    dps_per_unit: _Positive
    gyro_bias: Vector
    gyro_axes: Matrix
    mounting: Matrix
    mounting_source: Source
    is_mirrored: bool


class _Content(_Strict):
    format_version: Literal[1] = 1
    devices: dict[Annotated[str, Field(max_length=_LONGEST_KEY)], _Entry] = Field(
        max_length=MOST_DEVICES
    )


class CalibrationStore:
    """Any thread may call anything. Another copy of the program may work on the same file."""

    def __init__(self, file: Path) -> None:
        """`file` need not be there; its folder is made when something is kept."""
        self.file = file
        self._lock = threading.Lock()
        self._trouble: Message | None = None
        self._damaged = False
        self._unwritten: dict[str, Calibration | None] = {}
        self._kept = self._read({})

    def take_trouble(self) -> Message | None:
        """One line when the file was damaged, and whether anything is forgotten; said once."""
        if self._trouble is None:
            # Asked at the screen's rate: nobody waits for whoever is just writing.
            return None
        with self._lock:
            said, self._trouble = self._trouble, None
        return said

    def find(self, device: str) -> Calibration | None:
        """`device`: what it is remembered by, with the name of its sensor where it has several."""
        with self._lock:
            return self._kept.get(_key(device))

    def remember(self, device: str, calibration: Calibration) -> None:
        """From now on, and after a restart too. Raises CalibrationStoreError when it cannot be
        written; it is known until the program ends even so."""
        self._change(_key(device), calibration)

    def forget(self, device: str) -> None:
        """Raises CalibrationStoreError when that cannot be written."""
        self._change(_key(device), None)

    def _change(self, device: str, calibration: Calibration | None) -> None:
        with self._lock:
            self._unwritten.pop(device, None)
            self._unwritten[device] = calibration
            mine = self._kept = _changed(self._kept, {device: calibration})
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                with FileLock(f"{self.file}.lock", timeout=_LOCK_WAIT_S):
                    # Another copy may have kept something meanwhile; and what could not be
                    # written before is as new as this.
                    self._kept = _changed(self._read(mine), self._unwritten)
                    with written_whole(self.file) as unfinished:
                        unfinished.write_text(_text(self._kept), encoding="utf-8")
                self._unwritten.clear()
                self._damaged = False
            except Timeout as error:
                raise CalibrationStoreError(
                    Message("glove.calibration-busy", name=self.file.name)
                ) from error
            except OSError as error:
                self._kept = mine
                raise CalibrationStoreError(
                    Message(
                        "glove.calibration-not-kept", name=self.file.name, reason=reason_of(error)
                    )
                ) from error

    def _read(self, known: Mapping[str, Calibration]) -> dict[str, Calibration]:
        """What the file holds; `known` where it is gone, or damaged, which is told once."""
        try:
            if self.file.stat().st_size > LARGEST_FILE:
                raise ValueError("too large")
            content = _Content.model_validate_json(self.file.read_bytes())
            return {
                device: Calibration(**entry.model_dump())
                for device, entry in content.devices.items()
            }
        except (FileNotFoundError, NotADirectoryError):
            return dict(known)
        except (OSError, ValueError, ValidationError, RecursionError):
            if not self._damaged:
                code = "glove.calibration-damaged" if known else "glove.calibration-forgotten"
                self._trouble = Message(code, name=self.file.name)
            self._damaged = True
            return dict(known)


def _key(device: str) -> str:
    """What it stands under in the file: the same, or where that is too long or no plain text, what
    can be read of it and a number of its own."""
    plain = device.encode("utf-8", "backslashreplace").decode("utf-8")
    if plain == device and len(device) <= _LONGEST_KEY:
        return device
    told = hashlib.sha256(plain.encode("utf-8")).hexdigest()[:16]
    return f"{plain[: _LONGEST_KEY - 20]} #{told}"


def _changed(
    kept: Mapping[str, Calibration], changes: Mapping[str, Calibration | None]
) -> dict[str, Calibration]:
    """The newest last; None: that one is forgotten."""
    rest = {device: one for device, one in kept.items() if device not in changes}
    new = {device: one for device, one in changes.items() if one is not None}
    return dict(list((rest | new).items())[-MOST_DEVICES:])


def _text(kept: dict[str, Calibration]) -> str:
    fields = tuple(_Entry.model_fields)
    entries = {
        device: _Entry(**{name: getattr(calibration, name) for name in fields})
        for device, calibration in kept.items()
    }
    return _Content(devices=entries).model_dump_json(indent=2) + "\n"
