"""Candidate districts: read, held to a round's rules, and the way from them to every cell."""
