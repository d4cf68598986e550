"""What was chosen stays chosen, whatever fails in between."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.live.live_engine import LiveEngine
from engine.messages import Message
from tests.engine.worker.test_client import PLAIN, networks_here, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def engine() -> Iterator[LiveEngine]:
    engine = LiveEngine("reference:father", "ksl13", runtime=PLAIN)
    engine.start()
    yield engine
    assert engine.stop()


def test_a_runtime_that_is_chosen_with_a_bundle_that_fails_is_used(
    engine: LiveEngine, tmp_path: Path
) -> None:
    wait_until(engine, lambda state: state.ready and state.landmarks is not None)
    engine.set_runtime("openvino-fp32")
    engine.set_bundle(str(tmp_path / "no bundle"))
    state = wait_until(engine, lambda state: state.bundle_error is not None)
    assert isinstance(state.bundle_error, Message) and "no bundle" in state.bundle_error
    # It runs the vocabulary that stays, which brings what it reads.
    state = wait_until(engine, lambda state: state.runtime == "OpenVINO fp32")
    assert (state.bundle, state.ready) == ("ksl13", True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to end it with")
def test_the_bundle_that_stayed_is_there_after_a_crash_too(
    engine: LiveEngine, tmp_path: Path
) -> None:
    wait_until(engine, lambda state: state.ready and state.landmarks is not None)
    engine.set_bundle(str(tmp_path / "no bundle"))
    wait_until(engine, lambda state: state.bundle_error is not None)
    (victim,) = networks_here()
    os.kill(victim, signal.SIGKILL)
    state = wait_until(engine, lambda state: state.restarting is not None)
    assert isinstance(state.restarting, Message)
    assert state.restarting.code == "live.stopped"
    state = wait_until(engine, lambda state: state.ready and state.landmarks is not None)
    assert state.bundle == "ksl13"
    assert state.restarting is None
    assert "no bundle" in (state.bundle_error or "")
