"""Our method and the baselines on the same data, split and epochs."""
