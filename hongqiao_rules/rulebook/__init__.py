"""Read policy files to a checked, linked, dated rulebook. Nothing here knows a particular policy."""
