"""The household: typed models, and the reader that checks the input of a caller."""
