"""Assess a population: households as Arrow tables or in files, a row of results for each. Needs the extra ``population``."""
