"""A municipality's plan as a workbook: written, read, checked by its cells, and turned into openings."""
