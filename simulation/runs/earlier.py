"""Scenarios of an earlier run, read back from the dataset that is about to be written again.

A scenario whose key is the same is the same to the last bit: what is stored of it is what running it would give.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import h5netcdf
import numpy as np
import xarray as xr

from geojeom.between import open_dataset
from geojeom.errors import SourceError
from geojeom.files import atomic
from simulation.runs.dataset import Run, plain

log = logging.getLogger("geojeom.simulation")
KEYS = "scenario_sha256"
# What a Run holds; everything else of a scenario is its measures.
OF_RUN = ("inside", "adopters", "adopters_quantile", "total_inside", "total_outside")
OF_MEASURES = ("service", "where", "reached")


class Scenario(NamedTuple):
    """One plan's worlds, and the measures made of them."""

    run: Run
    measures: xr.Dataset


def keys(path: Path) -> dict[str, str]:
    """The key of every scenario of a stored dataset, in its order; empty where there is none, or it cannot be read.

    Parameters
    ----------
    path : Path
        The dataset.

    Returns
    -------
    dict of str
        Scenario -> key.
    """
    if not path.is_file():
        return {}
    try:
        with open_dataset(path, needs=(KEYS,)) as data:
            return dict(json.loads(data.attrs[KEYS]))
    except SourceError:
        log.info("%s is made anew: it is damaged, or of another version", path)
        return {}


def scenarios(path: Path, names: Collection[str]) -> dict[str, Scenario]:
    """Some scenarios of a stored dataset by name; empty where its values cannot be read.

    Parameters
    ----------
    path : Path
        The dataset.
    names : collection of str
        Scenarios that it has.

    Returns
    -------
    dict of Scenario
        By name.
    """
    if not names:
        return {}
    try:
        with open_dataset(path) as data:
            return {name: _scenario(data, name) for name in names}
    except SourceError:
        log.info("%s is made anew: it is damaged", path)
        return {}


def renew(path: Path, attrs: Mapping[str, Any]) -> None:
    """Let a stored dataset have other attributes, and the values it has.

    Parameters
    ----------
    path : Path
        The dataset; written whole or not at all.
    attrs : mapping
        The attributes; those it has besides stay.

    Raises
    ------
    FolderError
        Where it cannot be written.
    """
    with atomic(path) as partial:
        shutil.copyfile(path, partial)
        with h5netcdf.File(partial, "a") as file:
            for name, value in plain(attrs).items():
                # One that is written again takes new room in the file, whatever it says.
                if name not in file.attrs or file.attrs[name] != value:
                    file.attrs[name] = value


def _scenario(data: xr.Dataset, name: str) -> Scenario:
    stored = data.sel(scenario=name).load().drop_encoding()
    arrays = {part: np.ascontiguousarray(stored[part].to_numpy()) for part in OF_RUN}
    measured = [str(part) for part in data.data_vars if "scenario" in data[part].dims and part not in OF_RUN]
    others = [part for part in stored.coords if part not in OF_MEASURES]
    return Scenario(Run(name, **arrays), stored[measured].drop_vars(others, errors="ignore").drop_attrs(deep=False))
