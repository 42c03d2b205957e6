"""A book -> what there is to say against it."""
