"""Measure every criterion and veto of every district, but for what only the simulation knows."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.messages import from_column, text_of
from geojeom.results import Folder, stored
from geojeom.tables import read_table, write_table
from spatial.config.minimum import Minimum
from spatial.config.resolved import stored_region
from spatial.districts.travel import DistrictTravel
from spatial.folder import table
from spatial.measures.context import Context
from spatial.measures.criteria import measure
from spatial.measures.gaps import gaps
from spatial.reading.provenance import Account
from spatial.streets.network import Network

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=(
        "cells.parquet",
        "facilities.parquet",
        "streets.npz",
        "districts.parquet",
        "district_travel.npz",
        "sources.json",
        "zoning.parquet",
        "parcels.parquet",
        "history.parquet",
    ),
    catalogues=("minimum",),
    writes=("criteria.parquet", "gaps.parquet", "vetoes.parquet"),
    settings=(
        "criteria",
        "programme",
        "region.budget_krw_year",
        "region.cell_size_m",
        "region.sources",
        "region.candidates",
        "region.evidence",
    ),
    threads=8,
)


def run(folder: Folder) -> None:
    """Measure every criterion and veto of every district, but for what only the simulation knows."""
    resolved = stored_region(folder)
    context = Context(
        cells=read_table(folder / "cells.parquet", "cells"),
        facilities=read_table(folder / "facilities.parquet", "facilities"),
        districts=read_table(folder / "districts.parquet", "districts"),
        travel=DistrictTravel.load(folder / "district_travel.npz"),
        network=Network.load(folder / "streets.npz"),
        programme=resolved.programme,
        cell_area_m2=float(resolved.region.cell_size_m) ** 2,
        minimum=table("minimum", Minimum),
        zoning=read_table(folder / "zoning.parquet", "zoning"),
        parcels=read_table(folder / "parcels.parquet", "parcels"),
        history=read_table(folder / "history.parquet", "history"),
    )
    values, vetoes = measure(context, resolved.criteria, resolved.region, Account.of(stored(folder, "sources.json")))
    write_table(values, folder / "criteria.parquet", "criteria")
    write_table(gaps(context), folder / "gaps.parquet", "gaps")
    write_table(vetoes, folder / "vetoes.parquet", "vetoes")
    # One line for all criteria that lack a value in as many districts: what a city has no data for is a long list.
    lacking = values[values["missing"].notna()].groupby("criterion", sort=False).size()
    for count, names in lacking.groupby(lacking, sort=False):
        log.warning("no value for %d of %d districts: %s", count, len(context.districts), ", ".join(names.index))
    for row in vetoes[vetoes["vetoed"].fillna(False)].itertuples():
        log.warning("district %s is vetoed: %s, %s", row.district_id, row.veto, text_of(from_column(row.found), "en"))
