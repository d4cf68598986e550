"""From pictures to joints: detector, skeletons, gap filling, normalisation, pose rendering."""
