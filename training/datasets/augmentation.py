"""Random changes to clips: tempo, start, viewpoint, framing, sensors, light.

All functions work on batches of tensors, on any device, and draw from the generator they are given.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Generator, Tensor

_REFERENCE_DISTANCE_M = 2.0
_NEAREST_DENOMINATOR = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class TimeWindow:
    """Where a clip lies in its recording: `start` and `length` `(B,)` in parts of the recording.

    Values before 0 or after 1 mean that the first or last sample is held.
    """

    start: Tensor
    length: Tensor

    def times(self, steps: int) -> Tensor:
        """`(B, steps)` evenly from start to end, both included."""
        along = torch.linspace(0, 1, steps, device=self.start.device)
        return self.start[:, None] + self.length[:, None] * along


def uniform(low: float, high: float, shape: tuple[int, ...], rng: Generator) -> Tensor:
    return torch.rand(shape, generator=rng, device=rng.device) * (high - low) + low


def normal(shape: tuple[int, ...], rng: Generator) -> Tensor:
    return torch.randn(shape, generator=rng, device=rng.device)


def whole_recording(batch: int, device: torch.device) -> TimeWindow:
    return TimeWindow(torch.zeros(batch, device=device), torch.ones(batch, device=device))


def random_window(batch: int, rng: Generator, *, speed: float, shift: float) -> TimeWindow:
    """Length between e^-speed and e^speed of the recording, its middle moved by `shift` of it at
    most."""
    length = torch.exp(uniform(-speed, speed, (batch,), rng))
    middle = 0.5 + uniform(-shift, shift, (batch,), rng)
    return TimeWindow(middle - length / 2, length)


def rest_window(batch: int, rng: Generator) -> TimeWindow:
    """A window before or after the sign, which holds 0.12 of the recording at most (0.36 s of 3
    s)."""
    inside = uniform(0.0, 0.12, (batch,), rng)
    before = torch.rand(batch, generator=rng, device=rng.device) < 0.5
    return TimeWindow(torch.where(before, inside - 1.0, 1.0 - inside), torch.ones_like(inside))


def sign_or_rest_window(
    batch: int, rng: Generator, *, speed: float, shift: float, rest_share: float
) -> tuple[TimeWindow, Tensor]:
    """A random window of the sign, or with the chance `rest_share` one of the rest around it. Also
    `(B,)` in 0..1, drawn evenly: below `rest_share` the window is one of rest."""
    window = random_window(batch, rng, speed=speed, shift=shift)
    rest = rest_window(batch, rng)
    chance = torch.rand(batch, generator=rng, device=rng.device)
    resting = chance < rest_share
    return TimeWindow(
        torch.where(resting, rest.start, window.start),
        torch.where(resting, rest.length, window.length),
    ), chance


def sample_in_time(series: Tensor, times: Tensor) -> Tensor:
    """`(B, G, ...)` at `times` `(B, T)` in 0..1, linear, edges held: `(B, T, ...)`."""
    steps = series.shape[1]
    position = times.clamp(0, 1) * (steps - 1)
    before = position.floor().long().clamp_max(steps - 2)
    extra = series.ndim - 2
    part = (position - before).reshape(*times.shape, *([1] * extra))
    row = torch.arange(series.shape[0], device=series.device)[:, None]
    first, second = series[row, before], series[row, before + 1]
    return first + (second - first) * part


def sensors_in_time(series: Tensor, window: TimeWindow, steps: int, acc_channels: int) -> Tensor:
    """The samples of a sensor in `window`: `(B, G, channels)` to `(B, channels, steps)`.

    The channels after the first `acc_channels` are gyroscopes: a held pose does not turn, and a
    faster replay turns faster.
    """
    times = window.times(steps)
    samples = sample_in_time(series, times).transpose(1, 2).clone()
    moving = ((times >= 0) & (times <= 1)).to(samples) * window.length[:, None]
    samples[:, acc_channels:] *= moving[:, None]
    return samples


def _rotation(angle: Tensor, axis: int) -> Tensor:
    """`(B, 3, 3)` about one of the axes x, y, z."""
    matrix = torch.eye(3, device=angle.device).repeat(angle.shape[0], 1, 1)
    i, j = [k for k in range(3) if k != axis]
    matrix[:, i, i] = matrix[:, j, j] = angle.cos()
    matrix[:, i, j], matrix[:, j, i] = -angle.sin(), angle.sin()
    return matrix


def random_body_and_viewpoint(joints: Tensor, rng: Generator) -> Tensor:
    """Random body proportions, camera angle and detector noise: `(B, T, J, 3)` metres to the
    same."""
    batch, _, joint_count, _ = joints.shape
    build = 1 + 0.08 * normal((batch, 1, 1, 3), rng).clamp(-2, 2)
    turned = (
        _rotation(0.26 * normal((batch,), rng).clamp(-2.2, 2.2), 1)
        @ _rotation(0.17 * normal((batch,), rng).clamp(-2.2, 2.2), 0)
        @ _rotation(0.06 * normal((batch,), rng).clamp(-2.2, 2.2), 2)
    )
    joints = torch.einsum("bij,btkj->btki", turned, joints * build)
    # A detector's mean error differs from joint to joint and stays; the Kinect's did too.
    offset = 0.018 * normal((batch, 1, joint_count, 3), rng)
    jitter = 0.007 * normal(tuple(joints.shape), rng)
    return joints + offset + jitter


def project(joints: Tensor, distance_m: Tensor | None = None) -> Tensor:
    """Pinhole projection from `distance_m` `(B,)` in front of the shoulders: `(B, T, J, 3)` metres
    to `(B, T, J, 2)`. Without a distance: 2 m."""
    if distance_m is None:
        distance_m = joints.new_full((joints.shape[0],), _REFERENCE_DISTANCE_M)
    depth = 1 + joints[..., 2] / distance_m[:, None, None]
    return joints[..., :2] / depth.clamp_min(_NEAREST_DENOMINATOR)[..., None]


def random_framing(joints: Tensor, rng: Generator) -> Tensor:
    """Random scale (9 %), aspect (3 %) and offset (0.06) of `(B, T, J, 2)` in shoulder widths, as
    from an error in the shoulders."""
    batch = joints.shape[0]
    scale = torch.exp(0.09 * normal((batch, 1, 1, 1), rng) + 0.03 * normal((batch, 1, 1, 2), rng))
    return joints * scale + 0.06 * normal((batch, 1, 1, 2), rng)


def random_armband_fit(samples: Tensor, rng: Generator) -> Tensor:
    """Random rotation about the forearm (0.3 rad) and gain (8 %) of two armbands.

    `(B, 12, n)`: accelerometer left, right, gyroscope left, right, each x y z with x along the arm.
    """
    batch, _, steps = samples.shape
    turned = samples.reshape(batch, 4, 3, steps)
    angle = 0.3 * normal((batch, 2), rng)
    matrix = _rotation(angle.reshape(-1), 0).reshape(batch, 2, 3, 3)
    turned = torch.einsum("bsij,bsjn->bsin", torch.cat([matrix, matrix], dim=1), turned)
    gain = 1 + 0.08 * normal((batch, 4, 1, 1), rng)
    return (turned * gain).reshape(batch, 12, steps)


def small_rotation(angle_rad: float, batch: int, rng: Generator) -> Tensor:
    """Rotation matrices `(B, 3, 3)`: a random angle about each axis, `angle_rad` its standard
    deviation."""
    x, y, z = (angle_rad * normal((batch,), rng) for _ in range(3))
    return _rotation(x, 0) @ _rotation(y, 1) @ _rotation(z, 2)


def random_placing(
    batch: int, rng: Generator, *, zoom: float, move: float, turn_rad: float
) -> Tensor:
    """Matrices `(B, 2, 3)` for `affine_grid`: scale between e^-zoom and e^zoom, offset up to `move`
    of the picture, rotation with the standard deviation `turn_rad`."""
    scale = torch.exp(uniform(-zoom, zoom, (batch,), rng))
    angle = turn_rad * normal((batch,), rng).clamp(-2, 2)
    offset = uniform(-2 * move, 2 * move, (batch, 2), rng)
    cos, sin = angle.cos() * scale, angle.sin() * scale
    return torch.stack(
        [torch.stack([cos, -sin, offset[:, 0]], 1), torch.stack([sin, cos, offset[:, 1]], 1)], 1
    )


def random_light(batch: int, rng: Generator, spread: float, negative: float = 0.0) -> Tensor:
    """`(B, 2, 3)`: gain and offset a colour channel, for pictures in [-1, 1]; `negative`: the share
    of clips whose dark is bright."""
    gain = 1 + uniform(-spread, spread, (batch, 1), rng) + 0.2 * spread * normal((batch, 3), rng)
    offset = uniform(-spread, spread, (batch, 1), rng) + 0.2 * spread * normal((batch, 3), rng)
    if negative > 0:
        turned = torch.rand((batch, 1), generator=rng, device=rng.device) < negative
        gain = torch.where(turned, -gain, gain)
    return torch.stack([gain.expand(-1, 3), offset.expand(-1, 3)], 1)
