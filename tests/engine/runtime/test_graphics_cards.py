"""Graphics cards are told by their driver, without torch; whatever it answers, nothing fails."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pytest
import torch

from engine.runtime import graphics_cards
from engine.runtime.graphics_cards import card_names


class Driver:
    """Answers as CUDA's driver does; `refuses` names a call that fails."""

    def __init__(self, names: Sequence[bytes], refuses: str = "") -> None:
        self._names, self._refuses = names, refuses

    def __getattr__(self, call: str) -> Any:
        return (lambda *_: 100) if call == self._refuses else getattr(self, f"_{call}")

    def _cuInit(self, flags: int) -> int:  # noqa: N802
        return flags

    def _cuDeviceGetCount(self, count: Any) -> int:  # noqa: N802
        count._obj.value = len(self._names)
        return 0

    def _cuDeviceGet(self, device: Any, number: int) -> int:  # noqa: N802
        device._obj.value = number
        return 0

    def _cuDeviceGetName(self, name: Any, size: int, device: ctypes.c_int) -> int:  # noqa: N802
        name.value = self._names[device.value][: size - 1]
        return 0


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(graphics_cards.sys, "platform", "linux")
    return monkeypatch


def test_every_card_is_named_in_order(linux: pytest.MonkeyPatch) -> None:
    linux.setattr(ctypes, "CDLL", lambda _: Driver([b"Card A", b"Card B"]))
    assert card_names() == ("Card A", "Card B")


@pytest.mark.parametrize("call", ["cuInit", "cuDeviceGetCount", "cuDeviceGet", "cuDeviceGetName"])
def test_a_driver_that_fails_has_no_cards(linux: pytest.MonkeyPatch, call: str) -> None:
    linux.setattr(ctypes, "CDLL", lambda _: Driver([b"Card A"], refuses=call))
    assert card_names() == ()


def test_without_a_driver_there_are_none(linux: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    linux.setattr(ctypes, "CDLL", missing)
    assert card_names() == ()


def test_a_system_without_cuda_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics_cards.sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: pytest.fail("asked"))
    assert card_names() == ()


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA card here")
def test_it_says_what_torch_says() -> None:
    count = torch.cuda.device_count()
    assert card_names() == tuple(torch.cuda.get_device_name(i) for i in range(count))
