"""What the sheets of a plan say together: money that adds up, dates in order, problems and proposals answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from geojeom.messages import Remark
from simulation.plans.catalogue import ServiceCatalogue
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.book import Row, Workbook
from simulation.workbook.openings import PARTS, of_item
from simulation.workbook.services import Names

# The programme's steps, as they follow one another (press release of 2021-11-08, annex 1).
STEPS = (
    *("briefing", "call", "proposal", "selection", "agreement", "consortium"),
    *("implementation_plan", "designation", "groundbreaking", "completion"),
)
# The smart-city plan is due within so many months of the approval of the implementation plan.
SMART_CITY_PLAN_MONTHS = 24


class Checks:
    """All checks of one plan: ``sheets`` as ``references.followed`` returns them, openings without a fault."""

    def __init__(
        self,
        book: Workbook,
        sheets: Mapping[str, list[Row]],
        openings: pd.DataFrame,
        *,
        services: ServiceCatalogue,
        names: Names,
        unsure: Callable[[str], bool],
    ) -> None:
        self._book, self._sheets, self._openings, self._names = book, sheets, openings, names
        self._unsure = unsure
        self._services = {service.id: service for service in services.services}
        self._opened = list(dict.fromkeys(openings["service"]))

    def run(self) -> None:
        """Note every fault."""
        self._prerequisites()
        self._funding()
        self._estimate()
        self._schedule()
        self._roles()
        self._problems()
        self._proposals()
        self._targets()

    def _rows(self, sheet: str) -> list[Row]:
        return self._sheets.get(sheet, [])

    def _item(self, item: str) -> dict[str, str] | str:
        """A service's name, or the number of an opening."""
        return self._word(item) if item in self._services else item

    def _word(self, service: str) -> dict[str, str]:
        return self._services[service].name.model_dump()

    def _prerequisites(self) -> None:
        """Each service's prerequisites open in the same part, or anywhere where they serve the whole city."""
        # A row with a fault of its own opens what it would open without.
        rows_of = {part: self._book.rows(part) for part in PARTS}
        written = {part: {self._meant(row) for row in rows} for part, rows in rows_of.items()}
        for part, rows in rows_of.items():
            told = set()
            for row in rows:
                service = self._services.get(self._meant(row) or "")
                if service is None:
                    continue
                for needed in service.prerequisites:
                    everywhere = self._services[needed].reach.kind == "citywide"
                    opened = set().union(*written.values()) if everywhere else written[part]
                    if needed not in opened and (service.id, needed) not in told:
                        told.add((service.id, needed))
                        remark = Remark("workbook.prerequisite", name=self._word(service.id), needed=self._word(needed))
                        self._book.fault(part, row, "service", remark)

    def _meant(self, row: Row) -> str | None:
        """The service that a row of an opening sheet names."""
        return None if row["service"] is None else self._names.id_of(row["service"])

    def _funding(self) -> None:
        """What an item spends over the years is what it costs, and is paid by those who pay for it."""
        spending: dict[str, list[Row]] = {}
        for row in self._rows("funding"):
            if row["row"] != "spend":
                continue
            if row.blank("item"):
                self._book.fault("funding", row, "item", Remark("workbook.spending_of_nothing"))
            elif row["item"] is not None:
                spending.setdefault(row["item"], []).append(row)
        for item, rows in spending.items():
            own = of_item(self._openings, item)
            if own.empty or self._unsure(item):
                continue
            paid = {column: sum(row[column] or 0 for row in rows) for column in PAYER_COLUMNS}
            cost = {column: int(own[column].sum()) for column in PAYER_COLUMNS}
            wrong = [column for column in PAYER_COLUMNS if paid[column] != cost[column]]
            if sum(paid.values()) != sum(cost.values()):
                remark = Remark(
                    "workbook.spending", name=self._item(item), paid=sum(paid.values()), cost=sum(cost.values())
                )
                self._book.fault("funding", rows[0], "item", remark)
                continue
            for column in wrong:
                remark = Remark("workbook.spending", name=self._item(item), paid=paid[column], cost=cost[column])
                self._book.fault("funding", rows[0], column, remark)
        self._spent_twice(spending)

    def _spent_twice(self, spending: Mapping[str, list[Row]]) -> None:
        """An opening that is spent for by itself and by its service would be paid for twice."""
        for item, rows in spending.items():
            numbers = set(of_item(self._openings, item)["number"])
            twice = sorted(numbers & set(spending) - {item})
            if twice and not any(map(self._unsure, (item, *twice))):
                self._book.fault(
                    "funding", rows[0], "item", Remark("workbook.spent_twice", name=self._item(item), names=twice)
                )

    def _estimate(self) -> None:
        """Quantity times unit price adds up to what the item costs."""
        items: dict[str, list[Row]] = {}
        for row in self._rows("estimate"):
            if row["item"] is not None:
                items.setdefault(row["item"], []).append(row)
        for item, rows in items.items():
            own = of_item(self._openings, item)
            if (
                self._unsure(item)
                or own.empty
                or any(row["quantity"] is None or row["price_krw"] is None for row in rows)
            ):
                continue
            total = sum(Fraction(repr(row["quantity"])) * int(row["price_krw"]) for row in rows)
            cost = int(own["capex_krw"].sum())
            if total != cost:
                self._book.fault(
                    "estimate",
                    rows[0],
                    "item",
                    Remark("workbook.estimate", name=self._item(item), total=float(total), cost=cost),
                )

    def _schedule(self) -> None:
        """The programme's steps in their order, each once, and what must lie within them."""
        rows_of: dict[str, Row] = {}
        for row in self._rows("schedule"):
            step = row["step"]
            if row.blank("step") and row["name"] is None:
                self._book.fault("schedule", row, "name", Remark("workbook.step_unnamed"))
            elif step in rows_of:
                self._book.fault("schedule", row, "step", Remark("workbook.step_twice", step=self._step(step)))
            elif step is not None:
                rows_of[step] = row
        dated = [rows_of[step] for step in STEPS if step in rows_of and rows_of[step]["planned"] is not None]
        for before, after in pairwise(dated):
            if after["planned"] < before["planned"]:
                remark = Remark(
                    "workbook.step_order", step=self._step(after["step"]), before=self._step(before["step"])
                )
                self._book.fault("schedule", after, "planned", remark)
        for step in STEPS:
            planned = rows_of.get(step)
            if rows_of and (planned is None or planned["planned"] is None):
                remark = Remark("workbook.step_missing", step=self._step(step))
                self._book.fault("schedule", planned, "planned", remark, binding=False)
        self._smart_city_plan(rows_of)
        self._inside_period(rows_of)

    def _smart_city_plan(self, rows_of: Mapping[str, Row]) -> None:
        plan, approval = rows_of.get("smart_city_plan"), rows_of.get("implementation_plan")
        if plan is None or approval is None or plan["planned"] is None or approval["planned"] is None:
            return
        approved, due = pd.Period(approval["planned"], freq="M"), pd.Period(plan["planned"], freq="M")
        if not 0 <= (due - approved).n <= SMART_CITY_PLAN_MONTHS:
            remark = Remark(
                "workbook.smart_city_plan", found=str(due), first=str(approved), months=SMART_CITY_PLAN_MONTHS
            )
            self._book.fault("schedule", plan, "planned", remark)

    def _inside_period(self, rows_of: Mapping[str, Row]) -> None:
        """What opens inside the hub opens before the completion."""
        inside = self._openings[self._openings["part"] == "in_district"]
        row = rows_of.get("completion")
        if row is None or row["planned"] is None or inside.empty:
            return
        last = str(inside["date"].max())
        if last > row["planned"]:
            remark = Remark("workbook.after_completion", last=last, found=row["planned"])
            self._book.fault("schedule", row, "planned", remark)

    def _step(self, step: str) -> dict[str, str]:
        return self._book.layout.choices["step"][step].model_dump()

    def _roles(self) -> None:
        """Each service has at least one responsible party; one without a service is responsible for all."""
        responsible = {row["service"] for row in self._rows("roles") if row["responsible"] == "yes"}
        for name in self._opened:
            if not responsible & {name, None}:
                remark = Remark("workbook.not_responsible", name=self._word(name))
                self._book.fault("roles", None, "", remark, binding=False)

    def _problems(self) -> None:
        """Each problem has a service that answers it, each service a problem that it answers."""
        answered: set[str] = set()
        rows = self._rows("problems")
        for row in rows:
            named = _listed(row["services"])
            answered |= named
            if not named & set(self._opened) and "services" not in row.unread:
                self._book.fault("problems", row, "services", Remark("workbook.problem_unanswered"), binding=False)
        for name in self._opened if rows else ():
            if name not in answered:
                remark = Remark("workbook.service_without_problem", name=self._word(name))
                self._book.fault("problems", None, "", remark, binding=False)

    def _proposals(self) -> None:
        """A proposal that was not declined is reflected somewhere, and those items take what it promises."""
        for row in self._rows("proposals"):
            if row["state"] == "declined":
                continue
            if row.blank("reflected_in"):
                self._book.fault("proposals", row, "reflected_in", Remark("workbook.not_reflected"), binding=False)
                continue
            named = (row["reflected_in"] or "").split(", ")
            if row["reflected_in"] is None or any(map(self._unsure, named)):
                continue
            items = [of_item(self._openings, item) for item in named]
            own = pd.concat(items).drop_duplicates("opening_id")
            for column, payer in (("cash_krw", "private_cash_krw"), ("in_kind_krw", "private_in_kind_krw")):
                promised, planned = int(row[column] or 0), int(own[payer].sum())
                if promised > planned:
                    remark = Remark("workbook.proposal_money", promised=promised, planned=planned)
                    self._book.fault("proposals", row, column, remark, binding=False)

    def _targets(self) -> None:
        """An indicator that the simulation computes names the service it is of."""
        for row in self._rows("indicators"):
            if row["modelled"] is not None and row.blank("service"):
                self._book.fault("indicators", row, "service", Remark("workbook.indicator_of_no_service"))
            elif row["service"] is not None and row["service"] not in self._opened:
                remark = Remark("workbook.indicator_unopened", name=self._word(row["service"]))
                self._book.fault("indicators", row, "service", remark, binding=False)


def _listed(text: str | None) -> set[str]:
    return set() if text is None else set(text.split(", "))


def numbers(sheets: Iterable[list[Row]]) -> list[str]:
    """The numbers of the rows of the opening sheets."""
    return [str(row["opening_id"]) for rows in sheets for row in rows if row["opening_id"] is not None]
