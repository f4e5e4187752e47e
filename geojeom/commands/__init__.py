"""Commands of ``geojeom`` itself: they run those of the rooms."""
