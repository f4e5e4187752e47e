"""The city's own plans beyond their openings: schedule, roles, indicators against the simulation, problems answered.

Of a plan kept in an Excel workbook the page holds the workbook too, so that it can hand it out with changes.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from maps.basemap import Content
from maps.embed import json_text
from simulation.plans.catalogue import ServiceCatalogue
from simulation.runs.quantiles import over_worlds
from simulation.workbook.layout import layout

# Years after the start for which the workbook has a column of targets.
TARGETS = (1, 2, 3, 4, 5, 10)
PLACES = {"users_inside": ("inside",), "users_outside": ("outside",), "users": ("inside", "outside")}
COVERAGE = ("coverage_elderly", "coverage_declining")


def own_content(
    plans: Sequence[Mapping[str, Any]], catalogue: ServiceCatalogue, zones: pd.DataFrame, data: xr.Dataset
) -> Content:
    """What the page shows of each scenario that is a plan of the city's own; None for the template's.

    ``plans`` are those of plans.json, ``data`` is diffusion.nc. Of scenario k, blob ``book-k`` is the Excel workbook
    and ``rows-k`` says where its openings stand in it (JSON).
    """
    of = {plan["id"]: plan for plan in plans}
    names = {service.id: service.name.model_dump() for service in catalogue.services}
    called = dict(zip(zones["zone_id"], zones["name"], strict=True))
    scenarios = [str(code) for code in data["scenario"].to_numpy()]
    shown: list[dict[str, Any] | None] = [None] * len(scenarios)
    blobs: dict[str, bytes] = {}
    for k, code in [(k, code) for k, code in enumerate(scenarios) if code in of]:
        told = dict(of[code]["workbook"])
        packed = told.pop("bytes")
        if packed is not None:
            blobs |= {f"book-{k}": base64.b64decode(packed), f"rows-{k}": json_text(told).encode()}
        # ``held``: whether the page has the file, and can hand it out with changes.
        held = {"workbook": {"file": told["file"], "held": packed is not None}}
        shown[k] = _plan(of[code]["sheets"], names, called, data.sel(scenario=code)) | held
    choices = layout().choices
    words = {
        name: {code: word.model_dump() for code, word in choices[name].items()}
        for name in ("step", "party", "modelled")
    }
    return Content({"ownPlans": shown, "planWords": words}, blobs)


def _plan(
    sheets: Mapping[str, Sequence[Mapping[str, Any]]],
    names: Mapping[str, Any],
    zones: Mapping[str, str],
    data: xr.Dataset,
) -> dict[str, Any]:
    indicators = sheets.get("indicators", ())
    of = {row["indicator_id"]: row for row in indicators}
    return {
        "schedule": [
            {name: row[name] for name in ("step", "name", "planned", "actual", "in_charge")}
            for row in sheets.get("schedule", ())
        ],
        "roles": [
            {
                "party": row["party"],
                "name": row["name"],
                "role": row["role"],
                "responsible": row["responsible"] == "yes",
            }
            | {"service": names.get(row["service"])}
            for row in sheets.get("roles", ())
        ],
        "indicators": [_indicator(row, names, data) for row in indicators],
        "problems": [
            {"problem": row["problem"], "zone": zones.get(row["zone"]), "value": row["value"], "unit": row["unit"]}
            | {"services": [names[code] for code in (row["services"] or "").split(", ") if code in names]}
            | _change(of.get(row["indicator"]), data)
            for row in sheets.get("problems", ())
        ],
    }


def _indicator(row: Mapping[str, Any], names: Mapping[str, Any], data: xr.Dataset) -> dict[str, Any]:
    """An indicator's targets by year, beside what the simulation says at the end of the same years."""
    years = [year for year in TARGETS if year < data.sizes["year"]]
    service, measure = row["service"], row["modelled"]
    known = measure is not None and service in data["service"].to_numpy()
    return {
        "name": row["name"],
        "unit": row["unit"],
        "baseline": row["baseline"],
        "service": names.get(service),
        "measure": measure,
        "targets": [row[f"target_{year}"] for year in TARGETS],
        "modelled": modelled(data.sel(service=service), measure, years) if known else None,
    }


def _change(indicator: Mapping[str, Any] | None, data: xr.Dataset) -> dict[str, Any]:
    """The indicator of a problem, and what the simulation says of it before the plan and at the end."""
    if indicator is None:
        return {"indicator": None, "change": None}
    service, measure = indicator["service"], indicator["modelled"]
    change = None
    if measure in (*PLACES, *COVERAGE) and service in data["service"].to_numpy():
        ends = modelled(data.sel(service=service), measure, [0, data.sizes["year"] - 1])
        change = [middle for _, middle, _ in ends]
    return {"indicator": indicator["name"], "unit_of": indicator["unit"], "change": change}


def modelled(data: xr.Dataset, measure: str, years: Sequence[int]) -> list[list[float | None]]:
    """P10, P50 and P90 over worlds of a measure at the end of some years; coverage is one figure for all worlds.

    ``data`` is one scenario and service of diffusion.nc. Shares are per cent, as an indicator of them is written; the
    months to half are the same in each year, null where half is not reached within the horizon.
    """
    at = list(years)
    if measure in PLACES:
        totals = data["total_inside"] * 0
        for where in PLACES[measure]:
            totals = totals + data[f"total_{where}"]
        bands = over_worlds(totals.transpose("month", "world").isel(month=[12 * year for year in at]).to_numpy())
    elif measure in COVERAGE:
        bands = 100 * np.repeat(data[measure].isel(year=at).to_numpy()[:, None], 3, axis=1)
    elif measure == "half_months":
        half = data["months_to"].sel(where="outside", reached=0.5).transpose("quantile").to_numpy()
        bands = np.repeat(half[None], len(at), axis=0)
    else:
        bands = data["cost_per_adopter_krw"].isel(year=at).transpose("year", "quantile").to_numpy()
    return [[None if np.isnan(value) else float(value) for value in band] for band in bands]
