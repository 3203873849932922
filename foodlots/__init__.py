"""foodlots: a public food budget, cut into lots that regional producers can win."""

__version__ = "0.1.0"
