"""The sources of a region as tables: each file is read once and kept as tables, which everything else reads."""
