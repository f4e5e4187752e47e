"""A plan's money and dates against a round: ceiling, national share, years, review, commitments, running cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd

from decisions.finding import Finding
from decisions.money import money, room
from geojeom.messages import Remark
from simulation.plans.payers import PUBLIC, paid
from simulation.workbook.money import commitments_of, funding_of, operation_of, steps_of, unreflected
from spatial.config.catalogue import Programme

STEPS = ("agreement", "groundbreaking")
MUNICIPALITIES = ("city", "county", "autonomous_district")
OF_PLAN: dict[str, Any] = {"source": "plan of the region", "evidence": "own_choice"}


@dataclass(frozen=True)
class Terms:
    """What a plan says beside its openings, and its time: month 0 (``YYYY-MM``) and the months looked at.

    ``steps`` are months of the programme's steps (agreement, groundbreaking), counted from month 0; ``funding`` and
    ``operation`` as in ``decisions.money.money``, ``commitments`` as in ``decisions.money.room``; ``unreflected`` are
    the firms whose proposals the plan reflects nowhere.
    """

    start: str
    months: int
    steps: Mapping[str, int] = field(default_factory=dict)
    funding: pd.DataFrame | None = None
    operation: pd.DataFrame | None = None
    commitments: pd.DataFrame | None = None
    unreflected: Sequence[str] = ()

    def of_sheets(self, openings: pd.DataFrame, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Terms:
        """The same time with what the sheets of a workbook say.

        Parameters
        ----------
        openings : DataFrame
            The plan's openings, as rows of plan.parquet.
        sheets : mapping
            Sheet -> its rows, each a mapping of column to value; one that is not there says nothing.

        Returns
        -------
        Terms
            With ``start`` and ``months`` of these.
        """
        funding = sheets.get("funding", ())
        return Terms(
            self.start,
            self.months,
            steps=steps_of(sheets.get("schedule", ()), self.start),
            funding=funding_of(openings, funding),
            operation=operation_of(openings, sheets.get("operation", ())),
            commitments=commitments_of(funding),
            unreflected=unreflected(sheets.get("proposals", ())),
        )

    def money(self, plan: pd.DataFrame) -> pd.DataFrame:
        """The table ``money`` of the openings of one district.

        Parameters
        ----------
        plan : DataFrame
            Rows of plan.parquet of one district.

        Returns
        -------
        DataFrame
            As of ``decisions.money.money``, in won.
        """
        return money(plan, self.start, self.months, funding=self.funding, operation=self.operation)


def money_findings(
    programme: Programme, plan: pd.DataFrame | None, applicant: str | None, terms: Terms
) -> Iterator[Finding]:
    """Yield findings on all that a round says of money and years.

    Parameters
    ----------
    programme : Programme
        The round.
    plan : DataFrame or None
        Openings of one district, as rows of plan.parquet; None where no plan was laid.
    applicant : str or None
        Who applies, where the region file says.
    terms : Terms
        What the plan says beside its openings.

    Yields
    ------
    Finding
        Unknown where there is no plan; money is in won.
    """
    inside = None if plan is None else plan[plan["part"] == "in_district"]
    share_max = Fraction(str(programme.national_share_max))
    ceiling, national_max = programme.ceiling_krw, int(programme.ceiling_krw * share_max)
    national = None if inside is None else paid(inside, ["national"])
    public = None if inside is None else paid(inside, PUBLIC)
    yield _at_most("ceiling", public, ceiling, Remark("rule.ceiling", krw=ceiling))
    yield _at_most("national_money", national, national_max, Remark("rule.national_money", krw=national_max))
    yield _national_share(programme, national, public)
    by_year = None if plan is None else terms.money(plan)
    yield from _yearly_match(programme, by_year)
    yield _years(programme, inside, terms.steps)
    yield from _review(programme, inside, applicant)
    if by_year is not None and terms.commitments is not None:
        yield _commitments(room(by_year, terms.commitments))


def _at_most(rule: str, amount: int | None, limit: int, required: Remark) -> Finding:
    if amount is None:
        return Finding(rule, None, Remark("rule.no_plan"), required, None, float(limit), "KRW")
    if amount <= limit:
        found = Remark("rule.money.left", krw=amount, limit=limit, left=limit - amount)
    else:
        found = Remark("rule.money.over", krw=amount, limit=limit, over=amount - limit)
    return Finding(rule, amount <= limit, found, required, float(amount), float(limit), "KRW")


def _national_share(programme: Programme, national: int | None, public: int | None) -> Finding:
    most = programme.national_share_max
    required = Remark("rule.national_share", share=most)
    if national is None or not public:
        why = Remark("rule.no_plan") if public is None else Remark("rule.no_public_money")
        return Finding("national_share", None, why, required, None, most, "share")
    found = Remark("rule.share", share=national / public, limit=most)
    # Compared in won, where it is exact.
    met = national <= Fraction(str(most)) * public
    return Finding("national_share", met, found, required, national / public, most, "share")


def _yearly_match(programme: Programme, by_year: pd.DataFrame | None) -> Iterator[Finding]:
    """Yield a finding on the national share of each year, unless the round is known to look at the total alone."""
    if programme.match == "total":
        return
    most, ruled = programme.national_share_max, programme.match == "yearly"
    required = Remark("rule.yearly_match", share=most) if ruled else Remark("rule.yearly_match.unknown")
    stated: dict[str, Any] = {"limit": most, "unit": "share", "binding": ruled}
    if by_year is None:
        yield Finding("yearly_match", None, Remark("rule.no_plan"), required, **stated)
        return
    capital = by_year[(by_year["part"] == "in_district") & (by_year["kind"] == "capital")]
    public = capital[capital["payer"].isin(PUBLIC)].groupby("year")["krw"].sum()
    if public.empty:
        yield Finding("yearly_match", None, Remark("rule.no_public_money"), required, **stated)
        return
    national = capital[capital["payer"] == "national"].groupby("year")["krw"].sum().reindex(public.index, fill_value=0)
    shares = {int(year): Fraction(int(national[year]), int(public[year])) for year in public.index}
    year = max(shares, key=lambda year: (shares[year], -year))
    found = Remark("rule.share.year", year=str(year), share=float(shares[year]), limit=most)
    met = shares[year] <= Fraction(str(most)) if ruled else None
    yield Finding("yearly_match", met, found, required, float(shares[year]), **stated)


def _years(programme: Programme, inside: pd.DataFrame | None, steps: Mapping[str, int]) -> Finding:
    """Whether all inside opens within the years, counted from the step that the round names.

    Where the round is not known to name one, it is judged if both steps say the same. Months count from 0: what opens
    in month 35 from a step is open within 36 months.
    """
    months = 12 * programme.years
    counted = [programme.years_from] if programme.years_from else list(STEPS)
    required = Remark("rule.years.unknown", months=months)
    if programme.years_from:
        required = Remark("rule.years", months=months, step=programme.years_from)
    stated: dict[str, Any] = {"limit": float(months), "unit": "months"}
    if inside is None or inside.empty:
        why = Remark("rule.no_plan") if inside is None else Remark("rule.nothing_inside")
        return Finding("years", None, why, required, **stated)
    last = int(inside["month"].max()) + 1
    if lacking := [step for step in counted if step not in steps]:
        found = Remark("rule.last_opening.assumed", month=last, steps=lacking)
        return Finding("years", None, found, required, float(last), **stated)
    since = {step: last - steps[step] for step in counted}
    longest = max(counted, key=lambda step: since[step])
    found = Remark("rule.last_opening.from", month=since[longest], step=longest)
    verdicts = {month <= months for month in since.values()}
    if len(verdicts) > 1:
        return Finding("years", None, Remark("rule.last_opening.steps", **since), required, **stated)
    return Finding("years", verdicts.pop(), found, required, float(since[longest]), **stated)


def _review(programme: Programme, inside: pd.DataFrame | None, applicant: str | None) -> Iterator[Finding]:
    """Yield whether the ministry reviews the investment: no rule, but a gate after the choice."""
    if (review := programme.review) is None:
        return
    stated: dict[str, Any] = {"unit": "KRW", "binding": False, "source": review.source, "evidence": review.evidence}
    if applicant is None or inside is None:
        limits = {"municipality_krw": review.municipality_krw, "province_krw": review.province_krw}
        why = Remark("rule.no_plan") if inside is None else Remark("rule.no_applicant")
        yield Finding("review", None, why, Remark("rule.review.limits", **limits), **stated)
        return
    limit = review.municipality_krw if applicant in MUNICIPALITIES else review.province_krw
    cost = int(inside["capex_krw"].sum())
    found = Remark("rule.review.free", krw=cost, limit=limit)
    if cost >= limit:
        found = Remark("rule.review.needed", krw=cost, limit=limit)
    required = Remark("rule.review", krw=limit)
    yield Finding("review", None, found, required, float(cost), float(limit), **stated)


def _commitments(left: pd.DataFrame) -> Finding:
    """What the payers commit by year, held against what the plan needs of them."""
    required, short = Remark("rule.commitments"), left[left["room_krw"] < 0]
    if short.empty:
        krw = int(left["room_krw"].sum())
        return Finding(
            "commitments", True, Remark("rule.commitments.left", krw=krw), required, float(krw), unit="KRW", **OF_PLAN
        )
    worst = short.sort_values("room_krw", kind="stable").iloc[0]
    krw = -int(worst["room_krw"])
    found = Remark(
        "rule.commitments.short", n=len(short), year=str(worst["year"]), payer=f"{worst['payer']}_krw", krw=krw
    )
    return Finding("commitments", False, found, required, -float(krw), unit="KRW", **OF_PLAN)


def running_cost(plan: pd.DataFrame | None, budget_krw_year: int | None) -> Finding:
    """What all openings cost a year once they run; no round read so far limits it, but a committee asks.

    Parameters
    ----------
    plan : DataFrame or None
        Openings of one district, as rows of plan.parquet; None where no plan was laid.
    budget_krw_year : int or None
        What the applicant spends in a year (won), where it is known.

    Returns
    -------
    Finding
        Won a year; never binding.
    """
    required = Remark("rule.running_cost")
    common: dict[str, Any] = {"unit": "KRW/year", "binding": False, "evidence": "own_choice"}
    if plan is None:
        return Finding("running_cost", None, Remark("rule.no_plan"), required, source="-", **common)
    cost = int(plan["opex_krw_year"].sum())
    found = Remark("rule.a_year", krw=cost)
    if budget_krw_year is not None:
        found = Remark("rule.a_year.of_budget", krw=cost, share=cost / budget_krw_year)
    return Finding("running_cost", None, found, required, float(cost), source="plan of the region file", **common)
