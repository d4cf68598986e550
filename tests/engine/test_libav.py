"""libav's own words: they reach nobody's screen, and hold no reader up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.libav import av
from tests.conftest import ROOT
from tests.videos import greys, write_pictures

pytestmark = pytest.mark.slow

READ = {
    "training": (
        "from training.readers.files.decoding import timed_frames\n"
        "def read(path): return len(list(timed_frames(path)))\n"
    ),
    "live": (
        "from engine.sources.video.video_file import VideoFileSource\n"
        "def read(path):\n"
        "    source = VideoFileSource(path)\n"
        "    count = sum(1 for _ in iter(source.read, None))\n"
        "    source.close()\n"
        "    return count\n"
    ),
    "libav itself": (
        "from engine.libav import av\n"
        "def read(path):\n"
        "    with av.open(str(path)) as container:\n"
        "        stream = container.streams.video[0]\n"
        "        stream.thread_type = 'AUTO'\n"
        "        for count, packet in enumerate(container.demux(stream), 1):\n"
        "            if count == 35: return count\n"
        "            try: packet.decode()\n"
        "            except av.FFmpegError: pass\n"
    ),
}
AND_ALL_ELSE = (
    "import sys\n"
    "from pathlib import Path\n"
    "import engine.sources.opening, training.readers.registry\n"
    "for _ in range(6): print(read(Path(sys.argv[1])), flush=True)\n"
)


def damaged_film(path: Path) -> Path:
    """No packet of its middle is whole, so that every thread of the decoder complains."""
    pictures = [image + i % 7 for i, image in enumerate(greys(120, size=(320, 240)))]
    write_pictures(path, pictures, codec="libx264")
    with av.open(str(path)) as container:
        packets = [(p.pos, p.size) for p in container.demux(video=0) if p.size]
    content = bytearray(path.read_bytes())
    for place, size in packets[20:40]:
        assert place is not None
        content[place : place + size] = b"\xff" * size
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("code", READ.values(), ids=READ.keys())
def test_a_damaged_film_is_read_without_a_word_and_to_its_end(tmp_path: Path, code: str) -> None:
    path = damaged_film(tmp_path / "damaged.mkv")
    done = subprocess.run(
        [sys.executable, "-c", code + AND_ALL_ELSE, str(path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        # Where a thread waits for Python's lock in the log, it waits for ever.
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    counts = list(map(int, done.stdout.split()))
    assert len(counts) == 6 and all(counts)


def test_no_python_of_ours_is_called_by_libavs_log() -> None:
    assert av.logging.get_level() is None
