"""Candidates against the rules of a round: each rule met, not met or unknown, with the figure it was judged on.

The money is the plan's, as plan.parquet has it; without a plan the rules on money are unknown, not met. The ceiling and
the national share bind what the round pays for: public money (national, province and city, or local where a plan does
not split it) of the part built inside the district.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geojeom.messages import Remark, column_data, column_text, from_column
from simulation.plans.payers import PRIVATE, PUBLIC, paid
from spatial.config.catalogue import Programme

# A proposal gives whole per cent.
PRIVATE_TOLERANCE = 0.01
TEXTS = ["round", "district_id", "rule", "outcome", "unit", "found", "required", "source", "evidence"]


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


def check_rules(
    programme: Programme,
    districts: pd.DataFrame,
    plan: pd.DataFrame | None,
    applicant: str | None,
    budget_krw_year: int | None,
) -> pd.DataFrame:
    """Return the table ``programme``: one row per district and rule of one round, in the order of ``districts``.

    ``plan`` are rows of plan.parquet, or None where no plan was laid; ``applicant`` and ``budget_krw_year`` come from
    the region file. ``found`` and ``required`` are remarks (``geojeom.messages.column_data``).
    """
    rows = []
    for at, name in enumerate(districts["district_id"]):
        district = districts.iloc[at]
        own = None if plan is None else plan[plan["district_id"] == name]
        rows += [
            _row(programme, str(name), finding)
            for finding in (
                *_who_and_where(programme, district, applicant),
                *_money(programme, own),
                *_proposal(programme, district, own),
                _running_cost(own, budget_krw_year),
            )
        ]
    return _table(rows)


def nothing() -> pd.DataFrame:
    """The table ``programme`` of a region that is held against no round."""
    return _table([])


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows,
        columns=[*TEXTS[:3], "binding", "outcome", "value", "limit", "unit", "found", "required", "source", "evidence"],
    )
    return frame.astype({**dict.fromkeys(TEXTS, "str"), "binding": bool, "value": float, "limit": float})


def _row(programme: Programme, district: str, finding: Finding) -> dict[str, Any]:
    return {
        "round": programme.id,
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


def _who_and_where(programme: Programme, district: pd.Series, applicant: str | None) -> Iterator[Finding]:
    """Yield findings on applicant, kind and area."""
    if programme.applicants:
        found = Remark("rule.words", codes=[applicant]) if applicant else Remark("rule.no_applicant")
        met = applicant in programme.applicants if applicant else None
        yield Finding("applicant", met, found, Remark("rule.words", codes=programme.applicants))
    found, required = (Remark("rule.words", codes=codes) for codes in ([district["kind"]], programme.kinds))
    yield Finding("kind", district["kind"] in programme.kinds, found, required)
    area = float(district["area_m2"])
    if (least := programme.area_min_m2) is not None:
        required = Remark("rule.area_min", area_m2=least)
        yield Finding("area_min", area >= least, _area(area, least), required, area, least, "m2")
    if (most := programme.area_max_m2) is not None:
        required = Remark("rule.area_max", area_m2=most)
        yield Finding("area_max", area <= most, _area(area, most), required, area, most, "m2")
    if (past := programme.awarded_area) is not None:
        yield Finding(
            "awarded_area",
            past.low_m2 <= area <= past.high_m2,
            _area(area),
            Remark("rule.awarded_area", low_m2=past.low_m2, high_m2=past.high_m2),
            area,
            unit="m2",
            binding=False,
            source=past.source,
            evidence=past.evidence,
        )


def _area(area_m2: float, limit_m2: float | None = None) -> Remark:
    """An area, told apart from the limit it is held against."""
    return Remark("rule.area", area_m2=area_m2, limit=limit_m2)


def _money(programme: Programme, plan: pd.DataFrame | None) -> Iterator[Finding]:
    """Yield findings on ceiling, national money and share, and the years of building."""
    ceiling, share_max = programme.ceiling_krw, programme.national_share_max
    national_max = ceiling * share_max
    inside = plan[plan["part"] == "in_district"] if plan is not None else None
    national = None if inside is None else int(inside["national_krw"].sum())
    public = None if inside is None else paid(inside, PUBLIC)
    yield _at_most("ceiling", public, ceiling, Remark("rule.ceiling", krw=ceiling))
    yield _at_most("national_money", national, national_max, Remark("rule.national_money", krw=national_max))
    required = Remark("rule.national_share", share=share_max)
    if national is None or not public:
        why = Remark("rule.no_plan") if public is None else Remark("rule.no_public_money")
        yield Finding("national_share", None, why, required, None, share_max, "share")
    else:
        share = national / public
        # Compared in won, where it is exact.
        met = national <= share_max * public
        found = Remark("rule.share", share=share, limit=share_max)
        yield Finding("national_share", met, found, required, share, share_max, "share")
    months = 12 * programme.years
    required = Remark("rule.years", months=months)
    if inside is None or inside.empty:
        why = Remark("rule.no_plan") if inside is None else Remark("rule.nothing_inside")
        yield Finding("years", None, why, required, None, float(months), "months")
        return
    # Months count from 0: what opens in month 35 is open within 36 months.
    last = int(inside["month"].max()) + 1
    found = Remark("rule.last_opening", month=last)
    yield Finding("years", last <= months, found, required, float(last), float(months), "months")


def _at_most(rule: str, amount: int | None, limit: float, required: Remark) -> Finding:
    if amount is None:
        return Finding(rule, None, Remark("rule.no_plan"), required, None, limit, "KRW")
    found = Remark("rule.money", krw=amount, limit=limit)
    return Finding(rule, amount <= limit, found, required, float(amount), limit, "KRW")


def _proposal(programme: Programme, district: pd.Series, plan: pd.DataFrame | None) -> Iterator[Finding]:
    """Yield findings on the parts a proposal must hold."""
    parts = {
        "in_district_plan": ("in_district", Remark("rule.in_district_plan")),
        "diffusion_plan": ("diffusion", Remark("rule.diffusion_plan")),
    }
    for name in programme.requires:
        if name in parts:
            part, required = parts[name]
            if plan is None:
                yield Finding(name, None, Remark("rule.no_plan"), required)
                continue
            count = int((plan["part"] == part).sum())
            found = Remark("rule.openings", n=count)
            yield Finding(name, count > 0, found, required, float(count), None, "openings")
    if "private_proposals" in programme.requires:
        required = Remark("rule.private_proposals")
        share = district["private_share"]
        if pd.isna(share):
            yield Finding("private_proposals", None, Remark("rule.no_private_share"), required, None, None, "share")
        else:
            found = Remark("rule.private_share", share=share)
            yield Finding("private_proposals", bool(share > 0), found, required, float(share), None, "share")
    yield from _private_part(district, plan)


def _private_part(district: pd.Series, plan: pd.DataFrame | None) -> Iterator[Finding]:
    """What private payers bear of the plan inside the district, beside what the proposal says, where both are known."""
    share = district["private_share"]
    inside = None if plan is None else plan[plan["part"] == "in_district"]
    if pd.isna(share) or inside is None or not (cost := int(inside["capex_krw"].sum())):
        return
    part = paid(inside, PRIVATE) / cost
    yield Finding(
        "private_part",
        abs(part - share) <= PRIVATE_TOLERANCE,
        Remark("rule.private_part", share=part),
        Remark("rule.proposed_part", share=share),
        part,
        float(share),
        "share",
        binding=False,
        source="plan and proposal of the region",
        evidence="own_choice",
    )


def _running_cost(plan: pd.DataFrame | None, budget_krw_year: int | None) -> Finding:
    """What all openings cost a year once they run; no round read so far limits it, but a committee asks."""
    required = Remark("rule.running_cost")
    common: dict[str, Any] = {"unit": "KRW/year", "binding": False, "evidence": "own_choice"}
    if plan is None:
        return Finding("running_cost", None, Remark("rule.no_plan"), required, source="-", **common)
    cost = int(plan["opex_krw_year"].sum())
    found = Remark("rule.a_year", krw=cost)
    if budget_krw_year is not None:
        found = Remark("rule.a_year.of_budget", krw=cost, share=cost / budget_krw_year)
    return Finding("running_cost", None, found, required, float(cost), source="plan of the region file", **common)


def readable(table: pd.DataFrame) -> str:
    """The table as text for a terminal, a block per round and district, what is not met first."""
    if table.empty:
        return "no round: the region lies outside Korea and names none, so that no programme's rules are applied"
    signs = {"not_met": "✗", "unknown": "?", "met": "✓"}
    cited = table["source"] + " (" + table["evidence"].str.replace("_", " ") + ")"
    sources = list(dict.fromkeys(cited))
    shown = table.assign(
        sign=table["outcome"].map(signs).where(table["binding"], "·"),
        order=table["outcome"].map(list(signs).index).where(table["binding"], len(signs)),
        rule=table["rule"].str.ljust(int(table["rule"].str.len().max())),
        found=table["found"].map(_text),
        required=table["required"].map(_text),
        note=cited.map(sources.index) + 1,
    )
    lines = []
    for (number, district), block in shown.groupby(["round", "district_id"], sort=False):
        lines.append(f"\n{district} · {number}")
        lines += [
            f"  {row.sign} {row.rule}  {row.found}  [{row.required}] {row.note}"
            for row in block.sort_values("order", kind="stable").itertuples(index=False)
        ]
    lines += ["", *(f"{number} {source}" for number, source in enumerate(sources, 1))]
    return "\n".join([*lines, "✓ met  ✗ not met  ? unknown  · no rule, a figure to compare with"])


def _text(remarks: str) -> str:
    return column_text(from_column(remarks))
