"""One reader a data set, each for the set's own layout."""
