"""What several steps read of a region's results folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geojeom.tables import read_table


def read_criteria(folder: Path) -> pd.DataFrame:
    """Values of all criteria: those measured on the map, and those that only the simulation knows.

    Parameters
    ----------
    folder : Path
        The region's results folder.

    Returns
    -------
    DataFrame
        The rows of criteria.parquet and then those of criteria_diffusion.parquet (docs/files.md), numbered anew.

    Raises
    ------
    TableError
        Where either is missing or does not keep its schema.
    SourceError
        Where either cannot be read.
    """
    names = ("criteria.parquet", "criteria_diffusion.parquet")
    values: pd.DataFrame = pd.concat([read_table(folder / name, "criteria") for name in names], ignore_index=True)
    return values
