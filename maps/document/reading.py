"""The materials of a document, read from a workbook and the results of its region."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xarray as xr

from decisions.folder import read_criteria
from geojeom.between import open_dataset
from geojeom.tables import read_table
from maps.document.materials import Materials, Ranking
from maps.document.model import Unit
from maps.document.outline import Language, outline
from simulation.city_folder import read_city
from simulation.workbook.book import language_of, read_book
from simulation.workbook.city import City
from simulation.workbook.faults import Ledger
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.plan import Plan, plan_of
from spatial.config.resolved import stored_region

# What makes two openings the same to the simulation.
SAME = ["part", "service", "cell_id", "month", "closes", "units"]


def materials(folder: Path, workbook: Path, language: Language, unit: Unit) -> Materials:
    """All that the document of a workbook says; WorkbookError with every fault where the plan does not hold."""
    grids, sheets = read_grids(workbook), layout()
    book = read_book(grids, sheets, Ledger(str(workbook), language_of(grids, sheets)))
    city = read_city(folder)
    plan = plan_of(book, city)
    # What the check remarks is said in the document's own language.
    book.ledger.language = language
    region = stored_region(folder)
    tables = {name: read_table(folder / f"{name}.parquet", name) for name in ("scores", "contributions", "reasons")}
    values = read_criteria(folder)
    ranking = Ranking(**tables, values=values, criteria=region.criteria.criteria, profile=region.profile)
    spread, unsimulated = simulated_of(folder, plan, city)
    return Materials(
        plan=plan,
        book=book,
        city=city,
        zones=read_table(folder / "zones.parquet", "zones"),
        districts=read_table(folder / "districts.parquet", "districts"),
        ranking=ranking,
        spread=spread,
        unsimulated=unsimulated,
        synthetic=region.region.synthetic,
        outline=outline(),
        language=language,
        unit=unit,
    )


def simulated_of(folder: Path, plan: Plan, city: City) -> tuple[xr.Dataset | None, str]:
    """The scenario of diffusion.nc that is this very plan; where there is none, the text that says why."""
    template = read_table(folder / "plan.parquet", "plan")
    openings = {plan.hub: template[template["district_id"] == plan.hub]}
    if (folder / "plans.parquet").is_file():
        own = read_table(folder / "plans.parquet", "plans")
        openings |= {str(name): rows for name, rows in own[own["district_id"] == plan.hub].groupby("plan_id")}
    with open_dataset(folder / "diffusion.nc") as data:
        held = [name for name in openings if name in data["scenario"].to_numpy()]
        if not held:
            return None, "no_simulation"
        for name in held:
            if same(plan.openings, openings[name], city):
                names = [name for name in data.data_vars if "cell" not in data[name].dims]
                return data[names].sel(scenario=name).load(), ""
    return None, "not_simulated"


def same(openings: pd.DataFrame, simulated: pd.DataFrame, city: City) -> bool:
    """Whether a plan opens and closes the same units at the same places and months as what was simulated."""
    own = openings.assign(cell_id=city.cells["cell_id"].to_numpy()[openings["cell"].to_numpy(int)])
    one, two = (
        frame.reindex(columns=SAME).astype(str).replace("nan", "<NA>").sort_values(SAME).to_numpy().tolist()
        for frame in (own, simulated)
    )
    return bool(one == two)
