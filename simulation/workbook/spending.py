"""Money in the sheets of a plan: what is spent is what things cost, paid by those who pay for it, and reckoned out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from geojeom.messages import Remark
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.book import Row
from simulation.workbook.openings import of_item
from simulation.workbook.said import Said


def check_spending(said: Said) -> None:
    """Note where the sheets of funding and of the estimate do not add up to what openings cost."""
    _funding(said)
    _commitments(said)
    _burden(said)
    _estimate(said)


def _funding(said: Said) -> None:
    """What an item spends over the years is what it costs, and is paid by those who pay for it."""
    spending: dict[str, list[Row]] = {}
    for row in said.rows("funding"):
        if row["row"] != "spend":
            continue
        if row.blank("item"):
            said.book.fault("funding", row, "item", Remark("workbook.spending_of_nothing"))
        elif row["item"] is not None:
            spending.setdefault(row["item"], []).append(row)
    for item, rows in spending.items():
        own = of_item(said.openings, item)
        if own.empty or said.unsure(item):
            continue
        paid = {column: sum(row[column] or 0 for row in rows) for column in PAYER_COLUMNS}
        cost = {column: int(own[column].sum()) for column in PAYER_COLUMNS}
        wrong = [column for column in PAYER_COLUMNS if paid[column] != cost[column]]
        if sum(paid.values()) != sum(cost.values()):
            remark = Remark("workbook.spending", name=said.item(item), paid=sum(paid.values()), cost=sum(cost.values()))
            said.book.fault("funding", rows[0], "item", remark)
            continue
        for column in wrong:
            remark = Remark("workbook.spending", name=said.item(item), paid=paid[column], cost=cost[column])
            said.book.fault("funding", rows[0], column, remark)
    _spent_twice(said, spending)


def _spent_twice(said: Said, spending: Mapping[str, list[Row]]) -> None:
    """An opening that is spent for by itself and by its service would be paid for twice."""
    for item, rows in spending.items():
        numbers = set(of_item(said.openings, item)["number"])
        twice = sorted(numbers & set(spending) - {item})
        if twice and not any(map(said.unsure, (item, *twice))):
            said.book.fault(
                "funding", rows[0], "item", Remark("workbook.spent_twice", name=said.item(item), names=twice)
            )


def _needed(said: Said) -> dict[int, Counter[str]]:
    """What each payer is to pay of the openings by year: as the sheet spends it, else in the year of the opening."""
    needed: dict[int, Counter[str]] = {}
    told: set[str] = set()
    for row in said.rows("funding"):
        own = of_item(said.openings, row["item"]) if row["row"] == "spend" and row["item"] else said.openings[:0]
        if own.empty or row["year"] is None:
            continue
        told |= set(own["opening_id"])
        needed.setdefault(row["year"], Counter()).update({column: row[column] or 0 for column in PAYER_COLUMNS})
    for opening in said.openings[~said.openings["opening_id"].isin(told)].to_dict("records"):
        year = int(opening["date"][:4])
        needed.setdefault(year, Counter()).update({column: int(opening[column]) for column in PAYER_COLUMNS})
    return needed


def _commitments(said: Said) -> None:
    """What the payers commit for a year is what the openings cost them that year."""
    rows: dict[int, list[Row]] = {}
    for row in said.rows("funding"):
        if row["row"] == "commitment" and row["year"] is not None:
            rows.setdefault(row["year"], []).append(row)
    if not rows or any(map(said.unsure, said.opened)):
        return
    for year, needed in sorted(_needed(said).items()):
        own = rows.get(year, [])
        if not own and (cost := needed.total()):
            remark = Remark("workbook.not_committed", year=str(year), needed=cost)
            said.book.fault("funding", None, "", remark, binding=False)
        for column in PAYER_COLUMNS if own else ():
            committed = sum(row[column] or 0 for row in own)
            if committed < needed[column] and not any(column in row.unread for row in own):
                remark = Remark("workbook.commitment", committed=committed, needed=needed[column])
                said.book.fault("funding", own[0], column, remark, binding=False)


def _burden(said: Said) -> None:
    """The city's burden of a year is at least what it pays of the openings that year."""
    if any(map(said.unsure, said.opened)):
        return
    needed = _needed(said)
    for row in said.rows("finance"):
        own = needed.get(row["year"], Counter())["city_krw"]
        if row["burden_krw"] is not None and row["burden_krw"] < own:
            remark = Remark("workbook.burden", found=row["burden_krw"], needed=own)
            said.book.fault("finance", row, "burden_krw", remark, binding=False)


def _estimate(said: Said) -> None:
    """Quantity times unit price adds up to what the item costs."""
    items: dict[str, list[Row]] = {}
    for row in said.rows("estimate"):
        if row["item"] is not None:
            items.setdefault(row["item"], []).append(row)
    for item, rows in items.items():
        own = of_item(said.openings, item)
        if said.unsure(item) or own.empty or any(row["quantity"] is None or row["price_krw"] is None for row in rows):
            continue
        total = sum(Fraction(repr(row["quantity"])) * int(row["price_krw"]) for row in rows)
        cost = int(own["capex_krw"].sum())
        if total != cost:
            said.book.fault(
                "estimate",
                rows[0],
                "item",
                Remark("workbook.estimate", name=said.item(item), total=float(total), cost=cost),
            )
