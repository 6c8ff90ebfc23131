"""Engines: each interprets the same dated rulebook, and none knows a particular policy."""
