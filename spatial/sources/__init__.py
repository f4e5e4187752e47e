"""What a city has, source by source: land, sea, buildings, facilities, zones, zoning, history, backdrop."""
