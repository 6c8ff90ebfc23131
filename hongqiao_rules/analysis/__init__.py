"""Questions that Z3 answers about one household or about every household."""
