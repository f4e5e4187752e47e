"""Services and plans: what may be said of them, and from openings to who can use what where."""
