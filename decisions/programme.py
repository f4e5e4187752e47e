"""Plans against the rules of a round: each rule met, not met or unknown, with the figure it was judged on.

The money is the plan's, by its openings; without a plan the rules on money are unknown, not met. The ceiling and
the national share bind what the round pays for: public money (national, province and city, or local where a plan does
not split it) of the part built inside the district.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from decisions.finding import Finding, row_of, table_of
from decisions.funds import Terms, money_findings, running_cost
from geojeom.messages import Remark, column_text, from_column
from simulation.plans.payers import PRIVATE, paid
from spatial.config.catalogue import Programme

# A proposal gives whole per cent.
PRIVATE_TOLERANCE = 0.01


def check_rules(
    programme: Programme,
    districts: pd.DataFrame,
    plan: pd.DataFrame | None,
    *,
    plan_id: str,
    applicant: str | None,
    budget_krw_year: int | None,
    terms: Terms,
) -> pd.DataFrame:
    """Return the table ``programme``: one row per district and rule of one round, in the order of ``districts``.

    Parameters
    ----------
    programme : Programme
        The round.
    districts : DataFrame
        The table of that name (docs/files.md).
    plan : DataFrame or None
        Openings of one plan; None where none was laid: the rules on money are then unknown.
    plan_id : str
        What the plan is called: a workbook's name, or ``default`` for the template.
    applicant : str or None
        Who applies, as the region file says.
    budget_krw_year : int or None
        What the applicant spends in a year (won), where the region file says.
    terms : Terms
        What the plan says beside its openings.

    Returns
    -------
    DataFrame
        ``found`` and ``required`` are remarks (``geojeom.messages.column_data``).
    """
    rows = []
    for at, name in enumerate(districts["district_id"]):
        district = districts.iloc[at]
        own = None if plan is None else plan[plan["district_id"] == name]
        rows += [
            row_of(programme, plan_id, str(name), finding)
            for finding in (
                *_who_and_where(programme, district, applicant),
                *money_findings(programme, own, applicant, terms),
                *_proposal(programme, district, own, terms.unreflected),
                running_cost(own, budget_krw_year),
            )
        ]
    return table_of(rows)


def nothing() -> pd.DataFrame:
    """The table ``programme`` of a region that is held against no round.

    Returns
    -------
    DataFrame
        Without rows.
    """
    return table_of([])


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


def _proposal(
    programme: Programme, district: pd.Series, plan: pd.DataFrame | None, unreflected: Sequence[str]
) -> Iterator[Finding]:
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
        yield _private_proposals(district["private_share"], _private_share(plan), unreflected)
    yield from _private_part(district["private_share"], _private_share(plan))


def _private_share(plan: pd.DataFrame | None) -> float | None:
    """What private payers bear of the plan inside the district; None where there is no plan or it costs nothing."""
    inside = None if plan is None else plan[plan["part"] == "in_district"]
    if inside is None or not (cost := int(inside["capex_krw"].sum())):
        return None
    return paid(inside, PRIVATE) / cost


def _private_proposals(share: float | None, part: float | None, unreflected: Sequence[str]) -> Finding:
    """Whether the plan reflects what private parties propose: each proposal somewhere, and as much money."""
    required, rule = Remark("rule.private_proposals"), "private_proposals"
    if unreflected:
        found = Remark("rule.proposals.unreflected", names=list(unreflected))
        return Finding(rule, False, found, required, None, None, "share")
    if share is None or pd.isna(share):
        return Finding(rule, None, Remark("rule.no_private_share"), required, None, None, "share")
    found, met = Remark("rule.private_share", share=share), share > 0
    if part is not None and abs(part - share) <= PRIVATE_TOLERANCE:
        found = Remark("rule.private_share.agrees", share=share, part=part)
    elif part is not None:
        found, met = Remark("rule.private_share.differs", share=share, part=part), share > 0 and part > share
    return Finding(rule, bool(met), found, required, float(share), None, "share")


def _private_part(share: float | None, part: float | None) -> Iterator[Finding]:
    """What private payers bear of the plan inside the district, beside what the proposal says, where both are known."""
    if share is None or pd.isna(share) or part is None:
        return
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


def readable(table: pd.DataFrame) -> str:
    """The table as text for a terminal, a block per round, plan and district, what is not met first.

    Parameters
    ----------
    table : DataFrame
        The table ``programme``.

    Returns
    -------
    str
        Of several lines, the sources last.
    """
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
    for (number, plan, district), block in shown.groupby(["round", "plan_id", "district_id"], sort=False):
        lines.append(f"\n{district} · {plan} · {number}")
        lines += [
            f"  {row.sign} {row.rule}  {row.found}  [{row.required}] {row.note}"
            for row in block.sort_values("order", kind="stable").itertuples(index=False)
        ]
    lines += ["", *(f"{number} {source}" for number, source in enumerate(sources, 1))]
    return "\n".join([*lines, "✓ met  ✗ not met  ? unknown  · no rule, a figure to compare with"])


def _text(remarks: str) -> str:
    return column_text(from_column(remarks))
