"""All sources of a region brought together: checked, or written as the tables of cells and zones."""
