"""What the sheets of a plan say together: prerequisites, dates in order, somebody responsible, and the other checks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd

from geojeom.messages import Remark
from simulation.workbook.answers import check_answers
from simulation.workbook.book import Row
from simulation.workbook.openings import PARTS
from simulation.workbook.said import Said
from simulation.workbook.spending import check_spending

# The programme's steps, as they follow one another (press release of 2021-11-08, annex 1).
STEPS = (
    *("briefing", "call", "proposal", "selection", "agreement", "consortium"),
    *("implementation_plan", "designation", "groundbreaking", "completion"),
)
# The smart-city plan is due within so many months of the approval of the implementation plan.
SMART_CITY_PLAN_MONTHS = 24


def check(said: Said) -> None:
    """Note every fault of a plan in its book's ledger."""
    _prerequisites(said)
    check_spending(said)
    _schedule(said)
    _roles(said)
    check_answers(said)


def _prerequisites(said: Said) -> None:
    """Each service's prerequisites open in the same part, or anywhere where they serve the whole city."""
    # A row with a fault of its own opens what it would open without.
    rows_of = {part: said.book.rows(part) for part in PARTS}
    written = {part: {_meant(said, row) for row in rows} for part, rows in rows_of.items()}
    for part, rows in rows_of.items():
        told = set()
        for row in rows:
            service = said.services.get(_meant(said, row) or "")
            if service is None:
                continue
            for needed in service.prerequisites:
                everywhere = said.services[needed].reach.kind == "citywide"
                opened = set().union(*written.values()) if everywhere else written[part]
                # A row whose service is not known may be the one that opens it.
                if needed not in opened and None not in opened and (service.id, needed) not in told:
                    told.add((service.id, needed))
                    remark = Remark("workbook.prerequisite", name=said.word(service.id), needed=said.word(needed))
                    said.book.fault(part, row, "service", remark)


def _meant(said: Said, row: Row) -> str | None:
    """The service that a row of an opening sheet names."""
    return None if row["service"] is None else said.names.id_of(row["service"])


def _schedule(said: Said) -> None:
    """The programme's steps in their order, each once, and what must lie within them."""
    rows_of: dict[str, Row] = {}
    for row in said.rows("schedule"):
        step = row["step"]
        if row.blank("step") and row["name"] is None:
            said.book.fault("schedule", row, "name", Remark("workbook.step_unnamed"))
        elif step in rows_of:
            said.book.fault("schedule", row, "step", Remark("workbook.step_twice", step=_step(said, step)))
        elif step is not None:
            rows_of[step] = row
    dated = [rows_of[step] for step in STEPS if step in rows_of and rows_of[step]["planned"] is not None]
    for before, after in pairwise(dated):
        if after["planned"] < before["planned"]:
            remark = Remark("workbook.step_order", step=_step(said, after["step"]), before=_step(said, before["step"]))
            said.book.fault("schedule", after, "planned", remark)
    for step in STEPS:
        planned = rows_of.get(step)
        if rows_of and (planned is None or planned["planned"] is None):
            remark = Remark("workbook.step_missing", step=_step(said, step))
            said.book.fault("schedule", planned, "planned", remark, binding=False)
    _smart_city_plan(said, rows_of)
    _inside_period(said, rows_of)


def _smart_city_plan(said: Said, rows_of: Mapping[str, Row]) -> None:
    plan, approval = rows_of.get("smart_city_plan"), rows_of.get("implementation_plan")
    if plan is None or approval is None or plan["planned"] is None or approval["planned"] is None:
        return
    approved, due = pd.Period(approval["planned"], freq="M"), pd.Period(plan["planned"], freq="M")
    if not 0 <= (due - approved).n <= SMART_CITY_PLAN_MONTHS:
        remark = Remark("workbook.smart_city_plan", found=str(due), first=str(approved), months=SMART_CITY_PLAN_MONTHS)
        said.book.fault("schedule", plan, "planned", remark)


def _inside_period(said: Said, rows_of: Mapping[str, Row]) -> None:
    """What opens inside the hub opens before the completion."""
    inside = said.openings[said.openings["part"] == "in_district"]
    row = rows_of.get("completion")
    if row is None or row["planned"] is None or inside.empty:
        return
    last = str(inside["date"].max())
    if last > row["planned"]:
        remark = Remark("workbook.after_completion", last=last, found=row["planned"])
        said.book.fault("schedule", row, "planned", remark)


def _step(said: Said, step: str) -> dict[str, str]:
    return said.book.layout.choices["step"][step].model_dump()


def _roles(said: Said) -> None:
    """Each service has at least one responsible party; one without a service is responsible for all."""
    responsible = {row["service"] for row in said.rows("roles") if row["responsible"] == "yes"}
    for name in said.opened:
        if not responsible & {name, None}:
            remark = Remark("workbook.not_responsible", name=said.word(name))
            said.book.fault("roles", None, "", remark, binding=False)
