"""Write results: columns, and files that are complete or absent."""
