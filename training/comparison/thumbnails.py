"""Small pictures of test clips for the report."""

from __future__ import annotations

import base64

import numpy as np
import torch
from numpy.typing import NDArray

from engine.opencv import cv2
from training.datasets.batches import Batch
from training.datasets.sensor_dataset import SensorDataset
from training.datasets.video_dataset import VideoDataset
from training.errors import DataError
from training.tasks.training_task import TrainingTask

_MOST = 24
_SIDE_PX = 96


def thumbnails(task: TrainingTask[SensorDataset[Batch]]) -> dict[str, str]:
    """Key of a test clip to a strip of four of its frames, as a data URI: the first clip of each
    gloss, 24 at most. Raises DataError where no picture can be encoded."""
    clips = task.clips("test", torch.device("cpu"))
    keys = task.keys("test")
    chosen = sorted(map(int, np.unique(clips.labels.numpy(), return_index=True)[1]))[:_MOST]
    return {str(keys[i]): _strip(_frames(clips, i)) for i in chosen}


def _frames(clips: SensorDataset[Batch], number: int) -> NDArray[np.uint8]:
    """`(T, S, S, 3)` RGB: as prepared, or drawn where the set has joints alone."""
    side = clips.frames.shape[2] if isinstance(clips, VideoDataset) else _SIDE_PX
    (clip,) = next(clips.evaluation_batches(1, first=number)).video(side)
    pixels = ((clip.permute(1, 2, 3, 0) + 1) * 127.5).round().numpy()
    return np.ascontiguousarray(pixels.clip(0, 255).astype(np.uint8))


def _strip(frames: NDArray[np.uint8]) -> str:
    """Four of `(T, S, S, 3)` RGB frames side by side, as a data URI."""
    count = len(frames)
    picked = frames[np.linspace(count // 6, count - 1 - count // 6, 4).astype(int)]
    side = (_SIDE_PX, _SIDE_PX)
    strip = np.concatenate([cv2.resize(frame, side) for frame in picked], axis=1)
    done, data = cv2.imencode(".webp", strip[:, :, ::-1], [cv2.IMWRITE_WEBP_QUALITY, 70])
    if not done:
        raise DataError("this OpenCV build writes no WebP")
    return f"data:image/webp;base64,{base64.b64encode(bytes(data)).decode()}"
