"""People, jobs and stops: from tables, grids, points and rasters to whole numbers on squares."""
