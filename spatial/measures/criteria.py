"""Criteria and vetoes of every district: from the catalogue's entries to the tables ``criteria`` and ``vetoes``.

A catalogue entry names a measure and its arguments; the measures are the functions listed here. Adding a criterion is
an entry in YAML; new maths is one function more.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geojeom.errors import Fault, RegionError, raise_if_any
from spatial.config.catalogue import CriteriaSet, Criterion, Veto
from spatial.measures import basic, competition, facilities, gaps, parcels, planning, vetoes
from spatial.measures.context import Context, Measured

# What the simulation finds out about a candidate comes as a table of its own (criteria_diffusion.parquet).
FROM_SIMULATION = "from_simulation"
MEASURES: dict[str, Callable[..., Measured]] = {
    "total": basic.total,
    "mean": basic.mean,
    "share": basic.share,
    "reached_share": basic.reached_share,
    "area_share": basic.area_share,
    "district_area": basic.district_area,
    "district_part": basic.district_part,
    "proposal": basic.proposal,
    "proposal_or_parcels": parcels.proposal_or_parcels,
    "mean_travel": basic.mean_travel,
    "facility_count": facilities.facility_count,
    "facility_density": facilities.facility_density,
    "nearest_facility": facilities.nearest_facility,
    "beyond_minimum": gaps.beyond_minimum,
    "access": competition.access,
    "decline": planning.decline,
    "zoning_mean": planning.zoning_mean,
}
VETOES: dict[str, Callable[..., vetoes.VetoResult]] = {
    "area_share_over": vetoes.area_share_over,
    "cells_over": vetoes.cells_over,
    "area_limits": vetoes.area_limits,
    "kind_not_eligible": vetoes.kind_not_eligible,
}
# Which of a region's sources fill a layer; counts also depend on the columns a source gives.
LAYER_SOURCES: dict[str, tuple[str, ...]] = {
    "buildings": ("buildings",),
    "old_buildings": ("buildings",),
    "undated_buildings": ("buildings",),
    "floor_area_m2": ("buildings",),
    "slope_deg": ("dem",),
    "elevation_m": ("dem",),
    "developable_m2": ("dem", "land", "protected"),
    "protected_m2": ("protected",),
    "water_m2": ("land",),
    "facilities": ("facilities",),
    "streets": ("streets",),
    "zoning": ("zoning",),
    "history": ("history",),
}
# Layers of the parcels, and the key by which a source says that it gives them.
PARCEL_FIGURES = {"land_price": "price", "public_land": "owner"}
TEXTS: dict[str, Any] = dict.fromkeys(["unit", "source", "vintage", "note", "missing"], "str")
COLUMNS: dict[str, Any] = {"district_id": "str", "criterion": "str", "value": float, **TEXTS}
VETO_COLUMNS: dict[str, Any] = {
    "district_id": "str",
    "veto": "str",
    "vetoed": "boolean",
    "found": "str",
    "excluded_m2": float,
}


def measure(
    place: Context, catalogue: CriteriaSet, region: Mapping[str, Any], estimates: list[Mapping[str, Any]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables ``criteria`` (all but those from the simulation) and ``vetoes``, district by district.

    ``region`` is the region's section of region.json, which knows each layer's source; ``estimates`` those of
    sources.json. Texts are "Korean / English".
    Raises RegionError with every catalogue entry whose measure or arguments do not exist.
    """
    faults: list[Fault] = []
    judged = [(veto, _call(veto, VETOES, place, faults)) for veto in catalogue.vetoes]
    measured = [
        (criterion, _call(criterion, MEASURES, place, faults))
        for criterion in catalogue.criteria
        if criterion.measure != FROM_SIMULATION
    ]
    raise_if_any(RegionError, faults)
    ids = list(place.districts["district_id"])
    values = [
        _value_row(district, row, criterion, result, _told(result.layers_of(row), row, place, region, estimates))
        for row, district in enumerate(ids)
        for criterion, result in measured
    ]
    found = [
        {
            "district_id": district,
            "veto": veto.id,
            "vetoed": result.out[row],
            "found": _both(result.found[row]),
            "excluded_m2": result.excluded_m2[row],
        }
        for row, district in enumerate(ids)
        for veto, result in judged
    ]
    return (
        pd.DataFrame(values, columns=list(COLUMNS)).astype(COLUMNS),
        pd.DataFrame(found, columns=list(VETO_COLUMNS)).astype(VETO_COLUMNS),
    )


