"""Analyse populations: summaries, comparisons, ledgers, pages and plots."""
