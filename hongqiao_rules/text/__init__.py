"""Words of the program: one catalogue of sentences a language."""
