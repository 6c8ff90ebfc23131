"""The rulebooks in ``examples/``."""
