"""What is said while a glove is being fitted to a wrist."""

CALIBRATION: dict[str, str] = {
    "glove.calibration-busy": (
        "{name}: another SignMirror writes it just now. How the glove is worn is known until this"
        " one ends; fit it again later to keep that."
    ),
    "glove.sensor-left": "{name} (left)",
    "glove.sensor-right": "{name} (right)",
    "glove.calibration-still": "{name}: lay your hand down and keep it still for two seconds",
    "glove.calibration-palm-down": (
        "{name}: hold your forearm level with the palm down, and keep it still for a second"
    ),
    "glove.calibration-circle": (
        "{name}: draw large circles with this hand and turn your wrist; keep the other hand still"
    ),
    "glove.calibration-turn-more": (
        "{name}: go on, and turn your wrist every way: palm up, palm down, fingers up, fingers down"
    ),
    "glove.calibration-done": "{name}: calibrated. Take it off and on as you like, the same way.",
    "glove.calibration-gravity-removed": (
        "{name} sends acceleration without gravity, and signs cannot be told by that."
        " Switch it to raw acceleration, or choose another channel."
    ),
    "glove.calibration-unit-unknown": (
        "{name}: at rest its acceleration is {length}, which fits no known unit."
        " Check which columns are the acceleration."
    ),
    "glove.calibration-gyro-unknown": (
        "{name}: the unit of its rates is not known yet. Go on turning your wrist."
    ),
    "glove.calibration-axes-assumed": (
        "{name}: how it sits on your arm could not be seen. If the two curves do not match, turn it"
        " by the buttons, or calibrate again with your hands in view."
    ),
    "glove.calibration-hand-unknown": (
        "{name}: which hand wears it could not be seen. Choose the hand."
    ),
    "glove.calibration-is-left": (
        "{name} moves as your left hand does, but the right one is chosen."
        " Change it if that is wrong."
    ),
    "glove.calibration-is-right": (
        "{name} moves as your right hand does, but the left one is chosen."
        " Change it if that is wrong."
    ),
    "glove.calibration-not-where-trained": (
        "{name}: the signs were learnt from armbands on the forearm. On the hand or the wrist fewer"
        " will be right; wear it below the elbow if you can."
    ),
    "glove.calibration-damaged": (
        "{name} is damaged. The gloves that are known here stay calibrated; calibrate any other"
        " again."
    ),
    "glove.calibration-forgotten": (
        "{name} is damaged: how gloves were worn is forgotten. Calibrate them again."
    ),
    "glove.calibration-not-kept": (
        "{name} cannot be written ({reason}): the calibration holds until the program ends"
    ),
    "glove.calibration-acc-unit": "acceleration in {unit}",
    "glove.calibration-gyro-unit": "rate of turning in {unit}",
    "glove.calibration-on-left": "on your left hand",
    "glove.calibration-on-right": "on your right hand",
    "glove.calibration-axes-found": "how it sits on your arm was seen",
}
