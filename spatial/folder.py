"""What the commands of this room read and write besides one table: shipped tables of facts, accounts of sources."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.files import atomic
from spatial.counts.plausible import Densest
from spatial.reading.provenance import Account
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.sources.codes import CodeAliases
from spatial.sources.parcels import LandOwners
from spatial.sources.zoning import ZoningTable
from spatial.store.read import Tables

log = logging.getLogger("geojeom.spatial")


def table(name: str, shape: Any) -> Any:
    """A table under ``data/`` that says what tags or words mean, checked.

    Parameters
    ----------
    name : str
        The table's name, without ``.yaml``.
    shape : type of BaseModel
        The model that it is checked against.

    Returns
    -------
    BaseModel
        The checked model, of class ``shape``.

    Raises
    ------
    RegionError
        With every fault, where the table does not hold.
    """
    return read_catalogue(CATALOGUES / f"{name}.yaml", shape)


def tables() -> Any:
    """All tables that reading a region's sources needs.

    Returns
    -------
    Tables
        Each checked.

    Raises
    ------
    RegionError
        With every fault, where one of them does not hold.
    """
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


def write_account(account: Account, path: Path) -> None:
    """Write an account as JSON, whole or not at all.

    Parameters
    ----------
    account : Account
        Of a region's sources.
    path : Path
        The file.

    Raises
    ------
    FolderError
        Where it cannot be written.
    """
    with atomic(path) as partial:
        partial.write_text(json.dumps(account.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
