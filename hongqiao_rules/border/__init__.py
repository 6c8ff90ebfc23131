"""What crosses the border: text into checked facts, with every fault told at once."""
