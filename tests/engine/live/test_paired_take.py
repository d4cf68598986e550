"""Takes of pictures and gloves together, in the layout that training reads."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.frame import Frame, Landmarks
from engine.glove.adapters.replay import ReplayAdapter
from engine.glove.gloves import Gloves
from engine.glove.reading import Reading
from engine.glove.sample import ImuSample
from engine.landmarks.recording import load_recording
from engine.live.paired_take import (
    PairedTake,
    PairedTakeError,
    PairedTakeRecorder,
    file_name,
    save_take,
)
from training.readers.files.glove_series import read_glove
from training.readers.folder import PlainFolder

SHIFT_S = 500.0


class Worn(Gloves):
    """Gloves whose samples the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.tell: Callable[[Sequence[ImuSample]], None] = self._took  # type: ignore[assignment]

    def offset_s(self, hand: str) -> float:
        return 0.05


def recorded(*, hands: Sequence[str] = ("left", "right"), film: bool = True) -> PairedTakeRecorder:
    gloves = Worn()
    recorder = PairedTakeRecorder(gloves)
    recorder.start(2.0, film=film)
    pose = np.zeros((33, 4), np.float32)
    for i in range(40):
        t = i / 15
        now = SHIFT_S + t + 0.01 * (i % 3)
        samples = [
            ImuSample(SHIFT_S + t + k / 100 - 0.05, (t + k / 100, 0.5, 0.0), (1.0, 2.0, 3.0), hand)
            for k in range(7)
            for hand in hands
        ]
        gloves.tell(samples)  # type: ignore[arg-type]
        image = np.full((120, 161, 3), 5 * i, np.uint8)
        recorder.add(Frame(image, t, i), Landmarks(pose), now)
    return recorder


def taken(**wanted: object) -> PairedTake:
    state = recorded(**wanted).state()  # type: ignore[arg-type]
    assert state.phase == "done" and state.take is not None, state.message
    return state.take


def test_pictures_and_samples_are_on_one_clock() -> None:
    take = taken()
    assert take.landmarks.t_s[0] == 0.0 and take.landmarks.t_s[-1] == pytest.approx(2.0)
    assert set(take.wrists) == {"left", "right"}
    for rows in take.wrists.values():
        # The samples say the picture's time; the offset and the picture's delay are made up for.
        wanted = np.arange(len(rows)) / 100
        assert rows[5:-5, 0] == pytest.approx(wanted[5:-5], abs=0.012)
    assert len(take.film) == len(take.landmarks)


def test_a_take_is_read_by_training_and_can_be_played(tmp_path: Path) -> None:
    stem = save_take(taken(), tmp_path, "bố/mẹ", "Mai_Anh")
    assert stem == tmp_path / "bố mẹ" / "Mai-Anh_1"
    assert save_take(taken(), tmp_path, "bố/mẹ", "Mai_Anh").name == "Mai-Anh_2"
    listing = PlainFolder().list(tmp_path)
    assert [clip.gloss for clip in listing.clips] == ["bố mẹ"] * 2 and not listing.problems
    assert {clip.signer for clip in listing.clips} == {"Mai-Anh"}
    clip = listing.clips[0]
    series = PlainFolder().imu(clip)
    assert series.samples.shape[1] == 12 and series.rate_hz == pytest.approx(100.0, rel=0.01)
    assert series.samples[:, 1] == pytest.approx(0.5)
    frames = PlainFolder().frames(clip, 8)
    assert frames.shape == (8, 120, 160, 3)
    assert np.diff(frames.mean(axis=(1, 2, 3))).min() > 5
    assert len(load_recording(stem.with_suffix(".npz"))) == 31
    readings: list[Reading] = []
    replay = ReplayAdapter(readings.extend, str(stem.with_suffix(".csv")))
    replay.start()
    try:
        for _ in range(600):
            if len(readings) >= 100:
                break
            replay._stop.wait(0.05)
    finally:
        replay.close()
    assert readings[0].acc is not None and readings[0].acc[1] == pytest.approx(0.5)
    assert {reading.hand for reading in readings} == {"left", "right"}


def test_one_glove_makes_six_columns(tmp_path: Path) -> None:
    stem = save_take(taken(hands=("right",)), tmp_path, "a", "b")
    assert read_glove(stem.with_suffix(".csv")).samples.shape[1] == 6


def test_no_picture_is_kept_without_consent(tmp_path: Path) -> None:
    take = taken(film=False)
    assert take.film == ()
    stem = save_take(take, tmp_path, "a", "b")
    assert sorted(path.suffix for path in stem.parent.iterdir()) == [".csv", ".npz"]


def test_a_glove_that_fell_silent_makes_no_take() -> None:
    state = recorded(hands=()).state()
    assert state.phase == "failed" and state.message is not None
    assert state.message.code == "take.no-glove"


def test_pictures_that_stop_make_no_take() -> None:
    now = [0.0]
    recorder = PairedTakeRecorder(Gloves(), clock=lambda: now[0])
    recorder.start(2.0, film=True)
    now[0] = 3.5
    state = recorder.state()
    assert state.phase == "failed" and state.message is not None
    assert state.message.code == "take.no-pictures"
    recorder.cancel()
    assert recorder.state().phase == "idle"


@pytest.mark.parametrize("name", ["", " . ", "//", "\x00"])
def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(PairedTakeError):
        file_name(name)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(PairedTakeError, match="file"):
        save_take(taken(), blocked, "a", "b")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    "name",
    ["ộ" * 90, "😀" * 90, "a" * 300, "a\ud800b"],
    ids=["three bytes", "four bytes", "long", "surrogate"],
)
def test_any_name_that_can_be_typed_is_one_that_can_be_written(tmp_path: Path, name: str) -> None:
    stem = save_take(taken(), tmp_path, name, name)
    assert len(files(stem.parent)) == 3


def test_names_that_other_systems_take_for_one_are_counted_on(tmp_path: Path) -> None:
    save_take(taken(), tmp_path, "a", "Mai")
    assert save_take(taken(), tmp_path, "a", "mai").name == "mai_2"


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB."""
    place = tmp_path / "tiny"
    place.mkdir()
    wanted = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(wanted, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_of_a_take_that_finds_no_room_nothing_is_kept(tiny: Path) -> None:
    one = taken(film=False)
    noise = np.random.default_rng(0).integers(0, 255, (480, 640, 3), dtype=np.uint8)
    big = PairedTake(one.landmarks, one.wrists, (noise,) * len(one.landmarks))
    save_take(one, tiny, "a", "Mai")
    before = files(tiny)
    for sign in ("a", "b"):
        with pytest.raises(PairedTakeError, match="nothing of it is kept"):
            save_take(big, tiny, sign, "Mai")
        assert files(tiny) == before
