"""The networks, one a file. Nothing here needs MediaPipe, OpenCV or Qt."""
