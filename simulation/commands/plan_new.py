"""Write a plan workbook for a hub, filled in from the region's template, for a team to edit."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.tables import read_table
from simulation.city_folder import FOR_PLANS, read_city, results_of
from simulation.plans import siting
from simulation.plans.settings import read
from simulation.workbook.city import City
from simulation.workbook.drafting import draft, form_of
from simulation.workbook.problems import Search
from simulation.workbook.values import NoValueError
from simulation.workbook.writing import refused, write_book
from spatial.config.minimum import Minimum
from spatial.config.resolved import stored_region
from spatial.districts.travel import DistrictTravel
from spatial.folder import table
from spatial.measures.context import Ground
from spatial.streets.network import Network

log = logging.getLogger("geojeom.simulation")


def run(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    plan: Annotated[Path | None, typer.Argument(help="The workbook to write (.xlsx).")] = None,
    *,
    hub: Annotated[
        str | None, typer.Option(help="The district to build in, by id or name; the first if left out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The workbook to write, where it is no argument.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the workbook: ko or en.")] = "ko",
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Write a plan workbook for a hub, filled in from the region's template, for a team to edit.

    A workbook that is there already is not written over.
    """
    path = _one(plan, out)
    raise_if_any(PlanError, refused(path, lang))
    folder = results_of(region, results, (*FOR_PLANS, "streets.npz", "history.parquet"))
    city = read_city(folder)
    chosen = _chosen(hub, city, region)
    own = _laid(folder, city, chosen, lang)
    search = _search(folder, city, chosen)
    overview, sheets = draft(city, chosen, own, lang, problems=search.found())
    for remark in search.unknown:
        log.warning("%s", getattr(remark, lang))
    overview["region_file"] = Path(os.path.relpath(region.resolve(), path.resolve().parent)).as_posix()
    write_book(path, overview, sheets, form_of(city, lang))
    typer.echo(f"{path}: {chosen}, {len(own)} openings")


def _one(plan: Path | None, out: Path | None) -> Path:
    """The workbook to write, named once: as the second argument, or by ``-o``."""
    if plan is not None and out is None:
        return plan
    if out is not None and plan is None:
        return out
    found = "none" if out is None else f"{plan} and {out}"
    raise PlanError(Fault("plan new", "one workbook to write", found, "Name it once: plan.xlsx, or -o plan.xlsx."))


def _laid(folder: Path, city: City, hub: str, lang: str) -> pd.DataFrame:
    """The region's template laid on a hub, as ``simulation candidates`` does, which would run it on every hub first."""
    scheme = read(stored_region(folder).plain, str(folder / "region.json"))
    area_m2 = float(read_table(folder / "districts.parquet", "districts").set_index("district_id").loc[hub, "area_m2"])
    if (scaling := siting.scaling(scheme.plan.hub_area_m2, area_m2)) is not None:
        log.warning("%s: %s", hub, getattr(scaling.remark, lang))
    openings = siting.lay(
        siting.scaled(scheme.plan, area_m2),
        scheme.services,
        city.ground,
        city.inside[hub],
        hub_drive_s=city.drive_s[hub],
        start=scheme.settings.start,
    )
    return openings.assign(cell_id=city.cells["cell_id"].to_numpy()[openings["cell"]])


def _search(folder: Path, city: City, hub: str) -> Search:
    """The region's tables in which its problems are looked for."""
    travel = DistrictTravel.load(folder / "district_travel.npz")
    ground = Ground(
        cells=city.cells,
        facilities=city.facilities,
        network=Network.load(folder / "streets.npz"),
        cell_area_m2=float(stored_region(folder).region.cell_size_m) ** 2,
        minimum=table("minimum", Minimum),
    )
    history = read_table(folder / "history.parquet", "history")
    return Search(city, ground, history, hub, travel.walk_s[list(travel.district_id).index(hub)])


def _chosen(hub: str | None, city: City, region: Path) -> str:
    if hub is None:
        return str(city.districts["district_id"].iloc[0])
    try:
        return city.hub(hub)
    except NoValueError as error:
        raise PlanError(Fault(str(region), "--hub, a candidate of the region", repr(hub), error.remark.en)) from error
