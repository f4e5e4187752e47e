"""Criteria and vetoes of every district: from the catalogue's entries to the tables ``criteria`` and ``vetoes``.

A catalogue entry names a measure and its arguments; the measures are the functions listed here. Adding a criterion is
an entry in YAML; new maths is one function more.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geojeom.errors import Fault, RegionError, raise_if_any
from geojeom.messages import Remark, column_data
from spatial.config.catalogue import CriteriaSet, Criterion, Veto
from spatial.config.region import Region
from spatial.measures import basic, competition, facilities, gaps, parcels, planning, vetoes
from spatial.measures.context import Context, Measured
from spatial.measures.layers import named, sources
from spatial.reading.provenance import Account, dated

# What the simulation finds out about a candidate comes as a table of its own (criteria_diffusion.parquet).
FROM_SIMULATION = "from_simulation"
# What a proposal says of itself, for which papers are asked.
CLAIMED = "proposal"
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
TEXTS: dict[str, Any] = dict.fromkeys(["unit", "source", "vintage", "note", "missing"], "str")
COLUMNS: dict[str, Any] = {"district_id": "str", "criterion": "str", "value": float, **TEXTS}
VETO_COLUMNS: dict[str, Any] = {
    "district_id": "str",
    "veto": "str",
    "vetoed": "boolean",
    "found": "str",
    "excluded_m2": float,
}


class Told(NamedTuple):
    """What is said of a value whatever it is: sources of its layers, their vintages, and how they were estimated."""

    sources: list[Remark]
    vintage: str | None
    notes: list[Remark]


def measure(
    context: Context, catalogue: CriteriaSet, region: Region, account: Account
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure every criterion, but for those from the simulation, and every veto, district by district.

    Parameters
    ----------
    context
        The region as the measures see it.
    catalogue
        Criteria and vetoes, each with its measure and arguments.
    region
        Knows the source of each layer.
    account
        What ``sources.json`` tells of these: vintages found in the files, and what was estimated.

    Returns
    -------
    DataFrame, DataFrame
        The tables ``criteria``, each value in the unit of its criterion, and ``vetoes`` (docs/files.md). Sources,
        notes, reasons and findings are remarks (``geojeom.messages.column_data``).

    Raises
    ------
    RegionError
        With every catalogue entry whose measure or arguments do not exist, and every paper of no candidate.
    """
    faults: list[Fault] = []
    judged = [(veto, _call(veto, VETOES, context, faults)) for veto in catalogue.vetoes]
    measured = [
        (criterion, _call(criterion, MEASURES, context, faults))
        for criterion in catalogue.criteria
        if criterion.measure != FROM_SIMULATION
    ]
    ids = list(context.districts["district_id"])
    raise_if_any(RegionError, [*faults, *_strangers(region, ids)])
    region = region.model_copy(update={"sources": dated(region.sources, account)})
    values = _values(measured, ids, context, region, account)
    results = [
        {
            "district_id": district,
            "veto": veto.id,
            "vetoed": result.out[row],
            "found": column_data([result.found[row]]),
            "excluded_m2": result.excluded_m2[row],
        }
        for row, district in enumerate(ids)
        for veto, result in judged
    ]
    return (
        pd.DataFrame(values, columns=list(COLUMNS)).astype(COLUMNS),
        pd.DataFrame(results, columns=list(VETO_COLUMNS)).astype(VETO_COLUMNS),
    )


def _strangers(region: Region, ids: list[str]) -> list[Fault]:
    """A fault for every paper of no candidate."""
    return [
        Fault(
            "region file",
            "the id of a candidate",
            repr(paper.district),
            "Correct it.",
            column=f"evidence[{at}].district",
        )
        for at, paper in enumerate(region.evidence)
        if paper.district not in ids
    ]


def _values(
    measured: list[tuple[Criterion, Measured]], ids: list[str], context: Context, region: Region, account: Account
) -> list[dict[str, Any]]:
    rows = []
    for row, district in enumerate(ids):
        for criterion, result in measured:
            told = _told(result.layers_of(row), row, context, region, account)
            papers = _papers(region, district, criterion, float(result.value[row]))
            rows.append(_value_row(district, row, criterion, result, told._replace(notes=[*told.notes, *papers])))
    return rows


def _value_row(district: str, row: int, criterion: Criterion, result: Measured, provenance: Told) -> dict[str, Any]:
    lacking = np.isnan(result.value[row])
    notes = list(dict.fromkeys([*provenance.notes, *result.notes[row]]))
    # Where no district has a value the layer is missing, and the catalogue says what that means.
    reason = None if np.isnan(result.value).all() else result.missing[row]
    return {
        "district_id": district,
        "criterion": criterion.id,
        "value": result.value[row],
        "unit": criterion.unit,
        "source": column_data(provenance.sources),
        "vintage": provenance.vintage,
        "note": None if lacking else column_data(notes),
        "missing": column_data([reason or Remark("stated", text=criterion.missing.model_dump())]) if lacking else None,
    }


def _papers(region: Region, district: str, criterion: Criterion, value: float) -> list[Remark]:
    """The papers behind a value; that there is none where the proposal claims something."""
    given = [paper for paper in region.evidence if (paper.district, paper.criterion) == (district, criterion.id)]
    if given:
        return [
            Remark("evidence.file", name=paper.name, date=paper.date, file=paper.file)
            if paper.file
            else Remark("evidence.paper", name=paper.name, date=paper.date)
            for paper in given
        ]
    return [Remark("evidence.none")] if criterion.measure == CLAIMED and value > 0 else []


def _told(layers: tuple[str, ...], row: int, context: Context, region: Region, account: Account) -> Told:
    """Name the sources of some layers, their vintages, and what is estimated about them, for one district."""
    used = [source for layer in layers for source in sources(layer, region)]
    names = dict.fromkeys(remark for remark in map(named, used) if remark is not None)
    vintages = dict.fromkeys(source.vintage for source in used if source.vintage)
    notes = [note for column, note in account.estimates if column in layers]
    if context.districts["area_m2"].iloc[row] < context.cell_area_m2 and set(layers) & set(context.cells.columns):
        notes.append(Remark("district.small"))
    if "streets" in layers and context.network.remark:
        notes.append(context.network.remark)
    return Told(list(names), "; ".join(vintages) or None, notes)


def _call(
    entry: Criterion | Veto, known: Mapping[str, Callable[..., Any]], context: Context, faults: list[Fault]
) -> Any:
    file = f"criteria catalogue, {entry.id}"
    function = known.get(entry.measure)
    if function is None:
        names = ", ".join(sorted(known))
        faults.append(Fault(file, f"one of {names}", repr(entry.measure), "Correct the measure.", column="measure"))
        return None
    takes = inspect.signature(function)
    wanted = f"arguments of {entry.measure}: {', '.join(list(takes.parameters)[1:]) or 'none'}"
    try:
        takes.bind(context, **entry.args)
    except TypeError as error:
        faults.append(Fault(file, wanted, str(error), "Correct the arguments.", column="args"))
        return None
    try:
        return function(context, **entry.args)
    except ValueError as error:
        faults.append(Fault(file, wanted, str(error), "Correct the arguments.", column="args"))
        return None
