"""The direct engine: one household in exact integers, with its trace."""
