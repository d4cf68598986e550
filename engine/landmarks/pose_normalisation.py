"""Where a signer stands and how large they appear must not matter."""

from __future__ import annotations

from engine.arrays import Array, array_namespace, lower_nanmedian

_SMALLEST_WIDTH = 1e-6


def normalise_by_shoulders(joints: Array, shoulders: tuple[int, int] = (0, 1)) -> Array:
    """Centre `(B, T, J, 2)` joints on the shoulders (their two indices), in shoulder widths.

    One origin and one scale a clip (medians over time): a signer who leans is still seen to lean,
    and one badly seen frame moves nothing. Output: x to the image's right, y down. NaN joints stay
    NaN; a clip whose shoulders were never seen is NaN throughout.
    """
    xp = array_namespace(joints)
    left, right = joints[:, :, shoulders[0]], joints[:, :, shoulders[1]]
    origin = lower_nanmedian((left + right) / 2, axis=1)
    width = lower_nanmedian(xp.linalg.vector_norm(left - right, axis=-1), axis=1)
    width = xp.where(width < _SMALLEST_WIDTH, xp.full_like(width, _SMALLEST_WIDTH), width)
    return (joints - origin[:, None, None]) / width[:, None, None, None]
