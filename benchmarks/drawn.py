"""One new candidate, from its outline to its rank: travel, criteria, plan, ten years of spread, score.

`benchmarks/candidate.py` times the middle of this on an invented city of 60,000 cells; here all of it is done, on a
region with everything its sources give.

    python benchmarks/drawn.py [results/<region>]   (a region that has been run; else Haemil, run first)

What an interactive user waits for when a district is drawn on a region that is already known. All tables are in memory
and the kernels are compiled ("warm"); each step is done for the new district alone, the score for all. That the new
district gets the values the pipeline would give it is checked by measuring one of the region's own candidates again.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from decisions.folder import read_criteria
from decisions.ranking.score import score
from geojeom.results import stored
from geojeom.tables import read_table
from simulation.folder import gather
from simulation.outcomes import adopters, burden
from simulation.plans.settings import read
from simulation.runs import inputs, scenario
from simulation.runs.worlds import central
from simulation.spread.diffusion import mean_field
from spatial.config.minimum import Minimum
from spatial.config.resolved import stored_region
from spatial.districts.travel import district_travel
from spatial.folder import table as shipped
from spatial.measures.context import Context
from spatial.measures.criteria import measure
from spatial.reading.provenance import Account
from spatial.streets.network import Network

RUNS = 5
NEW = "NEW"


class Region:
    """Everything known before the district is drawn."""

    def __init__(self, folder: Path) -> None:
        self.resolved = stored_region(folder)
        self.scheme = read(self.resolved.plain, str(folder / "region.json"))
        self.found, self.district_ids = gather(folder)
        self.districts = read_table(folder / "districts.parquet", "districts")
        self.network = Network.load(folder / "streets.npz")
        self.facilities = read_table(folder / "facilities.parquet", "facilities")
        self.zoning = read_table(folder / "zoning.parquet", "zoning")
        self.parcels = read_table(folder / "parcels.parquet", "parcels")
        self.minimum = shipped("minimum", Minimum)
        self.account = Account.of(stored(folder, "sources.json"))
        self.values = read_criteria(folder)
        self.vetoes = read_table(folder / "vetoes.parquet", "vetoes")
        self.people = inputs.potential_of(self.found, self.scheme, self.scheme.opened)
        self.city = inputs.city_of(self.found, self.scheme, self.people)

    def drawn(self) -> gpd.GeoDataFrame:
        """A square of 1 km round the cell with most people outside every candidate."""
        cells = self.found.cells
        free = ~self.found.district_travel["inside"].any(axis=0)
        most = int(np.argmax(np.where(free, cells["population"].fillna(0).to_numpy(float), -1.0)))
        x, y = cells["x_m"].iloc[most], cells["y_m"].iloc[most]
        return self.one(self.districts["district_id"].iloc[0]).assign(
            district_id=NEW, name=NEW, geometry=[shapely.box(x - 500, y - 500, x + 500, y + 500)], area_m2=1e6
        )

    def one(self, district_id: str) -> gpd.GeoDataFrame:
        return self.districts[self.districts["district_id"] == district_id].reset_index(drop=True)


def judged(region: Region, district: gpd.GeoDataFrame, took: dict[str, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Criteria and scores with the district added (or put anew); seconds of every step into ``took``."""
    begin = time.perf_counter()

    def step(name: str) -> None:
        nonlocal begin
        now = time.perf_counter()
        took[name] = now - begin
        begin = now

    name, cells = str(district["district_id"].iloc[0]), region.found.cells
    travel = district_travel(district, cells["x_m"].to_numpy(), cells["y_m"].to_numpy(), region.network)
    step("travel from the district")
    place = Context(
        cells=cells,
        facilities=region.facilities,
        districts=district,
        travel=travel,
        network=region.network,
        programme=region.resolved.programme,
        cell_area_m2=float(region.resolved.region.cell_size_m) ** 2,
        minimum=region.minimum,
        zoning=region.zoning,
        parcels=region.parcels,
        history=region.found.history,
    )
    values, vetoes = measure(place, region.resolved.criteria, region.resolved.region, region.account)
    step("criteria and vetoes")
    reach = {field: np.asarray(getattr(travel, field)) for field in inputs.DISTRICT_TRAVEL}
    found = inputs.Inputs(
        cells,
        region.network,
        region.found.travel,
        reach,
        region.found.history,
        {name: float(district["area_m2"].iloc[0])},
    )
    plan, reached = inputs.plan_of(found, region.scheme, name)
    hub = inputs.hub_of(found, region.scheme, region.city, name, openings=plan, reached=reached)
    step("plan laid, and where it reaches")
    problem = scenario.problem(region.city, [hub], region.scheme.months)
    lanes = central(region.scheme.services, region.city.services, region.scheme.settings.mixing, 1)
    mean_field(problem, lanes, np.empty(0, np.int64))
    step("mean field")
    seed = region.resolved.region.seed
    adoptions = {name: adopters.in_worlds(region.scheme, region.city, hub, seed)}
    step("worlds of chance")
    table = inputs.as_table({name: plan}, cells)
    told = [
        adopters.criterion(adoptions, [name], region.scheme.months, region.people.not_simulated, opens=True),
        burden.capex_per_resident(table, inputs.residents_near(found), inputs.NEAR_WALK_S),
        burden.opex_budget_share(table, [name], region.resolved.region.budget_krw_year),
    ]
    mine = pd.concat([values, *told], ignore_index=True)
    others = region.values["district_id"] != name, region.vetoes["district_id"] != name
    ids = list(dict.fromkeys([*region.district_ids, name]))
    scores, _ = score(
        ids,
        pd.concat([region.values[others[0]], mine], ignore_index=True),
        pd.concat([region.vetoes[others[1]], vetoes], ignore_index=True),
        region.resolved.criteria,
        region.resolved.profile,
    )
    step("scores by four methods")
    return mine, scores


