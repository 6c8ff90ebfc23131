"""The symbolic engine: rules as Z3 terms over facts that may be unknown."""
