"""Content of the report: what a proposal must show, from the tables the other pages stand on, and maps as vectors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import xarray as xr
from numpy.typing import NDArray

from geojeom.messages import in_both, listed
from maps.basemap import Content
from maps.diffusion import SHARE_BREAKS, money_by_year, of_scenario
from maps.geometry import pack_shapes
from maps.layers import layers
from simulation.plans.catalogue import PlanTemplate, Service, ServiceCatalogue

SHOWN_LAYERS = ("population", "elderly")
FACTS = {"name", "field", "unit", "capex_krw", "opex_share_year", "reach", "evidence"}


def report_content(
    catalogue: ServiceCatalogue,
    template: PlanTemplate,
    *,
    plan: pd.DataFrame,
    money: pd.DataFrame,
    rules: pd.DataFrame,
    spread: dict[str, Any],
    made: str,
    changed: Mapping[str, Mapping[str, Service]] = MappingProxyType({}),
) -> Content:
    """Facts and yearly money of each service, and the rules of the round by scenario.

    ``plan`` are the openings of all plans with their ``plan_id``, ``money`` is money.parquet, ``rules`` the rows of
    programme.parquet of the round; ``spread`` the config of the diffusion page (scenarios), ``made`` the ISO day on
    which the scores were computed. ``changed`` are by plan the services that it has otherwise than the catalogue: a
    sheet's ``own`` is by scenario what differs.
    """
    services = {service.id: service for service in catalogue.services}
    built = [code for code in services if code in set(plan["service"])]
    names = {code: service.name.model_dump() for code, service in services.items()}
    groups = {group.id: group.name.model_dump() for group in catalogue.groups}
    config = {
        "page": "report",
        "made": made,
        "provenance": {
            "services": catalogue.provenance.model_dump(),
            "plan": template.provenance.model_dump(),
        },
        "sheets": [
            {
                "id": code,
                **_facts(services[code]),
                "own": [_other_facts(services[code], changed.get(each["id"], {})) for each in spread["scenarios"]],
                "group": None if (adoption := services[code].adoption) is None else groups[adoption.group],
                "covered": [names[other] for other in services[code].covered_by],
                "needs": [names[other] for other in services[code].prerequisites],
                "money": [
                    money_by_year(of_scenario(money[money["service"] == code], scenario))
                    for scenario in spread["scenarios"]
                ],
            }
            for code in built
        ],
        "rules": {
            scenario["id"]: [
                {"rule": row.rule, "binding": row.binding, "outcome": row.outcome}
                | {"found": listed(row.found), "required": listed(row.required)}
                for row in of_scenario(rules, scenario).itertuples()
            ]
            for scenario in spread["scenarios"]
        },
    }
    return Content(config)


def _facts(service: Service) -> dict[str, Any]:
    return service.model_dump(include=FACTS, exclude_none=True) | {"source": in_both(service.source)}


def _other_facts(service: Service, changed: Mapping[str, Service]) -> dict[str, Any]:
    """The facts that a plan has of a service where they are not the catalogue's."""
    facts = _facts(service)
    return {name: fact for name, fact in _facts(changed.get(service.id, service)).items() if fact != facts[name]}


def cell_maps(cells: gpd.GeoDataFrame, cell_size_m: float, origin_m: tuple[float, float]) -> Content:
    """The region's people as vector maps: per layer and class one outline of all its cells (``map-LAYER-CLASS``)."""
    config = []
    blobs: dict[str, bytes] = {}
    for layer in layers(cells, cell_size_m):
        if layer.key not in SHOWN_LAYERS or not layer.known:
            continue
        shown = layer.values > 0 if layer.zero else layer.values >= 0
        classes = np.where(shown, np.searchsorted(layer.breaks, layer.values, side="right"), -1)
        blobs |= _outlines(f"map-{layer.key}", cells.geometry, classes, origin_m)
        config.append({"key": layer.key, "unit": layer.unit, "breaks": layer.breaks})
    return Content({"diagnosis": config}, blobs)


def spread_maps(data: xr.Dataset, cells: gpd.GeoDataFrame, origin_m: tuple[float, float]) -> Content:
    """Shares using, all services together, of each scenario at the end of three years: early, half-way, last.

    Adoptions of all services over potential adopters of all: the mean field of diffusion.nc. ``map-spread-k-y-CLASS``.
    """
    years = (data.sizes["month"] - 1) // 12
    shown = sorted({min(3, years), max(1, (years + 2) // 2), years})
    index = data["cell_index"].to_numpy().astype(np.int64)
    geometry = cells.geometry.iloc[index]
    potential = data["potential"].sum("service").to_numpy().astype(float)
    blobs: dict[str, bytes] = {}
    for k in range(data.sizes["scenario"]):
        for year in shown:
            adopters = data["adopters"][k, :, 12 * year].sum("service").to_numpy().astype(float)
            share = np.divide(adopters, potential, out=np.zeros_like(adopters), where=potential > 0)
            # Less than one adopter in a thousand is drawn as nothing.
            classes = np.where(share >= 1e-3, np.searchsorted(SHARE_BREAKS, share, side="right"), -1)
            blobs |= _outlines(f"map-spread-{k}-{year}", geometry, classes, origin_m)
    return Content({"spreadYears": shown}, blobs)


def measures_content(data: xr.Dataset) -> Content:
    """By scenario and service what the ensemble measures: reach outside in time, spill-over, cost, older people.

    ``reach``: for a tenth, a half and nine tenths of the potential outside, months at P10, P50, P90 (null beyond the
    horizon); ``worlds``: share of worlds that get there; the rest at the last year.
    """
    outside = data.sel(where="outside")
    last = data.isel(year=-1)
    return Content(
        {
            "measures": [
                [
                    {
                        "reach": outside["months_to"][k, s].transpose("reached", "quantile").to_numpy().tolist(),
                        "worlds": outside["worlds_reached"][k, s].to_numpy().tolist(),
                        "spillover": last["spillover"][k, s].to_numpy().tolist(),
                        "cost": last["cost_per_adopter_krw"][k, s].to_numpy().tolist(),
                        "elderly": float(last["coverage_elderly"][k, s]),
                    }
                    for s in range(data.sizes["service"])
                ]
                for k in range(data.sizes["scenario"])
            ],
            "reached": data["reached"].to_numpy().tolist(),
        }
    )


def _outlines(
    name: str, shapes: gpd.GeoSeries, classes: NDArray[np.integer], origin_m: tuple[float, float]
) -> dict[str, bytes]:
    rings = {}
    for number in np.unique(classes[classes >= 0]):
        merged = shapely.coverage_union_all(shapes.to_numpy()[classes == number])
        rings[f"{name}-{number}"] = pack_shapes(gpd.GeoSeries([merged], crs=shapes.crs), origin_m)
    return rings
