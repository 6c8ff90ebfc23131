"""Prove the declared properties of a rulebook for every household."""
