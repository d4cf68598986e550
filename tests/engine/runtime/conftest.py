"""Bundles that were made ready for this machine, once for all who look at them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from engine.arrays import Floats
from engine.bundle import Bundle, load_bundle
from engine.clips.clip_views import make_view
from engine.runtime.autotune import convert_part, prepare
from engine.runtime.network_cache import NetworkCache
from engine.runtime.torch_run import leave_a_core
from engine.sources.motion.references import list_references
from engine.sources.opening import open_source
from tests.bundles import without_converted
from tests.conftest import LONGEST_S, ROOT
from tests.engine.runtime.prepared import Prepared

NO_NETWORK = """
import socket, sys
from pathlib import Path

tried = []

def refuse(name):
    def recorded(*arguments, **_):
        tried.append(f"{name} {arguments[-1:]}")
        raise OSError("no network in this test")
    return recorded

socket.socket.connect = refuse("connect")
socket.socket.connect_ex = refuse("connect_ex")
socket.socket.sendto = refuse("sendto")
for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, refuse(name))

from engine.bundle import load_bundle
from engine.runtime.backend import Choice
from engine.runtime.network_cache import NetworkCache
from engine.runtime.backend import openvino
from engine.runtime.parts import example_of
from engine.runtime.autotune import convert_part
from engine.runtime.openvino.quantisation import quantise
from engine.runtime.fallback import make_run

bundle, cache = load_bundle(Path(sys.argv[2])), NetworkCache(Path(sys.argv[1]))
assert convert_part(bundle, "landmarks", cache) is None
clip = example_of(bundle, "landmarks")
make_run(bundle, "landmarks", Choice("openvino", "fp32"), cache)(clip)
model = openvino().Core().read_model(str(cache.converted(bundle, "landmarks")))
quantise(model, [clip])
assert "nncf" in sys.modules
assert tried == [], tried
assert sys.modules["openvino_telemetry"] is None
import psutil
assert psutil.Process().net_connections(kind="inet") == []
try:
    socket.create_connection(("127.0.0.1", 9))
except OSError:
    assert len(tried) == 1
    print("silent")
"""


@pytest.fixture(scope="package", autouse=True)
def threads_as_live() -> Iterator[None]:
    """torch's threads that wait for a busy core make a network of 13 ms one of a second."""
    before = torch.get_num_threads()
    leave_a_core()
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="package")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """ksl13, bringing nothing that OpenVINO reads."""
    return without_converted("ksl13", tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="package")
def offline(
    bare: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """ksl13 converted and run by a program that reaches for no network; and the cache's folder."""
    root = tmp_path_factory.mktemp("ksl13")
    done = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, str(root), str(bare.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    return done, root


@pytest.fixture(scope="package")
def ksl13(
    bare: Bundle, offline: tuple[subprocess.CompletedProcess[str], Path], threads_as_live: None
) -> Prepared:
    cache = NetworkCache(offline[1])
    told: list[float] = []
    prepare(bare, cache, told.append)
    return Prepared(bare, cache, tuple(told))


@pytest.fixture(scope="package")
def asl20(tmp_path_factory: pytest.TempPathFactory, threads_as_live: None) -> Prepared:
    """Converted, not measured."""
    bundle, cache = load_bundle("asl20"), NetworkCache(tmp_path_factory.mktemp("asl20"))
    assert convert_part(bundle, "video", cache) is None
    return Prepared(bundle, cache)


@pytest.fixture(scope="package")
def motions() -> tuple[Floats, ...]:
    """Every reference motion as the clip that the pictures' networks of asl20 see of it."""
    specification, clips = load_bundle("asl20").card.clip, []
    for gloss in list_references():
        source, view = open_source(f"reference:{gloss}"), make_view(specification)
        while (frame := source.read()) is not None and frame.t_s <= specification.span_s:
            assert frame.landmarks is not None
            view.observe(frame, frame.landmarks)
        source.close()
        clips.append(view.clip())
    assert len(clips) == 20
    return tuple(clips)
