"""The last seconds by time stamp: frames and landmarks in, clips of 24 moments out."""
