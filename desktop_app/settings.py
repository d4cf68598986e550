"""Choices that outlive the window, in one INI file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

from desktop_app.store.first_copy import FirstCopy
from desktop_app.store.private_file import make_private, mend_ini

Choice = TypeVar("Choice", bound=str)

CONFIG_VARIABLE = "SIGNMIRROR_CONFIG"


def default_settings_file() -> Path:
    """`settings.ini` in the user's configuration folder, or in `SIGNMIRROR_CONFIG`."""
    folder = os.environ.get(CONFIG_VARIABLE)
    base = Path(folder) if folder else user_config_path("SignMirror", appauthor=False)
    return base / "settings.ini"


class Settings:
    """Typed access; a value that makes no sense counts as not set. `kept`: whether choices are
    written down; a second copy of SignMirror only remembers them as long as it is open.

    The file is readable by its owner alone: addresses of cameras have passwords in them.
    `was_damaged`: some of what it said could not be read.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or default_settings_file()
        self.was_damaged = mend_ini(self.file)
        ours = file is None and not os.environ.get(CONFIG_VARIABLE)
        self._can_be_written = make_private(self.file, own_folder=ours)
        self._ini = QSettings(str(self.file), QSettings.Format.IniFormat)
        self._first = FirstCopy(self.file.parent)
        self._unkept: dict[str, object] = {}
        self.kept = True

    @property
    def are_lost(self) -> bool:
        """Nothing can be written down: choices hold as long as the window is open."""
        return not self._can_be_written or self._ini.status() == QSettings.Status.AccessError

    def claim(self) -> bool:
        """Keep choices unless another copy, that is open, does so already."""
        self.kept = self._first.claim()
        return self.kept

    def release(self) -> None:
        """Let the next copy that is opened keep its choices."""
        self._first.release()

    def _value(self, key: str, default: object = None) -> object:
        return self._unkept[key] if key in self._unkept else self._ini.value(key, default)

    def text(self, key: str, default: str = "") -> str:
        value = self._value(key, default)
        return value if isinstance(value, str) else default

    def flag(self, key: str, default: bool) -> bool:
        value = str(self._value(key, default)).lower()
        return value == "true" if value in ("true", "false") else default

    def choice(self, key: str, choices: tuple[Choice, ...]) -> Choice:
        """One of `choices`; the first when nothing usable is stored."""
        value = self.text(key)
        return next((choice for choice in choices if choice == value), choices[0])

    def bytes(self, key: str) -> QByteArray | None:
        value = self._value(key)
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def set(self, key: str, value: str | bool | QByteArray) -> None:
        if self.kept:
            self._ini.setValue(key, value)
        else:
            self._unkept[key] = value

    def remove(self, key: str) -> None:
        if self.kept:
            self._ini.remove(key)
        else:
            self._unkept[key] = None

    def keys_of(self, group: str) -> list[str]:
        """The keys below `group`, without its name."""
        begin = group + "/"
        keys = dict.fromkeys([*self._ini.allKeys(), *self._unkept])
        return [key.removeprefix(begin) for key in keys if key.startswith(begin)]

    def save(self) -> None:
        if self.kept:
            self._ini.sync()
