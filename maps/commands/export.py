"""Write a region's results as one GeoPackage that opens in QGIS, styled and with the time of the diffusion."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from geojeom.between import open_dataset
from geojeom.errors import Fault, FolderError
from geojeom.files import atomic
from geojeom.results import Folder
from geojeom.tables import read_table
from maps.geopackage import ranked, write_geopackage, yearly

log = logging.getLogger("geojeom.maps")


def run(folder: Folder, file: Annotated[Path, typer.Argument(help="The GeoPackage to write (.gpkg).")]) -> None:
    """Write a region's results as one GeoPackage that opens in QGIS, styled and with the time of the diffusion."""
    if file.suffix.lower() != ".gpkg":
        remedy = f"Name it {file.stem}.gpkg."
        raise FolderError(Fault(str(file), "a name that ends in .gpkg", file.suffix or "no ending", remedy))
    names = ("districts", "zones", "cells", "facilities", "scores")
    tables = {name: read_table(folder / f"{name}.parquet", name) for name in names}
    with open_dataset(folder / "diffusion.nc") as data:
        users = yearly(data, tables["cells"])
    layers = {
        "districts": (ranked(tables["districts"], tables["scores"]), "score"),
        "zones": (tables["zones"], None),
        "facilities": (tables["facilities"], None),
        "cells": (tables["cells"], "population"),
        "diffusion": (users, "adopters"),
    }
    with atomic(file) as partial:
        write_geopackage(layers, partial)
    log.info("%s: %s", file, ", ".join(f"{len(frame):,} {name}" for name, (frame, _) in layers.items()))
