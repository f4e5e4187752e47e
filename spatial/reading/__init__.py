"""Files as they come, read right: formats, coordinates, squares, and where every row went."""
