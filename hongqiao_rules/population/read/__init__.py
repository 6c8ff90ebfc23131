"""Read registers: files and tables into the columns of the engine."""
