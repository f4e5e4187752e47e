"""The ensemble as a labelled dataset (``diffusion.nc``; docs/files.md gives every variable)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from simulation.runs.quantiles import QUANTILES, WORLDS_OF_A_RANGE

PACKAGES = ("geojeom", "numba", "numpy", "pandas", "pyproj", "scipy", "shapely", "xarray")
# Adopters of the mean field are stored to the nearest 1/256 person: exact binary fractions, which compress well.
STEPS_PER_PERSON = np.float32(256)


@dataclass(frozen=True)
class Run:
    """One scenario's results over the n cells: mean field (S, T+1, n), quantiles (S, Y+1, n, Q), totals (S, T+1, W)."""

    scenario: str
    inside: NDArray[np.bool_]
    adopters: NDArray[np.float32]
    adopters_quantile: NDArray[np.float32]
    total_inside: NDArray[np.int64]
    total_outside: NDArray[np.int64]


def dataset(
    runs: Sequence[Run],
    services: Sequence[str],
    *,
    stream: NDArray[np.int64],
    cell_index: NDArray[np.int32],
    cell_id: NDArray[Any],
    potential: NDArray[np.int32],
    attributes: Mapping[str, Any],
) -> xr.Dataset:
    """All scenarios, best first, with named dimensions, units and what is needed to make them again."""
    months, worlds = runs[0].adopters.shape[1], runs[0].total_inside.shape[-1]
    people = {"units": "persons"}
    dims = ("scenario", "service")
    rounded = np.stack([np.rint(run.adopters * STEPS_PER_PERSON) / STEPS_PER_PERSON for run in runs])
    variables: dict[str, Any] = {
        "cell_id": ("cell", np.asarray(cell_id, dtype=object), {"long_name": "code of the grid cell"}),
        "cell_index": ("cell", cell_index, {"long_name": "row of cells.parquet, from 0"}),
        "stream": ("service", stream.astype(np.int32), {"long_name": "number of the service in the random stream"}),
        "inside": (("scenario", "cell"), np.stack([run.inside for run in runs]), {"long_name": "cell lies in the hub"}),
        "potential": (("service", "cell"), potential, {"long_name": "potential adopters", **people}),
        "adopters": (
            (*dims, "month", "cell"),
            rounded,
            {"long_name": "adopters, mean field, to 1/256 person", **people},
        ),
        "adopters_quantile": (
            (*dims, "year", "cell", "quantile"),
            np.stack([run.adopters_quantile for run in runs]),
            {
                "long_name": "quantiles over worlds of adopters at the end of each year; "
                f"0.1 and 0.9 missing of fewer than {WORLDS_OF_A_RANGE} worlds",
                **people,
            },
        ),
    }
    for where in ("inside", "outside"):
        variables[f"total_{where}"] = (
            (*dims, "month", "world"),
            np.stack([getattr(run, f"total_{where}") for run in runs]),
            {"long_name": f"adopters {where} the hub in each world", **people},
        )
    coordinates = {
        "scenario": (
            "scenario",
            [run.scenario for run in runs],
            {"long_name": "hub district, or plan of the city's own"},
        ),
        "service": ("service", list(services), {"long_name": "service"}),
        "month": ("month", np.arange(months, dtype=np.int32), {"long_name": "months since the start"}),
        "year": ("year", np.arange((months - 1) // 12 + 1, dtype=np.int32), {"long_name": "years since the start"}),
        "quantile": ("quantile", np.array(QUANTILES), {"long_name": "share of worlds at or below"}),
        "world": (
            "world",
            np.arange(worlds, dtype=np.int32),
            {"long_name": "world (one draw of parameters and chance)"},
        ),
    }
    return xr.Dataset(variables, coordinates, plain(attributes))


def plain(attributes: Mapping[str, Any]) -> dict[str, str | int]:
    """Attributes as NetCDF stores them: what is neither text nor a whole number as JSON."""
    return {
        key: value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)
        for key, value in attributes.items()
    }


def encoding(data: xr.Dataset) -> dict[str, dict[str, Any]]:
    """How each variable is stored: deflated, a scenario, service and month (or year) to a chunk.

    Coordinates are all known: they have no value that stands for "missing".

    Parameters
    ----------
    data : Dataset
        As ``dataset`` makes it.

    Returns
    -------
    dict
        Variable -> how it is stored, for ``Dataset.to_netcdf``.
    """
    stored: dict[str, dict[str, Any]] = {str(name): {"_FillValue": None} for name in data.coords}
    for name, variable in data.data_vars.items():
        if variable.dtype.kind in "iufb" and {"cell", "world"} & set(variable.dims) and variable.ndim > 1:
            whole = {"cell", "quantile", "world"} | ({"month"} if "world" in variable.dims else set())
            # Where no service could be simulated there is no cell either, and a chunk still needs a size.
            chunks = tuple(max(data.sizes[d], 1) if d in whole else 1 for d in variable.dims)
            stored[str(name)] = {"zlib": True, "complevel": 4, "shuffle": True, "chunksizes": chunks}
    return stored


@cache
def versions() -> dict[str, str]:
    """Installed versions of what the numbers depend on; looked for once, as every file on the path is gone through."""
    return {name: version(name) for name in PACKAGES}
