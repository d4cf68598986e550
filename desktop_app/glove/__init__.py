"""The glove: find it, say how it is worn, bring its clock and the camera's together."""
