"""What is found of one rule for one district, and the table ``programme`` of such findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geojeom.messages import Remark, column_data
from spatial.config.catalogue import Programme

TEXTS = ["round", "plan_id", "district_id", "rule", "outcome", "unit", "found", "required", "source", "evidence"]


@dataclass(frozen=True)
class Finding:
    """One rule for one district. ``met`` None: unknown. ``binding`` False: a figure to compare with, no rule.

    ``source`` and ``evidence`` are the round's where left out.
    """

    rule: str
    met: bool | None
    found: Remark
    required: Remark
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    binding: bool = True
    source: str = ""
    evidence: str = ""


def table_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The table ``programme`` of rows that ``row_of`` made.

    Parameters
    ----------
    rows : list of dict
        As ``row_of`` makes them.

    Returns
    -------
    DataFrame
        Without rows for none.
    """
    frame = pd.DataFrame(
        rows,
        columns=[*TEXTS[:4], "binding", "outcome", "value", "limit", "unit", "found", "required", "source", "evidence"],
    )
    return frame.astype({**dict.fromkeys(TEXTS, "str"), "binding": bool, "value": float, "limit": float})


def row_of(programme: Programme, plan_id: str, district: str, finding: Finding) -> dict[str, Any]:
    """A finding on a plan's district as a row of the table.

    Parameters
    ----------
    programme : Programme
        The round.
    plan_id, district : str
        The plan, and the district.
    finding : Finding
        Of one of its rules.

    Returns
    -------
    dict
        Column -> value; ``value`` and ``limit`` are in ``unit``.
    """
    return {
        "round": programme.id,
        "plan_id": plan_id,
        "district_id": district,
        "rule": finding.rule,
        "binding": finding.binding,
        "outcome": "unknown" if finding.met is None else "met" if finding.met else "not_met",
        "value": finding.value,
        "limit": finding.limit,
        "unit": finding.unit,
        "found": column_data([finding.found]),
        "required": column_data([finding.required]),
        "source": finding.source or programme.source,
        "evidence": finding.evidence or programme.evidence,
    }
