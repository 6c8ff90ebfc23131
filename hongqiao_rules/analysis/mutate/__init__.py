"""Change each rule a little and find what notices it."""
