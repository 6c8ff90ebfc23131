"""Check registers: which rows are refused, and why."""
