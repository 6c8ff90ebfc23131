"""The household: typed models, and the reader that checks what a caller states."""
