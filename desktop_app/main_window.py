"""The window: one page, a menu for everything, settings that are remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox

from desktop_app.appearance.theme import ThemeChoice, apply_theme, choose_theme
from desktop_app.choices.camera_list import CameraList
from desktop_app.choices.camera_watch import CameraWatch
from desktop_app.choices.choice_actions import choice_actions
from desktop_app.choices.file_dialogs import last_folder, remember_folder
from desktop_app.choices.picture_menu import PictureMenu
from desktop_app.choices.speed_menu import SpeedMenu
from desktop_app.choices.start_fallback import StartFallback
from desktop_app.glove.glove_control import DIALOG_SIZE, GloveControl
from desktop_app.live.lesson_control import LessonControl
from desktop_app.live.live_page import LivePage
from desktop_app.live.stall_watch import StallWatch
from desktop_app.live.transcript.clearing import Clearing
from desktop_app.settings import Settings
from desktop_app.taught_folder import default_taught_folder
from desktop_app.teach.teach_dialog import TeachDialog
from desktop_app.texts.translation import LANGUAGES, Translation
from desktop_app.widgets.scrolling_message import ScrollingMessage
from desktop_app.window.about import AboutDialog
from desktop_app.window.data_folders import data_folders
from desktop_app.window.first_size import dialog_size, keep_on_screen, place_window
from desktop_app.window.key_help import KeyHelp
from desktop_app.window.presentation import Presentation
from desktop_app.window.second_copy import SecondCopyNote
from desktop_app.window.settings_notes import SettingsNotes
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.sources.cameras.camera_listing import CameraInfo
from engine.teaching.taught_store import TaughtStore

# Twice a camera's rate: a new picture waits 16 ms at most, and nothing is drawn without one.
_PAINT_PERIOD_MS = 16
_SWITCHES = ("overlay", "traces", "left_handed")
_THEMES = ("system", "light", "dark")
DEFAULT_BUNDLE = "asl20"


class MainWindow(QMainWindow):
    """Owns the engine from its start to its end."""

    def __init__(
        self, engine: LiveEngine, settings: Settings, translation: Translation, bundle: str
    ) -> None:
        super().__init__()
        self.engine, self.settings, self.translation = engine, settings, translation
        self._bundle = bundle
        self._bundle_to_keep: str | None = None
        self._source_to_keep: str | None = None
        self._was_ready = False
        self.taught = TaughtStore(default_taught_folder())
        self.teach: TeachDialog | None = None
        engine.set_taught(self.taught.folder)
        self.last_state: LiveState = engine.latest()
        self.page = LivePage(self)
        self.setCentralWidget(self.page)
        self.presentation = Presentation(self, self.page)
        self.page.mirror.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.page.mirror.setFocus()
        self.stalls = StallWatch(self)
        self.clearing = Clearing(engine, self.page.transcript, self)
        self.glove = GloveControl(engine, settings, self.page.notes, self)
        self.lessons = LessonControl(engine, settings, self.page.lesson_chooser, self)
        self._make_actions()
        self._make_menus()
        self.presentation.leave_asked.connect(
            lambda: self.actions_by_name["full_screen"].setChecked(False)
        )
        self._restore()
        self.fallback = StartFallback(engine, settings, self.page.notes, DEFAULT_BUNDLE, self)
        self.fallback.may_come_back.connect(self.page.source_chooser.remember)
        self.settings_notes = SettingsNotes(settings, self.page.notes, self)
        self.cameras, self.camera_watch = CameraList(self), CameraWatch(engine)
        self.cameras.found.connect(self._cameras_found)
        self.cameras.watch()
        self.page.source_chooser.opening.connect(self.cameras.refresh)
        self.page.source_chooser.chosen.connect(self.choose_source)
        self.page.bundle_chooser.chosen.connect(self.choose_bundle)
        self.page.clear_asked.connect(self.clearing.clear)
        if not settings.kept:
            # When the window is there for it to stand before.
            QTimer.singleShot(0, self, lambda: SecondCopyNote(self).open())
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._paint = QTimer(self)
        self._paint.setTimerType(Qt.TimerType.PreciseTimer)
        self._paint.timeout.connect(self.show_latest)
        self._paint.start(_PAINT_PERIOD_MS)

    # -- what the user does ----------------------------------------------------------------------

    def choose_source(self, spec: str) -> None:
        self._source_to_keep = spec
        self.fallback.source_chosen()
        self.page.source_chooser.set_current(spec)
        self.engine.set_source(spec)

    def _cameras_found(self, cameras: list[CameraInfo]) -> None:
        self.page.source_chooser.set_cameras(cameras)
        self.camera_watch.cameras_found(cameras, self.fallback.preferred)

    def set_mirrored(self, on: bool) -> None:
        self.page.mirror.mirrored = on
        self.page.mirror.update()
        if self.teach is not None:
            self.teach.parts.stage.mirrored = on

    def choose_bundle(self, name: str) -> None:
        self._bundle = self._bundle_to_keep = name
        self.fallback.bundle_chosen()
        self.page.bundle_chooser.show_bundles(name, self.translation.language)
        self.engine.set_bundle(name)

    def set_overlay(self, on: bool) -> None:
        self.settings.set("overlay", on)
        self.page.mirror.overlay = on
        self.page.mirror.update()

    def set_traces(self, on: bool) -> None:
        self.settings.set("traces", on)
        self.page.want_traces(on)

    def set_left_handed(self, on: bool) -> None:
        self.settings.set("left_handed", on)
        self.engine.set_left_handed(on)

    def open_teach(self) -> None:
        """The dialog in which signs are taught; the mirror goes on behind it."""
        if self.teach is not None:
            return
        dialog = self.teach = TeachDialog(self.taught, self.engine.takes, self)
        dialog.set_language(self.translation.language)
        dialog.set_theme(self.page.theme)
        dialog.parts.stage.mirrored = self.page.mirror.mirrored
        dialog.set_left_handed(self.settings.flag("left_handed", False))
        dialog.left_handed_changed.connect(self.actions_by_name["left_handed"].setChecked)
        dialog.bundle_wanted.connect(self.choose_bundle)
        dialog.changed.connect(lambda: self.engine.set_taught(self.taught.folder))
        dialog.finished.connect(self._teach_closed)
        dialog.resize(dialog_size(self, QSize(1480, 940)))
        dialog.show_state(self.last_state)
        dialog.open()
        keep_on_screen(dialog)

    def open_glove(self) -> None:
        """The dialog in which gloves are put on; the mirror goes on behind it."""
        dialog = self.glove.open(self.page.theme, self.translation.language)
        dialog.resize(dialog_size(self, DIALOG_SIZE))
        dialog.show_state(self.last_state)
        dialog.open()
        keep_on_screen(dialog)

    def _teach_closed(self) -> None:
        dialog, self.teach = self.teach, None
        if dialog is not None:
            dialog.deleteLater()

    def set_full_screen(self, on: bool) -> None:
        """The picture and the sign alone, as large as the screen; then everything as it was."""
        self.presentation.show(on)

    def set_details(self, on: bool) -> None:
        self.settings.set("details", on)
        self.page.details.set_open(on)

    def set_theme(self, choice: str) -> None:
        self.settings.set("theme", choice)
        theme = choose_theme(cast(ThemeChoice, choice))
        apply_theme(cast(QApplication, QApplication.instance()), theme)
        self.page.set_theme(theme)
        self.glove.set_theme(theme)
        if self.teach is not None:
            self.teach.set_theme(theme)

    def set_language(self, language: str) -> None:
        self.settings.set("language", language)
        self.translation.use(language)
        self.page.set_language(self.translation.language)
        self.glove.set_language(self.translation.language)
        self.page.bundle_chooser.show_bundles(self._bundle, self.translation.language)

    def show_latest(self) -> None:
        """Bring the page up to date; called by the paint timer."""
        state = self.last_state = self.engine.latest()
        if state.ready and not self._was_ready:
            # From here on nothing is loaded any more, and the window has no excuse.
            self._was_ready = True
            self.stalls.restart()
        if self._bundle_to_keep == state.bundle and self._bundle_to_keep and not state.bundle_error:
            # Only one that could be loaded: a broken one must not come back at the next start.
            self.settings.set("bundle", self._bundle_to_keep)
            self._bundle_to_keep = None
        if self._source_to_keep == state.source_spec and state.source_state == "open":
            # Only one that gave pictures, for the same reason.
            # A camera by its name: its number may be another one by then.
            camera = state.camera
            self.settings.set("source", camera.spec if camera else self._source_to_keep)
            self._source_to_keep = None
        instead = self.fallback.see(state)
        if instead is not None:
            self._bundle = instead
            self.page.bundle_chooser.show_bundles(instead, self.translation.language)
        self.picture.show_state(state)
        self.page.show_state(state, self.stalls.longest_ms)
        self.glove.show_state(state)
        if self.teach is not None:
            self.teach.show_state(state)

    def _make_actions(self) -> None:
        chooser = self.page.source_chooser
        self.actions_by_name: dict[str, QAction] = {}

        def add(name: str, keys: str, work: Callable[..., object], check: bool = False) -> None:
            action = QAction(self)
            action.setCheckable(check)
            action.setShortcuts([QKeySequence(key) for key in keys.split()])
            (action.toggled if check else action.triggered).connect(work)
            self.addAction(action)
            self.actions_by_name[name] = action

        add("file", "Ctrl+O", lambda: chooser.choose_file())
        add("source", "Ctrl+K", self.page.open_sources)
        add("address", "Ctrl+N", lambda: chooser.choose_address())
        add("quit", "Ctrl+Q", self.close)
        add("overlay", "O", self.set_overlay, check=True)
        add("traces", "T", self.set_traces, check=True)
        add("details", "", self.set_details, check=True)
        add("full_screen", "F11", self.set_full_screen, check=True)
        add("left_handed", "L", self.set_left_handed, check=True)
        add("copy", "Ctrl+C Ctrl+Shift+C", self.page.copy_signs)
        add("clear", "Ctrl+Backspace", self.clearing.clear)
        add("undo", "Ctrl+Z", self.clearing.undo)
        self.actions_by_name["undo"].setEnabled(False)
        self.clearing.can_undo.connect(self.actions_by_name["undo"].setEnabled)
        add("teach", "Ctrl+T", self.open_teach)
        add("glove", "Ctrl+G", self.open_glove)
        add("shortcuts", "F1", self.show_shortcuts)
        add("about", "", self.show_about)
        self.page.add_button(self.actions_by_name["teach"])
        self.page.add_button(self.actions_by_name["glove"])
        self.page.add_switches([self.actions_by_name[name] for name in _SWITCHES])
        self.theme_actions = choice_actions(self, _THEMES, self.set_theme)
        self.language_actions = choice_actions(self, tuple(LANGUAGES), self.set_language)

    def _make_menus(self) -> None:
        act = self.actions_by_name
        bar = self.menuBar()
        self.menus: dict[str, QMenu] = {
            name: bar.addMenu("") for name in ("source", "view", "signs", "help")
        }
        for name in ("file", "source", "address", "quit"):
            self.menus["source"].addAction(act[name])
        self.picture = PictureMenu(self.settings, self.engine, self)
        self.picture.insert(self.menus["source"], act["quit"])
        self.picture.mirrored.connect(self.set_mirrored)
        for name in ("overlay", "traces", "details", "full_screen"):
            self.menus["view"].addAction(act[name])
        self.menus["view"].addSeparator()
        self.menus["theme"] = self.menus["view"].addMenu("")
        self.menus["theme"].addActions(list(self.theme_actions.values()))
        self.menus["language"] = self.menus["view"].addMenu("")
        self.menus["language"].addActions(list(self.language_actions.values()))
        self.speed = SpeedMenu(self.settings, self)
        self.speed.budget_chosen.connect(self.engine.set_budget)
        self.speed.runtime_chosen.connect(self.engine.set_runtime)
        bar.insertMenu(self.menus["help"].menuAction(), self.speed)
        for name in ("teach", "glove", "left_handed", "copy", "clear", "undo"):
            self.menus["signs"].addAction(act[name])
        for name in ("shortcuts", "about"):
            self.menus["help"].addAction(act[name])
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle("SignMirror")
        self.speed.retranslate()
        self.picture.retranslate()
        for menu, text in (
            ("source", self.tr("&Picture")),
            ("view", self.tr("&View")),
            ("signs", self.tr("Si&gns")),
            ("help", self.tr("&Help")),
            ("theme", self.tr("&Colours")),
            ("language", self.tr("&Language")),
        ):
            self.menus[menu].setTitle(text)
        for name, text in (
            ("file", self.tr("Open &video file…")),
            ("source", self.tr("Choose &source…")),
            ("address", self.tr("&Network camera…")),
            ("quit", self.tr("&Quit")),
            ("overlay", self.tr("Show &skeleton")),
            ("traces", self.tr("Show &traces")),
            ("details", self.tr("Show &details")),
            ("full_screen", self.tr("&Full screen: picture and sign alone")),
            ("left_handed", self.tr("I sign with my &left hand")),
            ("teach", self.tr("&Teach a sign…")),
            ("glove", self.tr("&Glove…")),
            ("copy", self.tr("&Copy signs")),
            ("clear", self.tr("Clea&r signs")),
            ("undo", self.tr("&Undo clear")),
            ("shortcuts", self.tr("&Keyboard")),
            ("about", self.tr("&About SignMirror")),
        ):
            self.actions_by_name[name].setText(text)
        for name, text in (
            ("overlay", self.tr("Skeleton")),
            ("traces", self.tr("Traces")),
            ("left_handed", self.tr("Left-handed")),
            ("teach", self.tr("Teach a sign…")),
            ("glove", self.tr("Glove…")),
        ):
            action = self.actions_by_name[name]
            action.setIconText(text)
            action.setToolTip(f"{action.text().replace('&', '')} ({action.shortcut().toString()})")
        for name, text in (
            ("system", self.tr("As the computer")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme_actions[name].setText(text)
        for name, text in LANGUAGES.items():
            self.language_actions[name].setText(text)

    def show_shortcuts(self) -> None:
        box = ScrollingMessage(self)
        box.setWindowTitle(self.tr("Keyboard"))
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(KeyHelp(box).table(self.actions_by_name.values()))
        box.addButton(self.tr("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Not exec(): the mirror goes on behind it.
        box.open()

    def show_about(self) -> None:
        about = AboutDialog(data_folders(self.settings.file, self.taught.folder), self)
        about.open()
        keep_on_screen(about)

    def _restore(self) -> None:
        settings, act = self.settings, self.actions_by_name
        theme = settings.choice("theme", _THEMES)
        self.theme_actions[theme].setChecked(True)
        self.set_theme(theme)
        self.language_actions[self.translation.language].setChecked(True)
        self.page.set_language(self.translation.language)
        self.page.bundle_chooser.show_bundles(self._bundle, self.translation.language)
        for name, default in (
            ("overlay", True),
            ("traces", True),
            ("left_handed", False),
            ("details", False),
        ):
            on = settings.flag(name, default)
            act[name].setChecked(on)
        self.page.mirror.overlay = act["overlay"].isChecked()
        self.page.mirror.mirrored = self.picture.mirror.isChecked()
        self.page.want_traces(act["traces"].isChecked())
        self.page.details.opened.connect(act["details"].setChecked)
        remember_folder(settings.text("folder"))
        place_window(self, settings.bytes("geometry"))

    def _follow_system(self) -> None:
        if self.settings.choice("theme", _THEMES) == "system":
            self.set_theme("system")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.WindowStateChange and self.presentation.was_left():
            # The desktop has ways of its own out of full screen.
            self.actions_by_name["full_screen"].setChecked(False)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._paint.stop()
        if self.teach is not None:
            self.teach.end()
        self.glove.end()
        self.last_state = self.engine.latest()
        self.actions_by_name["full_screen"].setChecked(False)
        self.settings.set("geometry", self.saveGeometry())
        self.settings.set("folder", last_folder())
        self.settings.save()
        self.settings.release()
        self.engine.stop()
        self.cameras.stop()
        super().closeEvent(event)
