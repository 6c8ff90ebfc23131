"""The rulebook for places without Python: JavaScript for calculators in a page and for Node."""
