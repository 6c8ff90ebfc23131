"""Living cases: events as they become known, the record they are kept in, and the decision that follows them."""
