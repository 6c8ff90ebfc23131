"""What an expression is: operations, types, names, and the parser."""
