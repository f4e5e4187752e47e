"""Candidates against the rules of a round: each rule met, not met or unknown, with the figure it was judged on.

The money is the plan's, as plan.parquet has it; without a plan the rules on money are unknown, not met. The ceiling and
the national share bind what the round pays for: national and local money of the part built inside the district.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geojeom.formats import figure, percent, stated_percent
from spatial.config.catalogue import Programme

Both = tuple[str, str]
# A proposal gives whole per cent.
PRIVATE_TOLERANCE = 0.01
NO_PLAN: Both = ("계획 없음", "no plan")
TEXTS = ["round", "district_id", "rule", "outcome", "unit", "found", "required", "source", "evidence"]


@dataclass(frozen=True)
class Finding:
    """One rule for one district. ``met`` None: unknown. ``binding`` False: a figure to compare with, no rule.

    ``source`` and ``evidence`` are the round's where left out.
    """

    rule: str
    met: bool | None
    found: Both
    required: Both
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
    the region file. ``found`` and ``required`` are "Korean / English".
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
        "found": " / ".join(finding.found),
        "required": " / ".join(finding.required),
        "source": finding.source or programme.source,
        "evidence": finding.evidence or programme.evidence,
    }


def _who_and_where(programme: Programme, district: pd.Series, applicant: str | None) -> Iterator[Finding]:
    """Yield findings on applicant, kind and area."""
    if programme.applicants:
        takes = ", ".join(programme.applicants)
        found = (applicant, applicant) if applicant else ("지역 파일에 신청 주체가 없음", "the region file names none")
        yield Finding("applicant", applicant in programme.applicants if applicant else None, found, (takes, takes))
    kind, kinds = district["kind"], ", ".join(programme.kinds)
    yield Finding("kind", kind in programme.kinds, (kind, kind), (kinds, kinds))
    area = float(district["area_m2"])
    if (least := programme.area_min_m2) is not None:
        yield Finding("area_min", area >= least, _area(area, least), _area(least, sign="≥ "), area, least, "m2")
    if (most := programme.area_max_m2) is not None:
        yield Finding("area_max", area <= most, _area(area, most), _area(most, sign="≤ "), area, most, "m2")
    if (past := programme.awarded_area) is not None:
        span = f"{past.low_m2 / 1e6:g}–{past.high_m2 / 1e6:g} km²"
        yield Finding(
            "awarded_area",
            past.low_m2 <= area <= past.high_m2,
            _area(area),
            (f"기존 선정지 {span}(규정 아님)", f"past awards {span} (no rule)"),
            area,
            unit="m2",
            binding=False,
            source=past.source,
            evidence=past.evidence,
        )


def _area(area_m2: float, limit_m2: float | None = None, sign: str = "") -> Both:
    """An area, told apart from the limit it is held against; a limit itself (with its ``sign``) in all its digits."""
    km2 = f"{area_m2 / 1e6:.10g}" if sign else figure(area_m2 / 1e6, 3, limit_m2 and limit_m2 / 1e6)
    return f"{sign}{km2} km²", f"{sign}{km2} km²"


def _money(programme: Programme, plan: pd.DataFrame | None) -> Iterator[Finding]:
    """Yield findings on ceiling, national money and share, and the years of building."""
    ceiling, share_max = programme.ceiling_krw, programme.national_share_max
    national_max = ceiling * share_max
    inside = plan[plan["part"] == "in_district"] if plan is not None else None
    national = None if inside is None else int(inside["national_krw"].sum())
    public = None if inside is None or national is None else national + int(inside["local_krw"].sum())
    yield _at_most("ceiling", public, ceiling, ("국비+지방비", "national and local money"))
    yield _at_most("national_money", national, national_max, ("국비", "national money"))
    most = stated_percent(share_max)
    required = (f"국비 비율 ≤ {most}", f"national share ≤ {most}")
    if national is None or not public:
        why = NO_PLAN if public is None else ("국비·지방비 없음", "no national or local money")
        yield Finding("national_share", None, why, required, None, share_max, "share")
    else:
        share = national / public
        # Compared in won, where it is exact.
        met = national <= share_max * public
        text = percent(share, 1, share_max)
        yield Finding("national_share", met, (text, text), required, share, share_max, "share")
    months = 12 * programme.years
    required = (f"{months}개월 안에 개시", f"opened within {months} months")
    if inside is None or inside.empty:
        why = NO_PLAN if inside is None else ("지구내 시설 없음", "nothing opens in the district")
        yield Finding("years", None, why, required, None, float(months), "months")
        return
    # Months count from 0: what opens in month 35 is open within 36 months.
    last = int(inside["month"].max()) + 1
    found = (f"마지막 개시 {last}개월째", f"last opening in month {last}")
    yield Finding("years", last <= months, found, required, float(last), float(months), "months")


def _at_most(rule: str, amount: int | None, limit: float, what: Both) -> Finding:
    top = limit / 1e8
    required = (f"{what[0]} ≤ {top:,g}억원", f"{what[1]} ≤ {limit / 1e9:,g} billion KRW")
    if amount is None:
        return Finding(rule, None, NO_PLAN, required, None, limit, "KRW")
    eok, billion = (figure(amount / 10**e, digits, limit / 10**e) for e, digits in ((8, 1), (9, 2)))
    found = (f"{eok}억원", f"{billion} billion KRW")
    return Finding(rule, amount <= limit, found, required, float(amount), limit, "KRW")


def _proposal(programme: Programme, district: pd.Series, plan: pd.DataFrame | None) -> Iterator[Finding]:
    """Yield findings on the parts a proposal must hold."""
    parts = {
        "in_district_plan": ("in_district", ("지구내 거점 조성방안", "a plan inside the district")),
        "diffusion_plan": ("diffusion", ("지구외 확산방안", "a plan of diffusion outside")),
    }
    for name in programme.requires:
        if name in parts:
            part, required = parts[name]
            if plan is None:
                yield Finding(name, None, NO_PLAN, required)
                continue
            count = int((plan["part"] == part).sum())
            yield Finding(
                name, count > 0, (f"{count}건", f"{count} openings"), required, float(count), None, "openings"
            )
    if "private_proposals" in programme.requires:
        required = ("민간 제안 반영", "private proposals reflected")
        share = district["private_share"]
        if pd.isna(share):
            why = ("제안서에 민간투자 비율 없음", "the proposal does not say its private share")
            yield Finding("private_proposals", None, why, required, None, None, "share")
        else:
            found = (f"민간투자 {percent(share, 1)}", f"private share {percent(share, 1)}")
            yield Finding("private_proposals", bool(share > 0), found, required, float(share), None, "share")
    yield from _private_part(district, plan)


def _private_part(district: pd.Series, plan: pd.DataFrame | None) -> Iterator[Finding]:
    """What private payers bear of the plan inside the district, beside what the proposal says, where both are known."""
    share = district["private_share"]
    inside = None if plan is None else plan[plan["part"] == "in_district"]
    if pd.isna(share) or inside is None or not (cost := int(inside["capex_krw"].sum())):
        return
    part = int(inside["private_krw"].sum()) / cost
    yield Finding(
        "private_part",
        abs(part - share) <= PRIVATE_TOLERANCE,
        (f"계획의 민간 부담 {percent(part, 1)}", f"private part of the plan {percent(part, 1)}"),
        (f"제안서의 민간투자 비율 {percent(share, 1)}", f"private share of the proposal {percent(share, 1)}"),
        part,
        float(share),
        "share",
        binding=False,
        source="plan and proposal of the region",
        evidence="own_choice",
    )


def _running_cost(plan: pd.DataFrame | None, budget_krw_year: int | None) -> Finding:
    """What all openings cost a year once they run; no round read so far limits it, but a committee asks."""
    required = ("운영비 한도 규정 없음", "no limit set on running cost")
    if plan is None:
        return Finding(
            "running_cost", None, NO_PLAN, required, unit="KRW/year", binding=False, source="-", evidence="own_choice"
        )
    cost = int(plan["opex_krw_year"].sum())
    ko, en = f"연 {cost / 1e8:,.1f}억원", f"{cost / 1e9:,.2f} billion KRW a year"
    if budget_krw_year is not None:
        ko, en = (
            f"{ko}(예산의 {percent(cost / budget_krw_year, 2)})",
            f"{en} ({percent(cost / budget_krw_year, 2)} of the budget)",
        )
    return Finding(
        "running_cost",
        None,
        (ko, en),
        required,
        float(cost),
        unit="KRW/year",
        binding=False,
        source="plan of the region file",
        evidence="own_choice",
    )


def readable(table: pd.DataFrame) -> str:
    """The table as text for a terminal, a block per round and district, what is not met first."""
    if table.empty:
        return "no round: the region lies outside Korea and names none, so that no programme's rules are applied"
    signs = {"not_met": "✗", "unknown": "?", "met": "✓"}
    said = table["source"] + " (" + table["evidence"].str.replace("_", " ") + ")"
    sources = list(dict.fromkeys(said))
    shown = table.assign(
        sign=table["outcome"].map(signs).where(table["binding"], "·"),
        order=table["outcome"].map(list(signs).index).where(table["binding"], len(signs)),
        rule=table["rule"].str.ljust(int(table["rule"].str.len().max())),
        found=table["found"].map(_once),
        required=table["required"].map(_once),
        note=said.map(sources.index) + 1,
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


def _once(text: str) -> str:
    korean, english = text.split(" / ")
    return english if korean == english else text
