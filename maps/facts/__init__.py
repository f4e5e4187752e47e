"""Facts: the numbers that more than one page shows, each once, with its unit, its rounding and where it is from."""
