"""From measured values to scores and ranks, how sure they are, and why."""
