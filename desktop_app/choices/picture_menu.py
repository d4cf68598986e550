"""How the picture is shown and taken: mirrored or not, turned, how large; for each camera."""

from __future__ import annotations

from urllib.parse import quote, unquote

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop_app.choices.choice_actions import choice_actions
from desktop_app.settings import Settings
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.sources.address import AddressError, StreamAddress, read_address, shown_address
from engine.sources.cameras.camera_listing import CameraInfo
from engine.sources.cameras.camera_modes import SIZES, CameraSizes, camera_key, read_size, size_text
from engine.sources.cameras.orientation import TURNS, read_turn

_AUTOMATIC = "automatic"


def remembered_sizes(settings: Settings, sizes: CameraSizes) -> None:
    """What was chosen for cameras some day, before the first one is opened."""
    for key in settings.keys_of("size"):
        sizes.choose(unquote(key), read_size(settings.text(f"size/{key}")))


class PictureMenu(QObject):
    """Three entries for the menu of the picture. What is mirrored is only shown so; what is turned
    is recognised so."""

    mirrored = Signal(bool)

    def __init__(self, settings: Settings, engine: LiveEngine, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._engine = settings, engine
        self._shown: tuple[str, CameraInfo | None] | None = None
        self._key, self._camera = "", ""
        self.mirror = QAction(self)
        self.mirror.setCheckable(True)
        self.mirror.setChecked(settings.flag("mirrored", True))
        self.mirror.toggled.connect(self._mirror)
        self.turn_menu, self.size_menu = QMenu(), QMenu()
        self.turns = choice_actions(self, tuple(map(str, TURNS)), self._turn)
        self.turns["0"].setChecked(True)
        self.turn_menu.addActions(list(self.turns.values()))
        self.sizes = choice_actions(self, (_AUTOMATIC, *map(size_text, SIZES)), self._choose_size)
        self.size_menu.addActions(list(self.sizes.values()))
        self.retranslate()

    def insert(self, menu: QMenu, before: QAction) -> None:
        """Put the entries into `menu`."""
        for submenu in (self.turn_menu, self.size_menu):
            submenu.setParent(menu, submenu.windowFlags())
        menu.insertSeparator(before)
        menu.insertAction(before, self.mirror)
        menu.insertMenu(before, self.turn_menu)
        menu.insertMenu(before, self.size_menu)
        menu.insertSeparator(before)

    def show_state(self, state: LiveState) -> None:
        """Another source brings its own choices with it."""
        shown = state.source_spec, state.camera
        if shown == self._shown or state.source_state == "opening":
            # Which camera it is, only shows when it is open.
            return
        self._shown = shown
        self._camera = camera_key(state.camera) if state.camera else ""
        self._key = quote(self._camera or _host(state.source_spec), safe="")
        turn = read_turn(self._settings.text(f"turn/{self._key}")) if self._key else 0
        self._engine.turn = turn
        self.turns[str(turn)].setChecked(True)
        self.size_menu.setEnabled(bool(self._camera))
        stored = read_size(self._settings.text(f"size/{self._key}")) if self._camera else None
        self.sizes[size_text(stored) if stored else _AUTOMATIC].setChecked(True)

    def _mirror(self, on: bool) -> None:
        self._settings.set("mirrored", on)
        self.mirrored.emit(on)

    def _turn(self, text: str) -> None:
        self._engine.turn = read_turn(text)
        if self._key:
            # Of a video file it holds as long as it is shown.
            self._settings.set(f"turn/{self._key}", text)

    def _choose_size(self, text: str) -> None:
        self._settings.set(f"size/{self._key}", text)
        self._engine.camera_sizes.choose(self._camera, read_size(text))
        self._engine.set_source(self._engine.source_spec)

    def retranslate(self) -> None:
        self.mirror.setText(self.tr("&Mirrored"))
        self.turn_menu.setTitle(self.tr("&Turn"))
        self.turns["0"].setText(self.tr("&Upright"))
        self.turns["90"].setText(self.tr("A quarter to the &right"))
        self.turns["180"].setText(self.tr("Upside &down"))
        self.turns["270"].setText(self.tr("A quarter to the &left"))
        self.size_menu.setTitle(self.tr("Camera &resolution"))
        self.sizes[_AUTOMATIC].setText(self.tr("&Automatic"))
        for width, height in SIZES:
            self.sizes[size_text((width, height))].setText(f"{width} × {height}")


def _host(spec: str) -> str:
    """What a network camera is remembered by; empty for what is none."""
    try:
        found = read_address(spec)
    except AddressError:
        return ""
    return shown_address(found.address) if isinstance(found, StreamAddress) else ""
