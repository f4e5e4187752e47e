"""Content of the diffusion page: months as packed frames, worlds as bands, the plan's openings and money."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from geojeom.messages import Remark, from_data, in_both
from maps.basemap import Content, both_names, label_points, lonlat_geometry
from maps.embed import pack, varints
from maps.frames import encode, quantise
from maps.geometry import to_mercator
from simulation.plans import payers
from simulation.plans.catalogue import PlanTemplate, Service
from simulation.plans.siting import scaling
from simulation.runs.quantiles import MEDIAN, WORLDS_OF_A_RANGE, has_range, over_worlds
from spatial.config.own_plans import TEMPLATE

# Classes are fixed: two services, districts, months or cities are always compared on the same scale.
SHARE_BREAKS = [0.01, 0.03, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8]
ADOPTER_BREAKS = [1, 3, 7, 15, 30, 60, 120, 250]


def diffusion_content(
    services: Sequence[Service],
    data: xr.Dataset,
    cells: pd.DataFrame,
    zones: pd.DataFrame,
    districts: gpd.GeoDataFrame,
    *,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> Content:
    """Frames, bands and totals of ``data`` (diffusion.nc), scenario by scenario and service by service.

    Blobs, for scenario k and service s by position: ``frames-k-s`` mean-field shares by month, ``bands-k-s`` shares by
    quantile and year, ``zones-k-s`` whole adopters by zone (the last row: no zone) and month, ``inside-k``;
    ``potential-s``, ``cell`` (rows of cells.parquet) and ``codes`` (cell_id of every row) for all. ``titles`` are those
    of the city's own plans by their ids.
    """
    index = data["cell_index"].to_numpy().astype(np.int64)
    zone = pd.Index(zones["zone_id"]).get_indexer(pd.Index(cells["zone_id"].iloc[index]))
    zone = np.where(zone < 0, len(zones), zone)
    blobs = {"cell": varints(np.diff(index, prepend=0)), "codes": "\n".join(cells["cell_id"]).encode()}
    for s in range(data.sizes["service"]):
        blobs[f"potential-{s}"] = varints(data["potential"][s].to_numpy().astype(np.int64))
    for k in range(data.sizes["scenario"]):
        blobs[f"inside-{k}"] = data["inside"][k].to_numpy().astype(np.uint8).tobytes()
        for s in range(data.sizes["service"]):
            potential = data["potential"][s].to_numpy().astype(np.float64)
            adopters = data["adopters"][k, s].to_numpy().astype(np.float64)
            blobs[f"frames-{k}-{s}"] = encode(quantise(_share(adopters, potential)))
            bands = (
                data["adopters_quantile"][k, s]
                .sel(quantile=_stated(data))
                .transpose("quantile", "year", "cell")
                .to_numpy()
            )
            shares = _share(bands.reshape(-1, len(index)).astype(np.float64), potential)
            blobs[f"bands-{k}-{s}"] = encode(quantise(shares))
            blobs[f"zones-{k}-{s}"] = varints(_by_zone(adopters, zone, len(zones) + 1))
    return Content(spread_config(services, data, districts, titles=titles), blobs)


def spread_config(
    services: Sequence[Service],
    data: xr.Dataset,
    districts: gpd.GeoDataFrame,
    *,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """Scenarios, services, bands over worlds and what was not simulated, as a page shows them.

    A scenario is the template on a hub, or a plan of the city's own, which ``titles`` names.
    """
    named = {service.id: service for service in services}
    scenarios = scenarios_of(data, titles)
    hubs = districts.set_index("district_id").loc[[scenario["hub"] for scenario in scenarios]].reset_index()
    return {
        "page": "diffusion",
        "start": str(data.attrs["start"]),
        "months": data.sizes["month"] - 1,
        "worlds": data.sizes["world"],
        "quantiles": _stated(data),
        "ranged": has_range(data.sizes["world"]),
        "worldsOfARange": WORLDS_OF_A_RANGE,
        "breaks": {"share": SHARE_BREAKS, "adopters": ADOPTER_BREAKS},
        "scenarios": [
            {
                **scenario,
                "name": in_both(titles[scenario["id"]]) if scenario["own"] else name,
                "kind": row.kind,
                "area_m2": float(row.area_m2),
                "geometry": geometry,
                "at": at,
            }
            for scenario, row, name, geometry, at in zip(
                scenarios,
                hubs.itertuples(index=False),
                both_names(hubs),
                lonlat_geometry(hubs),
                label_points(hubs),
                strict=True,
            )
        ],
        "services": [{"id": str(code), **_called(named[str(code)])} for code in data["service"].to_numpy()],
        "notSimulated": [
            {"id": code, "name": named[code].name.model_dump() if code in named else code, "reason": reason.as_data()}
            for code, reason in not_simulated(data).items()
        ],
        "run": f"seed {data.attrs['seed']} · config {str(data.attrs['config_sha256'])[:16]}",
        "series": _series(data),
    }


def scenarios_of(data: xr.Dataset, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """By scenario of a dataset its id, the hub, and whether it is a plan of the city's own, which ``titles`` names."""
    hubs = json.loads(data.attrs["hubs"])
    ids = [str(code) for code in data["scenario"].to_numpy()]
    return [{"id": code, "hub": hubs[code], "own": code in titles} for code in ids]