def same_as_the_pipeline(region: Region) -> None:
    """One of the region's own candidates, measured alone, must get the pipeline's values."""
    name = region.district_ids[0]
    mine, _ = judged(region, region.one(name), {})
    theirs = region.values[region.values["district_id"] == name].set_index("criterion")["value"]
    pd.testing.assert_series_equal(mine.set_index("criterion")["value"].sort_index(), theirs.sort_index(), rtol=1e-9)


def median_of(work: Callable[[dict[str, float]], Any]) -> dict[str, float]:
    work({})
    rounds: list[dict[str, float]] = []
    for _ in range(RUNS):
        rounds.append({})
        work(rounds[-1])
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "results/haemil")
    if len(sys.argv) == 1:
        snakemake = [
            sys.executable,
            "-m",
            "snakemake",
            "--cores",
            "2",
            "--quiet",
            "all",
            "--",
            folder / "scores.parquet",
        ]
        subprocess.run(snakemake, cwd=Path(__file__).parent.parent, check=True, stderr=subprocess.DEVNULL)
    elif not (folder / "scores.parquet").is_file():
        sys.exit(f"{folder} has no scores.parquet: run the pipeline on the region first")
    region = Region(folder)
    same_as_the_pipeline(region)
    district = region.drawn()
    took = median_of(lambda step: judged(region, district, step))
    size = (
        f"{len(region.found.cells):,} cells, {region.city.potential.shape[0]} services, {region.scheme.months} months"
    )
    print(f"one new candidate in {folder.name}: {size}")
    for name, seconds in took.items():
        print(f"  {name:<34}{seconds:>8.3f} s")
    whole = sum(took.values())
    print(f"  {'from its outline to its rank':<34}{whole:>8.3f} s")
    print(f"  {'the same by the mean field alone':<34}{whole - took['worlds of chance']:>8.3f} s")


if __name__ == "__main__":
    main()
