"""What an assessment is made of."""
