"""The training loop of every stage: epochs, averages, checkpoints, devices, profiling."""
