"""The same answers whoever runs a network, and no network that is reached for."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.arrays import Floats
from engine.runtime.autotune import logits_of
from engine.runtime.backend import (
    PLAIN,
    can_run,
)
from engine.runtime.fallback import make_run
from engine.runtime.parts import network_of, relative_error
from engine.runtime.torch_run import TorchRun
from tests.engine.runtime.prepared import (
    INT8,
    OPENVINO,
    Prepared,
    exactly,
    named_father,
    wandering,
)

pytestmark = pytest.mark.slow


def test_landmarks_are_judged_by_openvino_as_by_torch(ksl13: Prepared) -> None:
    run = make_run(ksl13.bundle, "landmarks", OPENVINO, ksl13.cache)
    for clip in wandering(ksl13.bundle, 6):
        found, exact = run(clip), exactly(ksl13.bundle, "landmarks", clip)
        assert len(found) == len(exact) == 2
        for a, b in zip(found, exact, strict=True):
            assert a.shape == b.shape and relative_error(a, b) < 1e-4
        assert int(found[0].argmax()) == int(exact[0].argmax())


def test_pictures_are_judged_by_openvino_as_by_torch(
    asl20: Prepared, motions: Sequence[Floats]
) -> None:
    run = make_run(asl20.bundle, "video", OPENVINO, asl20.cache)
    network = TorchRun(network_of(asl20.bundle, "video"), video=True)
    for clip in motions:
        found, exact = run(clip), network(clip)
        assert len(found) == len(exact)
        for a, b in zip(found, exact, strict=True):
            assert a.shape == b.shape and relative_error(a, b) < 1e-4
        for a, b in zip(found[:2], exact[:2], strict=True):
            assert int(a.argmax()) == int(b.argmax())


def test_answers_are_the_callers_own(ksl13: Prepared) -> None:
    """OpenVINO writes the next answer where the last one stood."""
    run = make_run(ksl13.bundle, "landmarks", OPENVINO, ksl13.cache)
    one, other = wandering(ksl13.bundle, 2)
    first = run(one)
    kept = [array.copy() for array in first]
    run(other)
    assert all(np.array_equal(a, b) for a, b in zip(first, kept, strict=True))


@pytest.mark.skipif(can_run(INT8) is not None, reason="this processor does not compute in int8")
def test_int8_is_as_good_as_its_card_says(asl20: Prepared, motions: Sequence[Floats]) -> None:
    quantised = asl20.bundle.card.networks.quantised
    assert quantised is not None
    run = make_run(asl20.bundle, "video", INT8, asl20.cache)
    network = TorchRun(network_of(asl20.bundle, "video"), video=True)
    pairs = [(run(clip), network(clip)) for clip in motions]
    errors = [relative_error(logits_of(a, "video"), logits_of(b, "video")) for a, b in pairs]
    assert 0 < max(errors) < 5 * quantised.relative_error
    same = sum(int(a[0].argmax()) == int(b[0].argmax()) for a, b in pairs)
    assert same >= len(motions) - 1


def test_a_sign_is_named_by_openvino_as_by_torch(asl20: Prepared) -> None:
    plain = named_father(asl20.bundle, str(PLAIN), asl20.cache)
    quick = named_father(asl20.bundle, str(OPENVINO), asl20.cache)
    assert quick.sign == plain.sign == "father"
    assert quick.confidence == pytest.approx(plain.confidence, abs=0.01)
    assert quick.trace is not None and plain.trace is not None
    assert np.allclose(quick.trace.acc_g, plain.trace.acc_g, atol=1e-3)
    assert np.allclose(quick.trace.gyro_dps, plain.trace.gyro_dps, atol=0.1)


def test_converting_quantising_and_running_reach_for_no_network(
    offline: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, _ = offline
    assert done.returncode == 0, done.stderr
    assert done.stdout == "silent\n"
