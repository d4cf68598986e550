"""What is measured on raw video is the bundle as it runs: with its landmark stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.bundle import load_bundle
from engine.libav import av
from engine.sources.motion.reference_motion import ReferenceMotionSource
from engine.sources.motion.references import list_references
from training.commands.app import app

pytestmark = pytest.mark.slow

BUNDLE = "arsl10"


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn person shows one movement under the names of two signs of the bundle."""
    root = tmp_path_factory.mktemp("recordings")
    source = ReferenceMotionSource(list_references()[0], drawn=True)
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame.image)
    source.close()
    for gloss in load_bundle(BUNDLE).card.glosses[:2]:
        (root / gloss).mkdir()
        with av.open(str(root / gloss / "stranger_1.mp4"), "w") as container:
            stream = container.add_stream("libx264", rate=30)
            stream.height, stream.width = frames[0].shape[:2]
            stream.pix_fmt = "yuv420p"
            for image in frames:
                container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
            container.mux(stream.encode(None))
    return root


def evaluate(recordings: Path, *more: str) -> tuple[dict, str]:
    told = ["evaluate", BUNDLE, "--data", str(recordings), "--layout", "folder", "--json"]
    done = CliRunner().invoke(app, [*told, "--device", "cpu", *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), done.stderr


def test_the_landmark_stream_is_measured_without_being_asked_for(
    recordings: Path, tmp_path: Path
) -> None:
    assert load_bundle(BUNDLE).card.networks.landmarks is not None
    cache = tmp_path / "cache"
    said, shown = evaluate(recordings, "--cache", str(cache))
    assert said["n"] == 2
    assert said["top1"]["landmarks"] is not None
    assert "landmarks" in said["latency_ms"]
    assert "landmarks" in shown
    # The same as with landmarks that were looked for beforehand; and kept, they are not looked
    # for again.
    (kept,) = cache.iterdir()
    files = {file: file.stat().st_mtime_ns for file in kept.rglob("*.npz")}
    assert len(files) == 2
    again, _ = evaluate(recordings, "--cache", str(cache))
    given, _ = evaluate(recordings, "--landmarks", str(kept))
    for other in (again, given):
        assert other["top1"] == said["top1"]
        assert other["confusion"] == said["confusion"]
        assert other["accepted"]["true_signs"] == said["accepted"]["true_signs"]
    assert {file: file.stat().st_mtime_ns for file in kept.rglob("*.npz")} == files
