"""The dates of a plan: the programme's steps in their order, and what must lie within them and within their time.

A step is when it was done, where that is told, and else when it is planned. Each rule is the programme's own (press
release of the Ministry of Land, Infrastructure and Transport of 2021-11-08), the years are those of the round.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from geojeom.messages import Remark
from simulation.workbook.book import Row
from simulation.workbook.said import Said
from spatial.config.catalogue import Programme

# The programme's steps, as they follow one another (press release of 2021-11-08, annex 1).
STEPS = (
    *("briefing", "call", "proposal", "selection", "agreement", "consortium"),
    *("implementation_plan", "designation", "groundbreaking", "completion"),
)
# Those that a round's years may count from.
BEGIN = ("agreement", "groundbreaking")
# The smart-city plan is due within so many months of the approval of the implementation plan.
SMART_CITY_PLAN_MONTHS = 24


class _Date(NamedTuple):
    """A month (``YYYY-MM``) of a row, and the column that it stands in."""

    month: str
    column: str
    row: Row

    def months_since(self, other: _Date) -> int:
        return int((pd.Period(self.month, freq="M") - pd.Period(other.month, freq="M")).n)


def check_schedule(said: Said, programme: Programme | None) -> None:
    """Note what is wrong with the sheet of the schedule in the book's ledger.

    Parameters
    ----------
    said : Said
        The plan.
    programme : Programme or None
        The round it is held against.
    """
    rows_of = _steps(said)
    planned = {step: date for step, row in rows_of.items() if (date := _planned(row)) is not None}
    dates = {step: date for step, row in rows_of.items() if (date := _date(row)) is not None}
    in_order = _order(said, planned, dates)
    for step in STEPS:
        row = rows_of.get(step)
        if rows_of and (row is None or (row.blank("planned") and row.blank("actual"))):
            remark = Remark("workbook.step_missing", step=_step(said, step))
            said.book.fault("schedule", row, "planned", remark, binding=False)
    _smart_city_plan(said, dates)
    _openings(said, dates)
    _milestones(said, dates)
    if programme is not None and in_order:
        _years(said, dates, programme)


def _steps(said: Said) -> dict[str, Row]:
    """The row of each of the programme's steps, each once."""
    rows_of: dict[str, Row] = {}
    for row in said.rows("schedule"):
        step = row["step"]
        if row.blank("step") and row["name"] is None:
            said.book.fault("schedule", row, "name", Remark("workbook.step_unnamed"))
        elif step in rows_of:
            said.book.fault("schedule", row, "step", Remark("workbook.step_twice", step=_step(said, step)))
        elif step is not None:
            rows_of[step] = row
    return rows_of


def _planned(row: Row) -> _Date | None:
    return None if row["planned"] is None else _Date(row["planned"], "planned", row)


def _date(row: Row) -> _Date | None:
    """When it was done, where that is told, else when it is planned; None where that cannot be read."""
    if row["actual"] is not None:
        return _Date(row["actual"], "actual", row)
    return _planned(row) if row.blank("actual") else None


def _order(said: Said, planned: Mapping[str, _Date], dates: Mapping[str, _Date]) -> bool:
    """Whether the steps are in their order, as they were planned and as they went."""
    told: set[str] = set()
    for held in (planned, dates):
        dated = [step for step in STEPS if step in held]
        for before, after in pairwise(dated):
            if held[after].months_since(held[before]) < 0 and after not in told:
                told.add(after)
                names = {"step": _step(said, after), "before": _step(said, before)}
                remark = Remark("workbook.step_order", **names, found=held[after].month, first=held[before].month)
                said.book.fault("schedule", held[after].row, held[after].column, remark)
    return not told


def _smart_city_plan(said: Said, dates: Mapping[str, _Date]) -> None:
    due, approved = dates.get("smart_city_plan"), dates.get("implementation_plan")
    if due is None or approved is None or 0 <= due.months_since(approved) <= SMART_CITY_PLAN_MONTHS:
        return
    limit = {"first": approved.month, "months": SMART_CITY_PLAN_MONTHS}
    remark = Remark("workbook.smart_city_plan", found=due.month, **limit)
    said.book.fault("schedule", due.row, due.column, remark)


def _openings(said: Said, dates: Mapping[str, _Date]) -> None:
    """What opens inside the hub opens before the completion."""
    inside, end = said.openings[said.openings["part"] == "in_district"], dates.get("completion")
    if end is not None and not inside.empty and (last := str(inside["date"].max())) > end.month:
        remark = Remark("workbook.after_completion", last=last, found=end.month)
        said.book.fault("schedule", end.row, end.column, remark)


def _milestones(said: Said, dates: Mapping[str, _Date]) -> None:
    """The plan's own milestones lie between the first of the programme's steps and the completion."""
    known = [dates[step] for step in STEPS if step in dates]
    end = dates.get("completion")
    for row in said.rows("schedule"):
        date = _date(row)
        if not row.blank("step") or date is None or not known:
            continue
        if date.months_since(known[0]) < 0:
            remark = Remark("workbook.milestone_early", found=date.month, first=known[0].month)
            said.book.fault("schedule", row, date.column, remark, binding=False)
        elif end is not None and date.months_since(end) > 0:
            remark = Remark("workbook.milestone_late", found=date.month, last=end.month)
            said.book.fault("schedule", row, date.column, remark, binding=False)


def _years(said: Said, dates: Mapping[str, _Date], programme: Programme) -> None:
    """The completion lies within the years of the round, counted from the step that it names.

    Where it is not known to name one, only what lies beyond them from either is told. Months count from 1: what is
    completed in the month before the third anniversary is within three years.
    """
    end, counted = dates.get("completion"), [programme.years_from] if programme.years_from else list(BEGIN)
    if end is None or any(step not in dates for step in counted):
        return
    month, step = min((end.months_since(dates[step]) + 1, step) for step in counted)
    if month > 12 * programme.years:
        stated = {"round": programme.id, "years": programme.years, "source": programme.source}
        remark = Remark("workbook.completion_late", found=end.month, month=month, step=_step(said, step), **stated)
        said.book.fault("schedule", end.row, end.column, remark, binding=False)


def _step(said: Said, step: str) -> dict[str, str]:
    return said.book.layout.choices["step"][step].model_dump()
