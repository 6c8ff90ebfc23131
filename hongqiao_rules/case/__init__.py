"""Living cases: events, the timeline of facts, decisions and payments."""
