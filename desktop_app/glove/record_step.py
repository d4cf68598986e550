"""Takes for training: the glove beside the picture, kept where the person says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.choices.file_dialogs import folder_to_open
from desktop_app.texts.engine_texts import in_words
from engine.live.live_state import LiveState
from engine.live.paired_take import (
    PairedTake,
    PairedTakeError,
    PairedTakeRecorder,
    file_name,
    save_take,
    throw_away,
)

COUNT_DOWN = 3
_SHORTEST_S, _LONGEST_S, _USUAL_S = 1, 10, 3
_FOLDER = "SignMirror"


class RecordStep(QWidget):
    """A take is written as soon as it is done; the last one can be thrown away again. Pictures are
    kept only where that was agreed to, for this take and this one alone."""

    def __init__(
        self,
        recorder: PairedTakeRecorder,
        parent: QWidget | None = None,
        *,
        choose_folder: Callable[[QWidget, str], str] | None = None,
    ) -> None:
        """`choose_folder`: asks for one under a title; '' for none."""
        super().__init__(parent)
        self._recorder = recorder
        self._choose = choose_folder or folder_to_open
        self._left = 0
        self._last: Path | None = None
        self._waits = False
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.folder = Path(documents) / _FOLDER
        self.intro, self.said = QLabel(self), QLabel(self)
        self.sign_label, self.sign = QLabel(self), QLineEdit(self)
        self.signer_label, self.signer = QLabel(self), QLineEdit(self)
        self.length_label, self.length = QLabel(self), QSpinBox(self)
        self.folder_label, self.folder_button = QLabel(self), QPushButton(self)
        self.film = QCheckBox(self)
        self.record, self.throw_away = QPushButton(self), QPushButton(self)
        self.progress = QProgressBar(self)
        for label in (self.intro, self.said, self.folder_label):
            label.setWordWrap(True)
        self.said.setObjectName("instruction")
        self.folder_label.setObjectName("quiet")
        self.length.setRange(_SHORTEST_S, _LONGEST_S)
        self.length.setValue(_USUAL_S)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.record.setDefault(True)
        for button in (self.folder_button, self.throw_away):
            button.setAutoDefault(False)
        for label, field in (
            (self.sign_label, self.sign),
            (self.signer_label, self.signer),
            (self.length_label, self.length),
        ):
            label.setBuddy(field)
        self._arrange()
        self.record.clicked.connect(self._press)
        # Another person is asked anew.
        self.signer.textEdited.connect(lambda _: self.film.setChecked(False))
        self.throw_away.clicked.connect(self._throw_away)
        self.folder_button.clicked.connect(self._choose_folder)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._count)
        self.retranslate()
        self._show()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.addRow(self.sign_label, self.sign)
        form.addRow(self.signer_label, self.signer)
        form.addRow(self.length_label, self.length)
        place = QHBoxLayout()
        place.addWidget(self.folder_label, 1)
        place.addWidget(self.folder_button)
        buttons = QHBoxLayout()
        buttons.addWidget(self.record)
        buttons.addWidget(self.throw_away)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(10)
        column.addWidget(self.intro)
        column.addLayout(form)
        column.addWidget(self.film)
        column.addLayout(place)
        column.addStretch(1)
        column.addWidget(self.said)
        column.addWidget(self.progress)
        column.addLayout(buttons)

    # -- a take ----------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._left > 0 or self._waits

    def _press(self) -> None:
        if self.busy:
            self.stop()
            return
        try:
            file_name(self.sign.text())
            file_name(self.signer.text())
        except PairedTakeError as error:
            self.said.setText(in_words(error.message))
            return
        self._left = COUNT_DOWN
        self._timer.start(1000)
        self._show()

    def stop(self) -> None:
        """Nothing of an unfinished take is kept."""
        self._timer.stop()
        if not self.busy:
            return
        self._left, self._waits = 0, False
        self._recorder.cancel()
        self.film.setChecked(False)
        self.said.setText("")
        self._show()

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
            self._waits = True
            self._recorder.start(float(self.length.value()), film=self.film.isChecked())
        self._show()

    def show_state(self, state: LiveState) -> None:
        if not self._waits:
            return
        take = self._recorder.state()
        self.progress.setValue(round(100 * take.progress))
        if take.phase == "failed":
            self._waits = False
            self.film.setChecked(False)
            # "The last one" would be read as this take, and mean the good one before it.
            self._last = None
            self._show()
            self.said.setText(in_words(take.message))
        elif take.phase == "done" and take.take is not None:
            self._waits = False
            self._recorder.cancel()
            self._keep(take.take)
            self._show()

    def _keep(self, take: PairedTake) -> None:
        # Whoever signs agreed for this take, and for no other.
        self.film.setChecked(False)
        self._last = None
        try:
            self._last = save_take(take, self.folder, self.sign.text(), self.signer.text())
        except PairedTakeError as error:
            self.said.setText(in_words(error.message))
            return
        place = f"{self._last.parent.name} / {self._last.name}"
        self.said.setText(self.tr("Kept: %1").replace("%1", place))

    def _throw_away(self) -> None:
        last = self._last
        if last is not None:
            try:
                throw_away(last)
            except PairedTakeError as error:
                self.said.setText(in_words(error.message))
                return
            self._last = None
            self.said.setText(self.tr("Thrown away: %1").replace("%1", last.name))
        self._show()

    def _choose_folder(self) -> None:
        chosen = self._choose(self, self.tr("Folder for takes"))
        if chosen:
            self.folder = Path(chosen)
            self._show()

    # -- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._left > 0:
            self.said.setText(self.tr("Ready… %1").replace("%1", str(self._left)))
        elif self._waits:
            self.said.setText(self.tr("Sign now"))
        self.record.setText(self.tr("Stop") if self.busy else self.tr("Record"))
        self.progress.setVisible(self._waits)
        self.throw_away.setVisible(self._last is not None and not self.busy)
        for field in (self.sign, self.signer, self.length, self.film, self.folder_button):
            field.setEnabled(not self.busy)
        self.folder_label.setText(self.tr("Kept in %1").replace("%1", str(self.folder)))

    def retranslate(self) -> None:
        self.intro.setText(
            self.tr(
                "For whoever trains a vocabulary of their own: where your joints are and what the"
                " glove measures is kept, take by take. “graph folder” learns from it, and with"
                " films “prepare folder” reads it too."
            )
        )
        self.sign_label.setText(self.tr("Si&gn"))
        self.signer_label.setText(self.tr("&Who signs"))
        self.length_label.setText(self.tr("&Seconds"))
        self.folder_button.setText(self.tr("Another folder…"))
        self.film.setText(self.tr("Keep the film too: whoever signs agrees to it"))
        self.throw_away.setText(self.tr("Throw the last one away"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
