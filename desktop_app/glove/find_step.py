"""Step one: what is there, and what of it is worn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.texts.engine_texts import in_words
from desktop_app.texts.glove_texts import GloveTexts
from engine.glove.detection.listing import FoundDevice, GloveFinder
from engine.glove.glove_state import GloveState
from engine.glove.spec import LOOPBACK, GloveSpecError, parse_spec
from engine.live.live_state import LiveState

_LOOK_MS = 500
_ANYWHERE = "0.0.0.0"


class FindStep(QWidget):
    """Looks only while it is shown. `wear`, `take_off`: what a person wants, as it is written."""

    wear = Signal(str)
    take_off = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = GloveTexts(self)
        self._finder: GloveFinder | None = None
        self._found: tuple[FoundDevice, ...] = ()
        self._gloves: tuple[GloveState, ...] = ()
        self.intro, self.problems, self.about = QLabel(self), QLabel(self), QLabel(self)
        self.list = QListWidget(self)
        self.wear_button = QPushButton(self)
        self.address_label, self.address = QLabel(self), QLineEdit(self)
        self.address_button = QPushButton(self)
        self.network = QCheckBox(self)
        for label in (self.intro, self.problems, self.about):
            label.setWordWrap(True)
        self.problems.setObjectName("quiet")
        self.address_label.setBuddy(self.address)
        self.wear_button.setDefault(True)
        self.address_button.setAutoDefault(False)
        self._arrange()
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.itemActivated.connect(lambda _: self._press())
        self.wear_button.clicked.connect(self._press)
        self.address.returnPressed.connect(self._wear_address)
        self.address_button.clicked.connect(self._wear_address)
        self.network.toggled.connect(lambda _: self._look_anew())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.retranslate()

    def _arrange(self) -> None:
        chosen = QHBoxLayout()
        chosen.addWidget(self.about, 1)
        chosen.addWidget(self.wear_button)
        written = QHBoxLayout()
        written.addWidget(self.address_label)
        written.addWidget(self.address, 1)
        written.addWidget(self.address_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(10)
        column.addWidget(self.intro)
        column.addWidget(self.list, 1)
        column.addLayout(chosen)
        column.addLayout(written)
        column.addWidget(self.network)
        column.addWidget(self.problems)

    # -- looking ---------------------------------------------------------------------------------

    def set_looking(self, on: bool) -> None:
        """Whether devices are looked for."""
        if on and self._finder is None:
            host = _ANYWHERE if self.network.isChecked() else LOOPBACK
            self._finder = GloveFinder(listen_on=host)
            self._finder.start()
            self._timer.start(_LOOK_MS)
        elif not on and self._finder is not None:
            self._timer.stop()
            finder, self._finder = self._finder, None
            finder.leave()

    def _look_anew(self) -> None:
        if self._finder is not None:
            self.set_looking(False)
            self.set_looking(True)

    def _look(self) -> None:
        if self._finder is None:
            return
        self._found = self._finder.found()
        self.problems.setText("\n".join(in_words(line) for line in self._finder.problems()))
        self._show_rows()

    # -- showing ---------------------------------------------------------------------------------

    def show_state(self, state: LiveState) -> None:
        if state.gloves != self._gloves:
            self._gloves = state.gloves
            self._show_rows()

    def _rows(self) -> list[tuple[str, str]]:
        """What is written for each, and what people read: worn ones first."""
        rows = []
        titles = {str(device.spec): device.title for device in self._found}
        for glove in self._gloves:
            title = titles.get(glove.spec) or glove.link.title or glove.spec
            rows.append((glove.spec, f"✓ {title} – {self._texts.link(glove)}"))
        worn = {glove.spec for glove in self._gloves}
        rows += [(spec, title) for spec, title in titles.items() if spec not in worn]
        return rows

    def _show_rows(self) -> None:
        rows, chosen = self._rows(), self.chosen
        shown = [
            (self.list.item(i).data(Qt.ItemDataRole.UserRole), self.list.item(i).text())
            for i in range(self.list.count())
        ]
        if rows != shown:
            self.list.blockSignals(True)
            self.list.clear()
            for spec, text in rows:
                item = QListWidgetItem(text, self.list)
                item.setData(Qt.ItemDataRole.UserRole, spec)
                item.setToolTip(spec)
            places = [spec for spec, _ in rows]
            if places:
                self.list.setCurrentRow(places.index(chosen) if chosen in places else 0)
            self.list.blockSignals(False)
        self._show_chosen()

    @property
    def chosen(self) -> str:
        """As it is written; '' for none."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _glove(self) -> GloveState | None:
        chosen = self.chosen
        return next((glove for glove in self._gloves if glove.spec == chosen), None)

    def _show_chosen(self) -> None:
        glove = self._glove()
        self.wear_button.setEnabled(bool(self.chosen))
        self.wear_button.setText(self.tr("Take off") if glove else self.tr("Wear it"))
        note = next((d.note for d in self._found if str(d.spec) == self.chosen), None)
        text = in_words(note)
        if glove is not None:
            text = self._texts.advice(glove) or glove.link.detail
        elif not self.list.count():
            text = self.tr("Nothing is found yet. Plug the glove in, or switch it on.")
        self.about.setText(text)

    # -- what the person does --------------------------------------------------------------------

    def _press(self) -> None:
        if self._glove() is not None:
            self.take_off.emit(self.chosen)
        elif self.chosen:
            self.wear.emit(self.chosen)

    def _wear_address(self) -> None:
        written = self.address.text().strip()
        if not written:
            return
        try:
            spec = str(parse_spec(written))
        except GloveSpecError as error:
            self.about.setText(in_words(error.message))
            return
        self.address.clear()
        self.wear.emit(spec)

    def retranslate(self) -> None:
        self.intro.setText(
            self.tr("Plug the glove in or switch it on. Choose it in the list, then “Wear it”.")
        )
        self.address_label.setText(self.tr("&Or write its address:"))
        self.address.setPlaceholderText("serial:COM3   udp:9000   phone:192.168.1.5:8080")
        self.address_button.setText(self.tr("Wear it"))
        self.network.setText(self.tr("Listen to other devices of this network too (phones, OSC)"))
        self.list.setAccessibleName(self.tr("Gloves that are found"))
        self._show_rows()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