def _value_row(
    district: str, row: int, criterion: Criterion, result: Measured, told: tuple[str, str | None, list[tuple[str, str]]]
) -> dict[str, Any]:
    source, vintage, general = told
    lacking = np.isnan(result.value[row])
    own = result.note[row]
    notes = list(dict.fromkeys([*general, *([own] if own else [])]))
    # Where no district has a value the layer is missing, and the catalogue says what that means.
    reason = None if np.isnan(result.value).all() else result.missing[row]
    return {
        "district_id": district,
        "criterion": criterion.id,
        "value": result.value[row],
        "unit": criterion.unit,
        "source": source,
        "vintage": vintage,
        "note": _both(*notes) if notes and not lacking else None,
        "missing": _both(reason or (criterion.missing.ko, criterion.missing.en)) if lacking else None,
    }


def _told(
    layers: tuple[str, ...], row: int, place: Context, region: Mapping[str, Any], estimates: list[Mapping[str, Any]]
) -> tuple[str, str | None, list[tuple[str, str]]]:
    """Name the sources of some layers, their vintages, and what is estimated about them, for one district."""
    sources = [source for layer in layers for source in _sources(layer, region)]
    names = dict.fromkeys(
        " ".join(part for part in (source.get("attribution"), _file(source)) if part) for source in sources
    )
    vintages = dict.fromkeys(source["vintage"] for source in sources if source.get("vintage"))
    notes = [(e["note"]["ko"], e["note"]["en"]) for e in estimates if e["column"] in layers]
    if place.districts["area_m2"].iloc[row] < place.cell_area_m2 and set(layers) & set(place.cells.columns):
        small = (
            "지구가 격자 한 칸보다 작아 한 칸의 값으로 대신함",
            "the district is smaller than a cell: one cell stands for it",
        )
        notes.append(small)
    if "streets" in layers and place.network.remark:
        notes.append(place.network.remark)
    return "; ".join(names) or "-", "; ".join(vintages) or None, notes


def _file(source: Mapping[str, Any]) -> str:
    """The file's name, in brackets beside an attribution; a stated total has none."""
    if not source.get("path"):
        return ""
    name = Path(source["path"]).name
    return f"({name})" if source.get("attribution") else name


def _sources(layer: str, region: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries of the region file that fill a layer."""
    sources = region["sources"]
    if layer == "proposal":
        return [region["candidates"]]
    if layer in PARCEL_FIGURES:
        entries = [sources.get("parcels"), *sources.get("parcel_tables", [])]
        return [one for one in entries if one and one[PARCEL_FIGURES[layer]]]
    if layer in LAYER_SOURCES:
        entries = [sources.get(key) for key in LAYER_SOURCES[layer]]
        return [one for entry in entries if entry for one in (entry if isinstance(entry, list) else [entry])]
    return [source for source in sources.get("counts", []) if layer in _gives(source)]


def _gives(source: Mapping[str, Any]) -> set[str]:
    """The columns a source of counts fills."""
    if source["kind"] == "resident_register":
        return {"population", "elderly", "youth"}
    return {source["gives"]} if source["kind"] == "raster" else set(source["columns"])


def _both(*texts: tuple[str, str]) -> str:
    """One or more (Korean, English) texts as one: all Korean, then all English."""
    return " / ".join("; ".join(language) for language in zip(*texts, strict=True))


def _call(entry: Criterion | Veto, known: Mapping[str, Callable[..., Any]], place: Context, faults: list[Fault]) -> Any:
    file = f"criteria catalogue, {entry.id}"
    function = known.get(entry.measure)
    if function is None:
        names = ", ".join(sorted(known))
        faults.append(Fault(file, f"one of {names}", repr(entry.measure), "Correct the measure.", column="measure"))
        return None
    takes = inspect.signature(function)
    wanted = f"arguments of {entry.measure}: {', '.join(list(takes.parameters)[1:]) or 'none'}"
    try:
        takes.bind(place, **entry.args)
    except TypeError as error:
        faults.append(Fault(file, wanted, str(error), "Correct the arguments.", column="args"))
        return None
    try:
        return function(place, **entry.args)
    except ValueError as error:
        faults.append(Fault(file, wanted, str(error), "Correct the arguments.", column="args"))
        return None
