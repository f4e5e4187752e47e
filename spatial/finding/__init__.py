"""Candidate districts found on a suitability surface."""
