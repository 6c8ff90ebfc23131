"""Change each rule a little and see which examples notice."""
