"""The sentences of the program: one catalogue for each language."""
