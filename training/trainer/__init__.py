"""What every stage trains with: epochs, averages, checkpoints, devices, profiling."""
