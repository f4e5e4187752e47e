"""Find a better roll-out of the city's own plan where the region file asks for one, and say why it is better."""

from __future__ import annotations

import logging

from decisions.rollout.account import frontier_table, limits_table, rollout_table
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import write_table
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    # Of a region that does not ask for it nothing is read.
    reads_where={
        "cells.parquet": "region.rollout",
        "history.parquet": "region.rollout",
        "streets.npz": "region.rollout",
        "travel.npz": "region.rollout",
        "districts.parquet": "region.rollout",
        "district_travel.npz": "region.rollout",
        "plan.parquet": "region.rollout",
        "plans.parquet": "region.rollout",
        "plans.json": "region.rollout",
        "scores.parquet": "region.rollout",
        "backdrop.parquet": "simulation.barriers",
    },
    writes=("rollout.parquet", "rollout_limits.parquet", "rollout_frontier.parquet"),
    settings=("services", "plan", "simulation", "programme", "region.plans", "region.rollout"),
    # A new weight that leaves the same ones best changes nothing here.
    only={"scores.parquet": "decisions.choice.simulated"},
    threads=8,
)


def run(folder: Folder) -> None:
    """Find a better roll-out of the city's own plan where the region file asks for one, and say why it is better.

    The plan is the first workbook of ``plans:``, else the template on the best candidate. The tables are empty where
    the region file has no ``rollout:``.
    """
    region = stored_region(folder)
    rollout, limits, frontier = rollout_table([]), limits_table([]), frontier_table([])
    if region.region.rollout is not None:
        # The kernels and the solver are loaded where they are asked for.
        from decisions.rollout.asked import asked  # noqa: PLC0415

        rollout, limits, frontier = asked(folder, region, region.region.rollout)
        log.info(
            "%(scenario)s: %(before).0f -> %(value).0f users outside, none above %(bound).0f (gap %(gap).4f)",
            rollout.attrs,
        )
    write_table(rollout, folder / "rollout.parquet", "rollout")
    write_table(limits, folder / "rollout_limits.parquet", "rollout_limits")
    write_table(frontier, folder / "rollout_frontier.parquet", "rollout_frontier")
