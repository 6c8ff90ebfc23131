"""Expressions of the rule language: operations, types, names, and the parser."""
