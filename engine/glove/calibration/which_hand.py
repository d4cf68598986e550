"""Which hand wears the device: the one whose generated trace it follows."""

from __future__ import annotations

from dataclasses import dataclass

from engine.glove.alignment.cross_correlation import Traces
from engine.glove.calibration.mounting import MountingFit, fit_mounting
from engine.glove.calibration.signed_axes import IDENTITY, Matrix
from engine.glove.sample import Hand

_LEAST_AGREEMENT = 0.25
_LEAST_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class HandGuess:
    """`hand`: None where both fit, or none does. `left`, `right`: how the device would sit there,
    None where there was too little to compare."""

    hand: Hand | None
    left: MountingFit | None
    right: MountingFit | None

    def fit_of(self, hand: Hand) -> MountingFit | None:
        return self.left if hand == "left" else self.right


def which_hand(
    measured: Traces,
    left: Traces,
    right: Traces,
    gyro_frame: Matrix = IDENTITY,
    any_sign: bool = False,
) -> HandGuess:
    """Compare `measured` `(N, 6)`, in the device's axes, with the generated traces `(M, 6)` of both
    hands, of which only one should move. The rest is as for `fit_mounting`."""
    fits = {
        "left": fit_mounting(measured, left, gyro_frame, any_sign),
        "right": fit_mounting(measured, right, gyro_frame, any_sign),
    }
    agreement = {hand: fit.agreement if fit else 0.0 for hand, fit in fits.items()}
    ahead = agreement["left"] - agreement["right"]
    hand: Hand | None = "left" if ahead > 0 else "right"
    if max(agreement.values()) < _LEAST_AGREEMENT or abs(ahead) < _LEAST_MARGIN:
        hand = None
    return HandGuess(hand, fits["left"], fits["right"])
