"""Streets as a network, and travel times over it."""
