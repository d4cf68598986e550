"""Why a take for training fails."""

TAKES = {
    "take.no-pictures": "The pictures stopped during the take. Check the camera, record it again.",
    "take.restarted": "The video began again during the take. Record it again.",
    "take.few-pictures": "Too few pictures came in during the take. Record it again.",
    "take.no-glove": "The glove fell silent during the take. Check it, and record it again.",
    "take.not-deleted": "{folder}: {name} cannot be deleted ({reason}); it is still there",
    "take.not-kept": (
        "{folder}: the take cannot be written there ({reason}); nothing of it is kept."
        " Choose another folder."
    ),
    "take.no-name": "Write the name of the sign, and of who signs.",
}
