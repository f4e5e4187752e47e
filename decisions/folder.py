"""What several steps read of a region's results folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geojeom.messages import Remark, from_data
from geojeom.tables import read_table

# What is measured on the map, and what only the simulation knows: by different rooms, with no criterion in both.
SIMULATED = "criteria_diffusion.parquet"
CRITERIA = ("criteria.parquet", SIMULATED)


def criteria_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of values by criterion, each as it is: for what tells where a value stands, or what it is of.

    Parameters
    ----------
    folder : Path
        The region's results folder.

    Returns
    -------
    dict
        File (``CRITERIA``) -> its rows (docs/files.md), with the table's attributes.

    Raises
    ------
    TableError
        Where either is missing or does not keep its schema.
    SourceError
        Where either cannot be read.
    """
    return {name: read_table(folder / name, "criteria") for name in CRITERIA}


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
    values: pd.DataFrame = pd.concat(list(criteria_tables(folder).values()), ignore_index=True)
    return values


def plans_of_values(folder: Path) -> dict[str, Remark]:
    """By which plan the simulation's values of each candidate are: one of the city's own, or the template.

    Parameters
    ----------
    folder : Path
        The region's results folder.

    Returns
    -------
    dict
        District -> what the plan is called; empty where the table does not say.

    Raises
    ------
    TableError
        Where criteria_diffusion.parquet is missing or does not keep its schema.
    SourceError
        Where it cannot be read.
    """
    told = read_table(folder / SIMULATED, "criteria").attrs.get("plans", {})
    return {name: from_data(remark) for name, remark in told.items()}
