"""Score and rank the districts by every method, with each criterion's contribution."""

from __future__ import annotations

import logging

from decisions.folder import read_criteria
from decisions.ranking import score as scores
from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from spatial.config.ahp import contradiction, judged
from spatial.config.resolved import stored_region

log = logging.getLogger("geojeom.decisions")
COMMAND = Command(
    reads=("criteria.parquet", "criteria_diffusion.parquet", "vetoes.parquet", "districts.parquet"),
    writes=("scores.parquet", "contributions.parquet"),
    settings=("criteria", "profile"),
)


def run(folder: Folder) -> None:
    """Score and rank the districts by every method, with each criterion's contribution."""
    region = stored_region(folder)
    profile, catalogue = region.profile, region.criteria
    table, contributions = scores.score(
        list(read_table(folder / "districts.parquet", "districts")["district_id"]),
        read_criteria(folder),
        read_table(folder / "vetoes.parquet", "vetoes"),
        catalogue,
        profile,
    )
    write_table(contributions, folder / "contributions.parquet", "contributions")
    write_table(table, folder / "scores.parquet", "scores")
    for row in table.sort_values(["method", "rank"]).itertuples():
        standing = "vetoed" if row.vetoed else f"rank {row.rank}"
        log.info(
            "%s: %s %s, %.3f (%.3f to %.3f)",
            row.method,
            row.district_id,
            standing,
            row.score,
            row.score_low,
            row.score_high,
        )
    if profile.pairwise is not None:
        judgement = judged(profile)
        log.info("judgements: λmax %.4f, CI %.4f, CR %.4f", judgement.lambda_max, judgement.ci, judgement.cr)
        if (
            contradicted := contradiction(profile, {criterion.id: criterion.label for criterion in catalogue.criteria})
        ) is not None:
            log.warning("%s", contradicted.en)
