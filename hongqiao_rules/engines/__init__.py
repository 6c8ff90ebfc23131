"""Engines: each evaluates the same dated rulebook, and none depends on a particular policy."""
