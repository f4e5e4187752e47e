"""What commands about plans read of a region's results: the city a plan is held against."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import Fault, PlanError
from geojeom.messages import Remark
from geojeom.ready import bring
from geojeom.tables import read_arrays, read_table
from simulation.plans.catalogue import Settings
from simulation.regions import read_regions
from simulation.workbook.book import Workbook, language_of, read_book
from simulation.workbook.city import City
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import read_grids
from simulation.workbook.land import Land
from simulation.workbook.layout import layout
from simulation.workbook.plan import Plan, plan_of
from simulation.workbook.together import table_of
from spatial.config.region import Spec
from spatial.config.resolve import write
from spatial.config.resolved import stored_region
from spatial.measures.layers import facilities_of, named, sources
from spatial.sources.zoning import ZoningTable

# What a plan is held against.
FOR_PLANS = (
    *("cells.parquet", "zones.parquet", "facilities.parquet", "districts.parquet", "district_travel.npz"),
    *("zoning.parquet", "parcels.parquet"),
)
# Layers whose sources a new workbook names.
LAYERS = ("population", "elderly", "buildings", "history", "streets", "transit_stops", "subway_stations")


def results_of(
    region: Path, results: Path, files: Iterable[str], rooms: Sequence[str] = ("spatial", "simulation")
) -> Path:
    """The results folder of a region file, with some files brought up to date.

    Parameters
    ----------
    region : Path
        The region file.
    results : Path
        The folder in which every region has its own.
    files : iterable of str
        Names of files of the region's results folder.
    rooms : sequence of str
        The rooms whose steps make the files.

    Returns
    -------
    Path
        ``results/<region>``.

    Raises
    ------
    RegionError
        With every fault, where the region file does not hold.
    GeojeomError
        What the steps raise.
    """
    (name, resolved), *_ = read_regions([region]).items()
    write(resolved, results / name)
    bring(results / name, files, rooms)
    return results / name


def region_named(path: str | None, plan: Path) -> Path:
    """The region file that a workbook names, from its own folder.

    Parameters
    ----------
    path : str or None
        As the overview of the workbook has it.
    plan : Path
        The workbook.

    Returns
    -------
    Path
        A file that is there.

    Raises
    ------
    PlanError
        Where it names none there is.
    """
    remedy = "Name the region file with --region."
    if not path:
        raise PlanError(Fault(str(plan), "the path of the region file in the overview", "none", remedy))
    file = plan.parent / path
    if not file.is_file():
        raise PlanError(Fault(str(plan), "the region file that the overview names", f"nothing at {file}", remedy))
    return file


def read_city(folder: Path) -> City:
    """What a plan of the region is held against (workbook.city), from its results.

    Parameters
    ----------
    folder : Path
        The region's results folder, with what ``spatial`` makes.

    Returns
    -------
    City
        Records of land are read when they are asked for.

    Raises
    ------
    SourceError
        Where a file is damaged, or arrays are missing.
    TableError
        Where a table is missing or not as its schema has it.
    RegionError
        Where ``region.json`` does not hold.
    """
    region = stored_region(folder)
    travel = read_arrays(folder / "district_travel.npz", ("district_id", "inside", "drive_s"))
    ids = [str(name) for name in travel["district_id"]]
    cells = read_table(folder / "cells.parquet", "cells")
    facilities = read_table(folder / "facilities.parquet", "facilities")
    inside = dict(zip(ids, travel["inside"], strict=True))
    districts = read_table(folder / "districts.parquet", "districts")

    def land(hub: str) -> Land:
        # Read where a plan has a sheet of space: a large city has a million parcels.
        developable = cells["developable_m2"][inside[hub]]
        return Land(
            hub=districts[districts["district_id"] == hub],
            zoning=read_table(folder / "zoning.parquet", "zoning"),
            parcels=read_table(folder / "parcels.parquet", "parcels"),
            developable_m2=None if developable.isna().all() else float(developable.sum()),
            table=read_catalogue(CATALOGUES / "zoning.yaml", ZoningTable),
        )

    return City(
        region=region.region.region,
        name=region.region.name,
        cells=cells,
        zones=read_table(folder / "zones.parquet", "zones")[["zone_id", "name"]],
        districts=districts[[name for name in ("district_id", "name", "name_en") if name in districts]],
        facilities=facilities,
        inside=inside,
        drive_s=dict(zip(ids, travel["drive_s"], strict=True)),
        services=region.services,
        settings=Settings.model_validate(region.simulation),
        programme=region.programme,
        land=land,
        budget_krw_year=region.region.budget_krw_year,
        fingerprint=_fingerprint(folder),
        sources={layer: _told(sources(layer, region.region)) for layer in LAYERS}
        | {str(kind): _told(facilities_of(str(kind), region.region)) for kind in facilities["kind"].unique()},
    )


def _told(given: Iterable[Spec]) -> tuple[Remark, ...]:
    return tuple(remark for source in given if (remark := named(source)) is not None)


def _fingerprint(folder: Path) -> str:
    """What a plan's places depend on: cells, zones and districts, as a short hash of their files."""
    names = ("cells.parquet", "zones.parquet", "districts.parquet")
    files = b"".join(hashlib.sha256((folder / name).read_bytes()).digest() for name in names)
    return hashlib.sha256(files).hexdigest()[:12]


def read_workbook(path: Path, folder: Path) -> tuple[Plan, pd.DataFrame]:
    """A plan workbook of the region whose results are in ``folder``, and its openings as the table ``plan``.

    Parameters
    ----------
    path : Path
        The workbook.
    folder : Path
        The region's results folder.

    Returns
    -------
    plan : Plan
        What the workbook says.
    openings : DataFrame
        As ``workbook.together.table_of`` gives them; ``plan_id`` is the file's name without its ending.

    Raises
    ------
    WorkbookError
        With every fault by its cell.
    SourceError
        For what is no workbook.
    """
    city = read_city(folder)
    plan = plan_of(book_of(path), city)
    return plan, table_of({path.stem: plan}, city.cells)


def book_of(path: Path) -> Workbook:
    """A plan workbook as its sheets have it, what is wrong with it told in its own language.

    Parameters
    ----------
    path : Path
        The workbook.

    Returns
    -------
    Workbook
        Its ledger has what cannot be read; nothing is raised for that.

    Raises
    ------
    SourceError
        For what is no workbook.
    """
    grids, sheets = read_grids(path), layout()
    return read_book(grids, sheets, Ledger(str(path), language_of(grids, sheets)))
