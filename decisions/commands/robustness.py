"""Say how sure the ranking is and why it is so: draws of weights and unknown values, tornado, pairs, reasons."""

from __future__ import annotations

import logging

from decisions.ranking.reasons import readable, reasons
from decisions.ranking.robustness import robustness as vary
from decisions.ranking.smaa import prepare as prepare_draws
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.spreadsheet import write_csv
from geojeom.tables import read_table, write_table
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    reads=("districts.parquet", "vetoes.parquet", "scores.parquet", "contributions.parquet"),
    writes=(
        "robustness.parquet",
        "acceptability.parquet",
        "tornado.parquet",
        "pairs.parquet",
        "reasons.parquet",
        "reasons.csv",
    ),
    settings=("criteria",),
    threads=8,
)


def prepare() -> None:
    """Have the kernels compiled that the command calls."""
    prepare_draws()


def run(folder: Folder) -> None:
    """Say how sure the ranking is and why it is so: draws of weights and unknown values, tornado, pairs, reasons."""
    criteria = stored_region(folder).criteria
    names = ("districts", "vetoes", "scores", "contributions")
    tables = {name: read_table(folder / f"{name}.parquet", name) for name in names}
    varied = vary(tables["scores"], tables["contributions"])
    for name, frame in varied._asdict().items():
        write_table(frame, folder / f"{name}.parquet", name)
    why = reasons(catalogue=criteria, **tables)
    write_table(why[["district_id", "other_id", "reason", "unknown"]], folder / "reasons.parquet", "reasons")
    write_csv(readable(why), folder / "reasons.csv")
    for row in varied.robustness.sort_values("rank").itertuples():
        settled = f"; {row.settling_criterion} would settle it" if isinstance(row.settling_criterion, str) else ""
        log.info("%s: rank %s, %s to %s%s", row.district_id, row.rank, row.rank_best, row.rank_worst, settled)
