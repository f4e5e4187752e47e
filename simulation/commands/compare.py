"""Write what plan B does that plan A does not, service by service and month by month, in the same worlds."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Annotated

import typer

from geojeom.between import hold, open_dataset
from geojeom.errors import SourceError, raise_if_any
from geojeom.files import atomic
from geojeom.spreadsheet import write_csv
from geojeom.tables import check_schema, write_table
from simulation.outcomes.compare import difference, summary

log = logging.getLogger("geojeom.simulation")
# What two datasets are compared by.
NEEDS = (
    *("scenario", "service", "cell_id", "month", "world", "stream", "potential", "total_inside", "total_outside"),
    *("start", "seed", "sections_sha256", "input_sha256", "versions", "not_simulated"),
)


def run(
    a: Annotated[Path, typer.Argument(help="A dataset of `run` or `ensemble`.")],
    b: Annotated[Path, typer.Argument(help="Another, of the same region, seed, worlds and years.")],
    out: Annotated[
        Path | None,
        typer.Option(
            help="The table: .parquet, or .csv with its origin in a .json beside; difference.parquet beside B."
        ),
    ] = None,
) -> None:
    """Write what plan B does that plan A does not, service by service and month by month, in the same worlds."""
    by = "geojeom simulation run RESULTS"
    faults = []
    for path in (a, b):
        try:
            hold(path, "a dataset", by)
        except SourceError as error:
            faults += error.faults
    raise_if_any(SourceError, faults)
    with open_dataset(a, by, NEEDS) as ours, open_dataset(b, by, NEEDS) as theirs:
        table, notes = difference(ours, theirs, (str(a), str(b)))
        table.attrs.update(a=dict(ours.attrs), b=dict(theirs.attrs))
        worlds = ours.sizes["world"]
    path = out or b.with_name("difference.parquet")
    if path.suffix == ".csv":
        check_schema(table, "difference", str(path))
        write_csv(table, path)
        # Text has no place for seed, configuration, inputs and versions.
        with atomic(path.with_name(f"{path.name}.json")) as partial:
            partial.write_text(json.dumps(table.attrs, ensure_ascii=False, indent=1), encoding="utf-8")
    else:
        write_table(table, path, "difference")
    for note in notes:
        log.warning("%s", note)
    typer.echo(summary(table, worlds))
