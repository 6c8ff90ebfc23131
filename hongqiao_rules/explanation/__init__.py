"""Sentences for people, from an assessment and its trace."""
