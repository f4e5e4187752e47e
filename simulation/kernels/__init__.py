"""Compiled loops: chance, the month, the mixing product, agents."""
