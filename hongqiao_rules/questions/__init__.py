"""Questions about more than one household at once: what is missing, what would change the answer, what always holds."""
