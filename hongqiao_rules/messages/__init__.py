"""The help in Chinese."""
