"""Sign recognition as a library: frames in, predictions out. No Qt, no training code."""
