"""The rulebook as one JSON document."""
