"""The plan: standards of communities, and how each sentence is covered."""
