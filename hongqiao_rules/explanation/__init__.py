"""Rules as sentences, and the rulebook as text."""
