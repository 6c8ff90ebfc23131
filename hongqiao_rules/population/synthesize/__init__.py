"""Make synthetic registers."""
