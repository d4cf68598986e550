"""A real IMU beside the camera: from what a glove sends to samples on the host's clock."""
