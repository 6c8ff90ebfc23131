"""From policy files to a checked, dated, typed rulebook. Nothing in here knows any particular policy."""
