"""Why something does not work is said in the window's language, wherever it is said."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import engine.teaching.taught_store
from desktop_app.app import make_window
from desktop_app.choices.address_dialog import AddressDialog
from desktop_app.live.live_page import LivePage
from desktop_app.settings import Settings
from desktop_app.teach.teach_dialog import TeachDialog
from desktop_app.texts.translation import Translation
from engine.bundle import BundleError, load_bundle
from engine.live.live_state import LiveState
from engine.messages import Message
from engine.sources.errors import SourceError
from engine.sources.opening import open_source
from engine.teaching.taught_index import TaughtSignError
from engine.teaching.taught_store import TaughtStore
from tests.desktop_app.live.test_live_page import OPEN, PREDICTION
from tests.desktop_app.teach.teach_steps import said


@pytest.fixture
def vietnamese(application: QApplication) -> Iterator[Translation]:
    translation = Translation(application)
    translation.use("vi")
    yield translation
    translation.use("en")


@pytest.fixture
def page(vietnamese: Translation, qtbot: QtBot) -> LivePage:
    page = LivePage()
    qtbot.addWidget(page)
    page.resize(1280, 690)
    page.show()
    return page


def _banner(page: LivePage, state: LiveState) -> str:
    page.show_state(state, 4.0)
    assert page.banner.isVisible()
    return page.banner.label.text()


def _refusal(bundle: Path) -> Message:
    with pytest.raises(BundleError) as caught:
        load_bundle(bundle)
    return caught.value.message


def test_a_missing_file_is_told_by_the_whole_window(
    application: QApplication, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "none.mp4"
    window = make_window(application, settings, source=str(file), language="vi")
    qtbot.addWidget(window)
    window.show()
    try:
        qtbot.waitUntil(window.page.banner.isVisible)
        text = window.page.banner.label.text()
        assert text == f"Không dùng được nguồn này. {file}: không có tệp này"
        window.translation.use("en")
        qtbot.waitUntil(lambda: "there is no such file" in window.page.banner.label.text())
    finally:
        window.close()
        window.translation.use("en")
        assert window.engine.stop(60)


def test_a_damaged_vocabulary(page: LivePage, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("{")
    text = _banner(page, replace(OPEN, bundle_error=_refusal(tmp_path), ready=False))
    assert text.startswith("Không dùng được bộ từ vựng này. ")
    assert text.endswith("card.json: thẻ của bộ từ vựng bị hỏng (không phải JSON)")


def test_recognition_that_stopped(page: LivePage) -> None:
    text = _banner(page, replace(OPEN, restarting=Message("live.stopped"), ready=False))
    assert text == "Bộ nhận dạng đã dừng bất ngờ; đang được khởi động lại."


def test_a_landmark_model_that_is_missing(page: LivePage) -> None:
    text = _banner(page, replace(OPEN, sight_error=Message("sight.missing", file="hand.task")))
    assert "hand.task: thiếu mô hình điểm mốc này" in text


def test_a_camera_that_is_gone_for_a_while(page: LivePage) -> None:
    gone = Message("camera.stopped", name="Cam")
    text = _banner(page, replace(OPEN, source_state="lost", source_message=gone))
    assert text.startswith("Cam: camera đã ngừng gửi hình.") and text.endswith("Đang thử lại…")


def test_another_runtime_than_was_wanted(page: LivePage) -> None:
    note = Message(
        "runtime.instead",
        title="CUDA fp32",
        reason=Message("runtime.no-card"),
        used="PyTorch fp32",
    )
    state = replace(OPEN, runtime_note=note)
    words = "CUDA fp32: máy này không có card đồ họa CUDA; thay vào đó dùng PyTorch fp32"
    assert _banner(page, state) == words
    page.strip.show_state(state, 4.0)
    assert words in page.strip.labels["device"].toolTip()


def test_taught_signs_that_cannot_be_read(page: LivePage, tmp_path: Path) -> None:
    (tmp_path / "taught.json").write_text("{")
    with pytest.raises(TaughtSignError) as caught:
        TaughtStore(tmp_path).signs()
    text = _banner(page, replace(OPEN, taught_error=caught.value.message))
    assert text.startswith("Không dùng được các ký hiệu đã dạy. ")
    assert text.endswith("taught.json: danh sách ký hiệu đã dạy này bị hỏng.")


def test_a_hint(page: LivePage) -> None:
    nothing = replace(PREDICTION, sign=None)
    state = replace(OPEN, prediction=nothing, prediction_count=2, hint=Message("hint.too-dark"))
    page.show_state(state, 4.0)
    assert page.on_picture.hint.text() == "Quá tối: hãy bật đèn phía trước bạn."


def test_figures_are_written_as_in_the_language(page: LivePage) -> None:
    page.show_state(replace(OPEN, preparing=0.83), 4.0)
    texts = [label.text() for label in page.strip.labels.values()]
    assert texts[0] == "Camera 30,0 hình/giây"
    assert texts[-1] == "Đang tăng tốc các mạng nơ-ron: 83\N{NO-BREAK SPACE}%"


def test_a_full_disk_while_a_sign_is_taught(
    vietnamese: Translation,
    dialog: TeachDialog,
    taught: TaughtStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vietnamese.use("vi")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(engine.teaching.taught_store, "flush", full)
    dialog.choose("tree")
    dialog.parts.name.setText("cây")
    dialog.rename()
    assert said(dialog) == f"{taught.folder}: không thể ghi vào đây (đĩa đã đầy)."


def test_a_file_that_holds_no_signs(
    vietnamese: Translation, dialog: TeachDialog, tmp_path: Path
) -> None:
    vietnamese.use("vi")
    file = tmp_path / "letter.signs"
    file.write_bytes(b"dear all")
    dialog.exchange.import_from(file)
    assert said(dialog) == f"{file}: đây không phải tệp ký hiệu đã dạy."
    dialog.parts.name.setText("")
    dialog.choose("")
    dialog.record()
    assert said(dialog) == "Hãy đặt tên cho ký hiệu."


def test_an_address_that_is_none_and_one_that_refuses(
    vietnamese: Translation, qtbot: QtBot
) -> None:
    dialog = AddressDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.field.setText("htp://x")
    dialog.open_button.click()
    assert dialog.problem.text().startswith("htp://x: không có loại địa chỉ htp://")
    dialog.field.setText("http://127.0.0.1:9/video")
    dialog.open_button.click()
    assert dialog.problem.text() == "Đang kết nối…"
    qtbot.waitUntil(lambda: "kết nối bị từ chối" in dialog.problem.text())


def test_an_unknown_host(page: LivePage) -> None:
    with pytest.raises(SourceError, match="no such host") as caught:
        open_source("http://nobody.invalid/video")
    state = replace(OPEN, source_state="failed", source_message=caught.value.message)
    text = _banner(page, state)
    assert "nobody.invalid: không có máy chủ này." in text
