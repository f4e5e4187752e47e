"""What the commands of this room read and write besides one table: shipped tables of facts."""

from __future__ import annotations

import logging
from typing import Any

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.cells.gather import Tables
from spatial.counts.plausible import Densest
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.sources.codes import CodeAliases
from spatial.sources.parcels import LandOwners
from spatial.sources.zoning import ZoningTable

log = logging.getLogger("geojeom.spatial")


def table(name: str, shape: Any) -> Any:
    """A table under ``data/`` that says what tags or words mean, checked."""
    return read_catalogue(CATALOGUES / f"{name}.yaml", shape)


def tables() -> Any:
    """All tables that reading a region's sources needs."""
    return Tables(
        table("osm_kinds", TagTable),
        table("osm_layers", TagTable),
        table("building_uses", BuildingUses),
        table("speeds", SpeedTable),
        table("zoning", ZoningTable),
        table("code_aliases", CodeAliases),
        table("land_owners", LandOwners),
        table("plausible", Densest),
    )