def plan_content(
    services: Sequence[Service],
    plan: pd.DataFrame,
    cells: gpd.GeoDataFrame,
    zones: pd.DataFrame,
    *,
    money: pd.DataFrame,
    spread: dict[str, Any],
    template: PlanTemplate,
) -> Content:
    """Openings of each scenario's plan with their sites on the map, and its money by year and payer.

    ``spread`` is the config of ``diffusion_content``: its scenarios; ``template`` is the plan's. ``plan`` are the
    openings of all plans with their ``plan_id``, ``money`` is money.parquet.
    """
    named = {service.id: service for service in services}
    forward = to_mercator(cells.crs)
    xy = cells.set_index("cell_id")[["x_m", "y_m"]]
    position = pd.Index(zones["zone_id"])
    openings, by_year, small, labels = [], [], [], []
    for scenario in spread["scenarios"]:
        mine = of_scenario(plan, scenario).sort_values(["month", "service"])
        x, y = forward.transform(*xy.loc[mine["cell_id"]].to_numpy().T)
        zone = position.get_indexer(pd.Index(mine["zone_id"]))
        openings.append(
            [
                {
                    "part": row.part,
                    "service": row.service,
                    "cell": row.cell_id,
                    "zone": int(at_zone),
                    "at": [round(float(px), 1), round(float(py), 1)],
                    "month": row.month,
                    "works": row.works_from,
                    "units": row.units,
                    "capex_krw": row.capex_krw,
                    "opex_krw_year": row.opex_krw_year,
                    **{column: won for column in payers.COLUMNS if (won := getattr(row, column))},
                }
                for row, px, py, at_zone in zip(mine.itertuples(), x, y, zone, strict=True)
            ]
        )
        by_year.append(money_by_year(of_scenario(money, scenario)))
        labels.append(scenario["name"] if scenario["own"] else template.label.model_dump())
        how = None if scenario["own"] else scaling(template.hub_area_m2, scenario["area_m2"])
        small.append(None if how is None else how.remark.as_data())
    built = {code: _called(named[code]) for code in sorted(set(plan["service"]))}
    shown = pd.concat([of_scenario(plan, scenario) for scenario in spread["scenarios"]])
    paying = [payer for payer in payers.PAYERS if payers.paid(shown, [payer])]
    content = {"built": built, "plans": labels, "scaledDown": small}
    who = {"payers": paying, "publicPayers": [payer for payer in paying if payer in payers.PUBLIC]}
    return Content({"openings": openings, "money": by_year, **who, **content})


