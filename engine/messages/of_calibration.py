"""What is said while a glove is being fitted to a wrist."""

CALIBRATION: dict[str, str] = {}
