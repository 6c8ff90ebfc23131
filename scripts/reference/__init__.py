"""The reference pages of rulebooks."""
