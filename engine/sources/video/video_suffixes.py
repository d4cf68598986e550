"""What the names of video files end in: one list for the window, the terminal and training."""

from __future__ import annotations

from pathlib import PurePath

VIDEO_SUFFIXES = (
    ".mp4",
    ".mov",
    ".m4v",
    ".avi",
    ".mkv",
    ".webm",
    ".3g2",
    ".3gp",
    ".asf",
    ".flv",
    ".m2ts",
    ".mpeg",
    ".mpg",
    ".mts",
    ".ogv",
    ".ts",
    ".vob",
    ".wmv",
)
"""In small letters, the usual ones first."""


def has_video_suffix(path: PurePath) -> bool:
    """Whether the name ends as a video's does, in small letters or capitals."""
    return path.suffix.lower() in VIDEO_SUFFIXES
