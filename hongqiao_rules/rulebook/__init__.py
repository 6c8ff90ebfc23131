"""Read policy files into a checked, linked, dated rulebook. No code here depends on a particular policy."""
