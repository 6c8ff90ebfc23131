"""From a checked household to its assessment: what the rules of a rulebook, readings and overlays decide."""
