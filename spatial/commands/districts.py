"""Check the candidate districts and measure travel from each to every cell."""

from __future__ import annotations

import json
import logging

from geojeom.command import Command
from geojeom.results import Folder, configuration
from geojeom.tables import atomic, read_table, write_table
from spatial.districts.candidates import check_districts
from spatial.districts.travel import district_travel
from spatial.reading.boundary import read_area
from spatial.reading.provenance import Account
from spatial.reading.vector import read_polygons
from spatial.streets.network import Network

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("cells.parquet", "streets.npz"),
    sources=("boundary", "candidates"),
    writes=("districts.parquet", "district_travel.npz", "candidates.json"),
    settings=("region.boundary", "region.crs", "region.country", "region.candidates"),
)


def run(folder: Folder) -> None:
    """Check the candidate districts and measure travel from each to every cell."""
    region = configuration(folder)["region"]
    area = read_area(region, Account())
    account = Account(box=area.degrees)
    given = region["candidates"]
    ledger = account.open("candidates", given)
    candidates = read_polygons(given["path"], given["crs"], area.extent, ledger, {}, carries=["district_id"])
    table = check_districts(
        candidates, area.polygon, area.crs, given["path"], cell_size_m=area.cell_size_m, ledger=ledger
    )
    cells = read_table(folder / "cells.parquet", "cells")
    reach = district_travel(
        table, cells["x_m"].to_numpy(), cells["y_m"].to_numpy(), Network.load(folder / "streets.npz")
    )
    reach.save(folder / "district_travel.npz")
    write_table(table, folder / "districts.parquet", "districts")
    with atomic(folder / "candidates.json") as partial:
        partial.write_text(json.dumps(account.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    account.tell()
