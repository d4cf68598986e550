"""Where a signer stands and how large they appear must not matter."""

from __future__ import annotations

from torch import Tensor

_SMALLEST_WIDTH = 1e-6


def normalise_by_shoulders(joints: Tensor, shoulders: tuple[int, int] = (0, 1)) -> Tensor:
    """Centre `(B, T, J, 2)` joints on the shoulders (their two indices), in shoulder widths.

    One origin and one scale a clip (medians over time): a signer who leans is still seen to lean,
    and one badly seen frame moves nothing. Output: x to the image's right, y down. NaN joints stay
    NaN; a clip whose shoulders were never seen is NaN throughout.
    """
    left, right = joints[:, :, shoulders[0]], joints[:, :, shoulders[1]]
    origin = ((left + right) / 2).nanmedian(dim=1).values
    width = (left - right).norm(dim=-1).nanmedian(dim=1).values.clamp_min(_SMALLEST_WIDTH)
    return (joints - origin[:, None, None]) / width[:, None, None, None]
