"""What one plan does that another does not: differences world by world, under the same chance and parameters.

World w of both datasets drew the same parameters and meets the same chance in the same cell, service and month, so most
of what makes worlds differ cancels, and the interval of a difference is far narrower than those of its two sides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.special import stdtrit

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.formats import stated_percent
from geojeom.messages import Remark, from_data
from simulation.runs.quantiles import has_range, no_range, over_worlds

CONFIDENCE = 0.95
# The region as such. District travel may differ: another hub is a difference a plan may make.
REGION_FILES = ("cells.parquet", "streets.npz", "travel.npz")
PLACES = ("inside", "outside")
REMEDY = "Run both scenarios with the same region, seed, worlds and years."


def difference(a: xr.Dataset, b: xr.Dataset, names: tuple[str, str]) -> tuple[pd.DataFrame, list[Remark]]:
    """B less A per scenario, service, place (inside, outside, total) and month; and what needs a word.

    Scenarios are paired by district, or as they are where each dataset has but one. A service that only one plan opens
    has no adopters in the other; where it could not be simulated there, it is left out and the notes say so.

    Parameters
    ----------
    a, b : Dataset
        Of ``run`` or ``ensemble``, with the same region, seed, worlds and years.
    names : (str, str)
        Their files, for faults and notes.

    Returns
    -------
    DataFrame
        The table ``difference``, in persons: ``low`` and ``high`` bound the mean with CONFIDENCE (Student's t over
        worlds, paired; null for a single world); ``q10``, ``q50``, ``q90`` are quantiles of the worlds' differences
        (runs/quantiles.py; of too few worlds only the median).
    list of Remark
        What needs a word.

    Raises
    ------
    SourceError
        Where the two do not share their chance or their region: all faults at once.
    """
    raise_if_any(SourceError, list(_faults(a, b, names)))
    services, notes = _services(a, b, names)
    if not has_range(worlds := a.sizes["world"]):
        notes.append(no_range(worlds))
    keys = ["scenario_a", "scenario_b", "service", "where"]
    # A frame without rows first: two plans that open no service people adopt have a difference too, an empty one.
    frames = [_rows(*np.zeros((2, 0, 1))).assign(**dict.fromkeys(keys, ""))]
    for one, other in _pairs(a, b):
        for service in services:
            ours, theirs = _totals(a, one, service), _totals(b, other, service)
            frames += [
                _rows(ours[where], theirs[where]).assign(scenario_a=one, scenario_b=other, service=service, where=where)
                for where in (*PLACES, "total")
            ]
    table = pd.concat(frames, ignore_index=True)
    table = table.astype({**dict.fromkeys(keys, "str"), "month": "Int64"})
    return table[[*keys, *(name for name in table if name not in keys)]], notes


def summary(table: pd.DataFrame, worlds: int) -> str:
    """The differences outside and in all at the end, one line per scenario and service.

    Parameters
    ----------
    table : DataFrame
        The table ``difference``.
    worlds : int
        How many worlds it is of.

    Returns
    -------
    str
        For a terminal.
    """
    last = table[(table["month"] == table["month"].max()) & (table["where"] != "inside")]
    interval = f"{stated_percent(CONFIDENCE)} interval of the mean" if worlds > 1 else "one world: no interval"
    lines = [f"B less A after {table['month'].max()} months, adopters ({interval}):"]
    for row in last.itertuples(index=False):
        names = row.scenario_a if row.scenario_a == row.scenario_b else f"{row.scenario_a} -> {row.scenario_b}"
        span = f" ({row.low:+,.1f} to {row.high:+,.1f})" if worlds > 1 else ""
        higher = round(row.share_higher * worlds)
        lines.append(
            f"  {names}, {row.service}, {row.where}: {row.difference:+,.1f}{span}, "
            f"higher in {higher} of {worlds} world{'s' if worlds != 1 else ''}"
        )
    return "\n".join(lines)


def _rows(a: NDArray[Any], b: NDArray[Any]) -> pd.DataFrame:
    """One row a month of the totals (T+1, W)."""
    paired = (b - a).astype(float)
    worlds = paired.shape[1]
    mean = paired.mean(axis=1)
    half = np.full(mean.shape, np.nan)
    if worlds > 1:
        half = stdtrit(worlds - 1, (1 + CONFIDENCE) / 2) * paired.std(axis=1, ddof=1) / np.sqrt(worlds)
    low, middle, high = over_worlds(paired).T
    return pd.DataFrame(
        {
            "month": np.arange(mean.size),
            "mean_a": a.mean(axis=1),
            "mean_b": b.mean(axis=1),
            "difference": mean,
            "low": mean - half,
            "high": mean + half,
            "q10": low,
            "q50": middle,
            "q90": high,
            "share_higher": (paired > 0).mean(axis=1),
        }
    )


def _totals(data: xr.Dataset, scenario: str, service: str) -> dict[str, NDArray[Any]]:
    if service in data["service"]:
        chosen = data.sel(scenario=scenario, service=service)
        inside, outside = (chosen[f"total_{where}"].transpose("month", "world").to_numpy() for where in PLACES)
    else:
        inside = outside = np.zeros((data.sizes["month"], data.sizes["world"]), np.int64)
    return {"inside": inside, "outside": outside, "total": inside + outside}


def _services(a: xr.Dataset, b: xr.Dataset, names: tuple[str, str]) -> tuple[list[str], list[Remark]]:
    unknown = [json.loads(data.attrs["not_simulated"]) for data in (a, b)]
    services = list(dict.fromkeys([*a["service"].to_numpy().tolist(), *b["service"].to_numpy().tolist()]))
    notes = [
        Remark("compare.left_out", service=service, file=name, why=from_data(why[service]))
        for service in services
        for name, why in zip(names, unknown, strict=True)
        if service in why
    ]
    changed = [json.loads(data.attrs["sections_sha256"]) for data in (a, b)]
    notes += [
        Remark("compare.section", section=section)
        for section in changed[0]
        if changed[0][section] != changed[1].get(section)
    ]
    if a.attrs["versions"] != b.attrs["versions"]:
        notes.append(Remark("compare.versions"))
    return [service for service in services if not any(service in why for why in unknown)], notes


def _pairs(a: xr.Dataset, b: xr.Dataset) -> list[tuple[str, str]]:
    ours, theirs = ([str(name) for name in data["scenario"].to_numpy()] for data in (a, b))
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0])]
    return [(name, name) for name in ours if name in theirs]


def _faults(a: xr.Dataset, b: xr.Dataset, names: tuple[str, str]) -> Iterator[Fault]:
    files = [json.loads(data.attrs["input_sha256"]) for data in (a, b)]
    same = {name: (a.attrs[name], b.attrs[name]) for name in ("seed", "start")}
    same |= {f"{name}s": (a.sizes[name], b.sizes[name]) for name in ("world", "month")}
    cells = [hashlib.sha256(" ".join(data["cell_id"].to_numpy()).encode()).hexdigest() for data in (a, b)]
    same |= {"cells": (cells[0], cells[1])}
    same |= {name: (files[0].get(name), files[1].get(name)) for name in REGION_FILES}
    for column, (ours, theirs) in same.items():
        if ours != theirs:
            yield Fault(names[1], f"{column} as in {names[0]}: {ours}", str(theirs), REMEDY, column=column)
    yield from _service_faults(a, b, names)
    if not _pairs(a, b):
        ours, theirs = (", ".join(str(name) for name in data["scenario"].to_numpy()) for data in (a, b))
        yield Fault(
            names[1],
            f"a scenario of {names[0]} ({ours}), or one scenario in each",
            theirs,
            "Run one district in each, or the same districts in both.",
            column="scenario",
        )


def _service_faults(a: xr.Dataset, b: xr.Dataset, names: tuple[str, str]) -> Iterator[Fault]:
    for name in (str(name) for name in a["service"].to_numpy() if name in b["service"].to_numpy()):
        for variable, what in (("stream", "place in the catalogue"), ("potential", "potential adopters")):
            ours, theirs = (int(data[variable].sel(service=name).sum()) for data in (a, b))
            if ours != theirs:
                yield Fault(
                    names[1],
                    f"the {what} of {names[0]}: {ours}",
                    str(theirs),
                    "Run both scenarios with the same service catalogue.",
                    row=name,
                    column=variable,
                )
