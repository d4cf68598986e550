"""The four parts of the self-learning fusion, in the order in which they are trained."""