def of_scenario(table: pd.DataFrame, scenario: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of a scenario of ``spread_config``: of the city's own plan, or of the template on its hub.

    ``table`` has a ``plan_id`` and a ``district_id``.
    """
    plan_id = scenario["id"] if scenario["own"] else TEMPLATE
    own: pd.DataFrame = table[(table["plan_id"] == plan_id) & (table["district_id"] == scenario["hub"])]
    return own


def _called(service: Service) -> dict[str, Any]:
    return service.model_dump(include={"name", "unit"})


def money_by_year(money: pd.DataFrame) -> list[dict[str, Any]]:
    """Whole won by calendar year and part: capital by payer, and operating cost (``opex_krw``).

    ``money`` are rows of money.parquet of one plan on one district; years without either are left out, as are payers
    who pay nothing in a year.
    """
    rows: dict[tuple[str, int], Counter[str]] = {}
    for row in money.to_dict("records"):
        sums = rows.setdefault((str(row["part"]), int(row["year"])), Counter(opex_krw=0))
        sums["opex_krw" if row["kind"] == "running" else f"{row['payer']}_krw"] += int(row["krw"])
    return [{"part": part, "year": year, **sums} for (part, year), sums in sorted(rows.items())]


def bytes_per_value(content: Content) -> float:
    """Bytes in the page (base64 included) per cell, month, service and scenario of the monthly frames."""
    frames = {name: data for name, data in content.blobs.items() if name.startswith("frames-")}
    return sum(len(pack(data)) for data in frames.values()) / sum(len(data) for data in frames.values())


def _stated(data: xr.Dataset) -> list[float]:
    """The quantiles that are known: of too few worlds the median alone."""
    quantiles = [float(q) for q in data["quantile"].to_numpy()]
    return quantiles if has_range(data.sizes["world"]) else quantiles[MEDIAN : MEDIAN + 1]


def _share(adopters: NDArray[np.float64], potential: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(adopters, potential, out=np.zeros_like(adopters), where=potential > 0)


def _by_zone(adopters: NDArray[np.float64], zone: NDArray[np.int64], zones: int) -> NDArray[np.int64]:
    """Whole adopters by zone as changes from month to month, zone after zone."""
    sums = np.stack([np.bincount(zone, weights=month, minlength=zones) for month in adopters])
    whole = np.rint(sums).astype(np.int64)
    return np.diff(whole, axis=0, prepend=np.zeros((1, zones), dtype=np.int64)).T.ravel()


def _series(data: xr.Dataset) -> list[list[dict[str, Any]]]:
    """P10, P50, P90 over worlds of adopters in all, by month, and the potential; inside and outside the hub.

    ``low`` and ``high`` are None where the worlds are too few to state a range.
    """
    scenarios = []
    for k in range(data.sizes["scenario"]):
        within = data["inside"][k].to_numpy().astype(bool)
        services = []
        for s in range(data.sizes["service"]):
            potential = data["potential"][s].to_numpy()
            entry: dict[str, Any] = {}
            for where, chosen in (("inside", within), ("outside", ~within)):
                totals = data[f"total_{where}"][k, s].transpose("month", "world").to_numpy()
                low, middle, high = over_worlds(totals).T
                ranged = has_range(totals.shape[-1])
                entry[where] = {
                    "potential": int(potential[chosen].sum()),
                    "low": low.astype(int).tolist() if ranged else None,
                    "mid": middle.astype(int).tolist(),
                    "high": high.astype(int).tolist() if ranged else None,
                }
            services.append(entry)
        scenarios.append(services)
    return scenarios


def not_simulated(data: xr.Dataset) -> dict[str, Remark]:
    """The services that a dataset leaves out, and why."""
    held = json.loads(data.attrs.get("not_simulated", "{}"))
    return {str(service): from_data(reason) for service, reason in held.items()}
