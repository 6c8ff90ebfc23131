"""The columnar engine: a population in NumPy arrays."""
