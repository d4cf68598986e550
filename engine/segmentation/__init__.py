"""Where a sign starts and ends, what it is named, and the signs so far."""
