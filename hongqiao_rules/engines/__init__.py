"""Readings of one rulebook. Nothing in here knows any particular policy."""
