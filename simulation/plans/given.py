"""The city's own plan, as its file gives it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geojeom.tables import read_table
from simulation.plans.payers import in_columns_of_today


def read_plan(path: Path) -> pd.DataFrame:
    """The openings of a plan file, a table of the schema ``plan``: every ``--plan`` that is no template is read here.

    Raises TableError with every fault, SourceError where the file cannot be read.
    """
    table: pd.DataFrame = read_table(path, "plan", renewed=in_columns_of_today)
    return table
