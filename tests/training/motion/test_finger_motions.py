"""Mean motions with fingers, from landmarks: seen takes only, and rest before and after."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import UPPER_BODY
from engine.sources.motion.references import ReferenceMotion, list_references, load_reference
from tests.landmark_recordings import MOVEMENTS, recording, write_landmarks
from training.commands.app import app
from training.errors import DataError
from training.motion.finger_motions import mean_finger_motion
from training.motion.resting import with_rest

RIGHT = UPPER_BODY.index("right_hand")


def takes(movement: str, count: int = 6) -> list[tuple[str, LandmarkRecording]]:
    return [(f"signer{i % 3}", recording(movement, seed=i)) for i in range(count)]


def test_the_mean_is_in_shoulder_widths_and_moves_as_its_takes_do() -> None:
    motion = mean_finger_motion("wave", takes("wave"))
    shoulders = motion.joints[:, :2]
    assert shoulders[:, 0].mean(0) == pytest.approx([0.5, 0.0], abs=0.05)
    hand = motion.joints[:, RIGHT]
    # From the lap to beside the head and back.
    assert hand[0, 1] > 1.1 and hand[-1, 1] > 1.1
    assert hand[:, 1].min() < 0.2
    assert motion.hands is not None and motion.hands.shape == (len(hand), 2, 21, 2)
    assert np.isfinite(motion.hands).all()


def test_a_hand_is_in_the_mean_where_most_takes_saw_it() -> None:
    shown = []
    for i, (signer, one) in enumerate(takes("wave")):
        left, right = one.left_hand.copy(), one.right_hand.copy()
        left[:] = np.nan
        if i == 0:
            right[:] = np.nan
        right[: len(right) // 4] = np.nan
        shown.append((signer, LandmarkRecording(one.t_s, one.pose, left, right)))
    motion = mean_finger_motion("wave", shown)
    assert motion.hands is not None
    assert np.isnan(motion.hands[:, 0]).all()
    seen = np.isfinite(motion.hands[:, 1]).all(axis=(1, 2))
    assert not seen[0] and seen[len(seen) // 2 :].all()


def test_takes_in_which_nobody_is_seen_do_not_count() -> None:
    blind = [
        ("a", LandmarkRecording(r.t_s, np.full_like(r.pose, np.nan), r.left_hand, r.right_hand))
        for _, r in takes("lift", 3)
    ]
    with pytest.raises(DataError, match="lift: fewer than two takes"):
        mean_finger_motion("lift", blind)


def held(reach: float, rate_hz: float = 15.0) -> ReferenceMotion:
    """Two seconds with the right hand raised, moving by `reach`."""
    joints = np.zeros((31, 7, 2), np.float32)
    joints[:] = [[0.5, 0], [-0.5, 0], [0.7, 0.7], [-0.7, 0.7], [0.4, 1.5], [-0.4, 0.1], [0, -0.7]]
    joints[:, RIGHT, 0] += np.linspace(0, reach, 31)
    hands = np.repeat(joints[:, [4, 5], None], 21, axis=2)
    return ReferenceMotion("held", rate_hz, joints, hands)


@pytest.mark.parametrize(("reach", "longer"), [(0.6, False), (0.0, True)])
def test_raised_hands_come_from_the_lap_and_go_there(reach: float, longer: bool) -> None:
    motion = held(reach)
    rested = with_rest(motion)
    assert rested.joints[0, RIGHT, 1] == rested.joints[-1, RIGHT, 1] == pytest.approx(1.0)
    assert np.abs(np.diff(rested.joints[:, RIGHT], axis=0)).max() < 0.5
    assert rested.hands is not None
    assert rested.hands[:, 1, 0] == pytest.approx(rested.joints[:, RIGHT], abs=1e-5)
    # The other hand rests where it did.
    assert np.ptp(rested.joints[:, RIGHT - 1], axis=0).max() < 1e-6
    raised = (rested.joints[:, RIGHT, 1] < 0.15).sum() / rested.rate_hz
    assert (raised > 3.0) == longer


def test_a_motion_with_rest_stays_as_it_is() -> None:
    motion = mean_finger_motion("wave", takes("wave"))
    assert with_rest(motion) is motion


def test_the_command_writes_one_motion_a_sign(tmp_path: Path) -> None:
    data = write_landmarks(tmp_path / "landmarks", takes=2)
    out = tmp_path / "motions"
    told = ["references", "folder", "--data", str(data), "--out", str(out)]
    done = CliRunner().invoke(app, told)
    assert done.exit_code == 0, done.output
    assert list_references(out) == sorted(MOVEMENTS)
    assert load_reference("wave", out).hands is not None
    told[1] = "arsl10"
    assert CliRunner().invoke(app, told).exit_code != 0
