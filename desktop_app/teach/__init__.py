"""Teaching a sign: the dialog, its takes, the list of taught signs."""
