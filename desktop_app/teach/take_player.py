"""A take as something to look at: its pictures while they are in memory, else the joints alone."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from desktop_app.widgets.skeleton_overlay import draw_skeleton
from engine.landmarks.recording import LandmarkRecording
from engine.teaching.take_recorder import TakePicture

_GROUND, _HEAD = QColor("#10151c"), QColor("#f4f7fb")
_UPPER_BODY = 25
_VISIBLE = 0.5
_NOSE, _SHOULDERS = 0, (11, 12)
# A head's radius in shoulder widths; the detector gives a nose and no outline.
_HEAD_RADIUS = 0.28


class TakePlayer:
    """One take. Time runs from 0 to `duration_s`."""

    def __init__(
        self, recording: LandmarkRecording, pictures: tuple[TakePicture, ...] = ()
    ) -> None:
        self.recording, self.pictures = recording, pictures
        self._times = recording.t_s - recording.t_s[0]
        self._picture_times = np.array([p.t_s - recording.t_s[0] for p in pictures])
        self.duration_s = float(self._times[-1])
        self._box = _box_of(recording)

    def paint(
        self, painter: QPainter, place: QRectF, t_s: float, radius: float, *, close: bool = False
    ) -> None:
        """Draw this moment into `place`, whole and mirrored, on a dark ground; `close`: no
        more of the picture than the signer."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(place, radius, radius)
        painter.setClipPath(outline)
        painter.fillRect(place, _GROUND)
        step = max(0, int(np.searchsorted(self._times, t_s, side="right")) - 1)
        landmarks = self.recording.at(step)
        picture = self._picture_at(t_s)
        whole = box = self._box
        if picture is not None:
            height, width = picture.image.shape[:2]
            whole = QRectF(0, 0, width / picture.scale, height / picture.scale)
            box = box if close else whole
        scale = min(place.width() / box.width(), place.height() / box.height())
        painter.translate(place.center())
        painter.scale(-scale, scale)
        painter.translate(-box.center())
        if picture is not None:
            pixels = np.ascontiguousarray(picture.image)
            height, width = pixels.shape[:2]
            kind = QImage.Format.Format_BGR888
            painter.drawImage(whole, QImage(pixels.data, width, height, 3 * width, kind))
        draw_skeleton(painter, landmarks, (0.5 if close else 1.0) / scale)
        if picture is None and landmarks.pose is not None and landmarks.pose[_NOSE, 3] >= _VISIBLE:
            pose = landmarks.pose
            width = float(np.hypot(*(pose[_SHOULDERS[0], :2] - pose[_SHOULDERS[1], :2])))
            painter.setPen(QPen(_HEAD, 3.0 / scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            nose = QPointF(float(pose[_NOSE, 0]), float(pose[_NOSE, 1]))
            painter.drawEllipse(nose, _HEAD_RADIUS * width, _HEAD_RADIUS * width)
        painter.restore()

    def _picture_at(self, t_s: float) -> TakePicture | None:
        if not self.pictures:
            return None
        at = int(np.searchsorted(self._picture_times, t_s, side="right")) - 1
        return self.pictures[max(0, at)]


def _box_of(recording: LandmarkRecording) -> QRectF:
    """Around everything that was seen of the upper body, with room for the head."""
    pose = recording.pose[:, :_UPPER_BODY]
    points = [pose[..., :2][pose[..., 3] >= _VISIBLE]]
    points += [hand[..., :2].reshape(-1, 2) for hand in (recording.left_hand, recording.right_hand)]
    seen = np.concatenate(points)
    seen = seen[np.isfinite(seen).all(axis=1)]
    if not len(seen):
        return QRectF(0, 0, 1, 1)
    (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
    margin = 0.12 * max(right - left, bottom - top, 1.0)
    box = QRectF(left, top, max(1.0, right - left), max(1.0, bottom - top))
    return box.adjusted(-margin, -1.5 * margin, margin, margin)
