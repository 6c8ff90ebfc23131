"""The decision: editions, assessments, and the statements that explain them."""
