"""The JavaScript engine: the rulebook as one ES module."""
