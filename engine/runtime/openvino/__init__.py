"""Networks by OpenVINO: converted, quantised, compiled, run."""
