"""Write facts.parquet: every number that more than one page shows, once, rounded as they show it."""

from __future__ import annotations

from decisions.folder import criteria_tables
from geojeom.between import open_dataset
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from maps.diffusion import of_scenario, scenarios_of
from maps.facts.candidates import candidate_facts, known_facts, region_facts, weight_facts
from maps.facts.plans import plan_facts, users_facts
from maps.facts.table import facts_table
from maps.openings import own_plans
from spatial.config.resolved import stored_region

COMMAND = Command(
    reads=(
        "cells.parquet",
        "districts.parquet",
        "criteria.parquet",
        "criteria_diffusion.parquet",
        "scores.parquet",
        "contributions.parquet",
        "acceptability.parquet",
        "plan.parquet",
        "plans.parquet",
        "plans.json",
        "money.parquet",
        "diffusion.nc",
    ),
    writes=("facts.parquet",),
    settings=("criteria", "services"),
)


def run(folder: Folder) -> None:
    """Write facts.parquet: every number that more than one page shows, once, rounded as they show it."""
    names = ("cells", "districts", "scores", "contributions", "acceptability", "money")
    tables = {name: read_table(folder / f"{name}.parquet", name) for name in names}
    plans = own_plans(folder)
    facts = [
        *region_facts(tables["cells"]),
        *weight_facts(stored_region(folder).criteria, tables["contributions"]),
        *candidate_facts(tables["districts"], criteria_tables(folder), tables["scores"], tables["acceptability"]),
    ]
    facts += known_facts(tables["contributions"])
    with open_dataset(folder / "diffusion.nc") as data:
        facts += users_facts(data)
        for scenario in scenarios_of(data, plans.titles):
            facts += plan_facts(scenario, of_scenario(plans.openings, scenario), of_scenario(tables["money"], scenario))
    write_table(facts_table(facts), folder / "facts.parquet", "facts")
