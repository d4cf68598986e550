"""Things to look at and to press; none of them knows a tensor or a thread."""
