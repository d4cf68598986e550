"""Archives of signs: what is read is where it was seen, and what does not fit is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.landmarks.recording import LandmarkRecording
from engine.recognition.sign_encoder import SignSegment, segment_of
from tests.drawn_signs import drawn_sign, write_archive
from training.errors import DataError
from training.readers.landmark_archives import archive_name, read_archive


def lexicon_rows(recording: LandmarkRecording) -> np.ndarray:
    """As vsl-lexicon has it: squeezed in x, every hand by itself, the body by itself."""
    squeeze = np.array([9 / 16, 1.0])
    hands, centres = [], []
    for hand in (recording.left_hand, recording.right_hand):
        points = hand[..., :2] * squeeze
        centre = points.mean(axis=1, keepdims=True)
        about = points - centre
        hands.append(about / np.linalg.norm(about, axis=2).mean(axis=1)[:, None, None])
        centres.append(centre)
    pose = recording.pose[:, (0, 2, 5, 9, 10, 11, 12, 13, 14), :2] * squeeze
    body = np.concatenate([*centres, pose], axis=1)
    middle = pose.mean(axis=1, keepdims=True)
    body = (body - middle) / np.linalg.norm(pose - middle, axis=2).mean(axis=1)[:, None, None]
    return np.concatenate([*hands, body], axis=1).reshape(len(recording), 106)


def write_lexicon(file: Path, recordings: list[LandmarkRecording], words: list[str]) -> Path:
    rows = [lexicon_rows(one) for one in recordings]
    offsets = np.cumsum([0, *map(len, rows)])
    ids = np.array([f"D{i}" for i in range(len(words))])
    np.savez(
        file,
        feat=np.concatenate(rows).astype(np.float16),
        offsets=offsets,
        ids=ids,
        words=np.array(words),
    )
    return file


def test_a_dictionary_gives_what_landmarks_give(tmp_path: Path) -> None:
    """Though it lost where hands were in the picture and how large: nothing of that is used."""
    recordings = [drawn_sign(sign) for sign in range(3)]
    file = write_lexicon(tmp_path / "vsl_lexicon.npz", recordings, ["Đi", " Xin  chào", ""])
    read = list(read_archive(file))
    assert archive_name(file) == "vsl-lexicon"
    assert [(one.key, one.gloss) for one in read] == [("D0", "đi"), ("D1", "xin chào")]
    for one, recording in zip(read, recordings, strict=False):
        wanted = segment_of(recording)
        assert isinstance(one.take, SignSegment)
        for name in ("hands", "centres", "face", "elbows"):
            np.testing.assert_allclose(
                getattr(one.take, name), getattr(wanted, name), atol=0.02, err_msg=name
            )


@pytest.mark.parametrize("named", [True, False])
def test_clips_are_read_in_one_unit(tmp_path: Path, named: bool) -> None:
    file = write_archive(tmp_path / "asl_app100.npz", range(3), named=named)
    read = list(read_archive(file))
    assert [one.gloss for one in read] == (
        ["sign 0", "sign 1", "sign 2"] if named else ["abc sign 0", "abc sign 1", "abc sign 2"]
    )
    take = read[1].take
    assert isinstance(take, LandmarkRecording)
    wanted = drawn_sign(1, signer=1)
    assert len(take) == len(wanted)
    # A picture of 16:9, in heights of it; drawn in one of 4:3.
    np.testing.assert_allclose(take.right_hand[..., 1], wanted.right_hand[..., 1] / 480, atol=2e-3)
    np.testing.assert_allclose(
        take.right_hand[..., 0], wanted.right_hand[..., 0] / 640 * 16 / 9, atol=2e-3
    )


def test_a_hand_that_was_not_seen_is_none(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "other.npz", [1])
    with np.load(file) as held:
        columns = {name: held[name] for name in held.files}
    columns["lm"][5, 99:162] = 0
    np.savez(file, **columns)
    (one,) = read_archive(file)
    assert isinstance(one.take, LandmarkRecording)
    assert np.isnan(one.take.left_hand[5]).all() and not np.isnan(one.take.right_hand[5]).any()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"offsets": np.array([0, 5])}, "offsets"),
        ({"offsets": None}, "offsets"),
        ({"names": np.array(["a"])}, "names"),
        ({"lm": np.zeros((4, 9))}, "offsets"),
        ({"lm": None}, "neither"),
    ],
)
def test_what_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, np.ndarray | None], words: str
) -> None:
    file = write_archive(tmp_path / "archive.npz", range(3))
    with np.load(file) as held:
        columns = {name: held[name] for name in held.files}
    columns |= change
    np.savez(file, **{name: value for name, value in columns.items() if value is not None})
    with pytest.raises(DataError, match=words) as caught:
        list(read_archive(file))
    assert "archive.npz" in str(caught.value)


def test_coordinates_that_are_no_numbers_and_no_archive(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "archive.npz", range(2))
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(DataError, match=r"archive\.npz"):
        list(read_archive(file))
    with pytest.raises(DataError, match="no such file"):
        list(read_archive(tmp_path / "none.npz"))


def test_the_real_archives(shared_data: Path) -> None:
    for folder, count in (("asl-app100", 100), ("fingerspelling", 626), ("vsl-lexicon", 3178)):
        (file,) = (shared_data / folder).glob("*.npz")
        signs = list(read_archive(file))
        assert len(signs) == count
        assert sum(one.take is None for one in signs) < 20
