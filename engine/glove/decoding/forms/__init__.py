"""What decoders are made of: lines, packets, clocks, and putting together what comes apart."""
