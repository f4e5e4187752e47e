"""What changed between two plan workbooks, row by row and cell by cell, and whether the change needs approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from simulation.workbook.book import Row, Workbook
from simulation.workbook.layout import Sheet
from simulation.workbook.meaning import Meaning
from simulation.workbook.openings import PARTS

# Decree of the Smart City Act, art. 19(3): beyond these a change of the implementation plan needs approval.
PERIOD_MONTHS, SHARE_PERCENT = 24, 10


@dataclass(frozen=True)
class Change:
    """A cell that changed: None before for a row that is new, None after for one that is gone.

    ``about`` is what the row is known by, by column; ``place`` the cell in the later workbook, in the earlier one where
    the row is gone.
    """

    sheet: str
    about: tuple[tuple[str, Any], ...]
    column: str
    before: Any
    after: Any
    place: str

    @property
    def row(self) -> str:
        """What the row is known by, as it is held."""
        return " ".join(str(part) for _, part in self.about)


def changes(before: Workbook, after: Workbook, meaning: Meaning) -> list[Change]:
    """All cells that differ in what they mean; rows are matched by their number or what they are about.

    Parameters
    ----------
    before, after : Workbook
        Two states of a plan, each in a language of its own.
    meaning : Meaning
        What their texts mean.

    Returns
    -------
    list of Change
        In the order of the layout.
    """
    out = []
    for sheet in after.layout.sheets:
        if sheet.fields:
            for field in sheet.fields:
                pair = before.overview.get(field.id), after.overview.get(field.id)
                if meaning.of(pair[0]) != meaning.of(pair[1]):
                    out.append(Change(sheet.id, (), field.id, *pair, after.fields.get(field.id, "")))
        else:
            out.extend(_of_rows(sheet, before, after, meaning))
    return out


def _of_rows(sheet: Sheet, before: Workbook, after: Workbook, meaning: Meaning) -> Iterator[Change]:
    old, new = (_matched(sheet, book.rows(sheet.id), meaning) for book in (before, after))
    for key in dict.fromkeys([*old, *new]):
        book, row = (after, new[key]) if key in new else (before, old[key])
        named = tuple((column, row[column]) for column in _about(sheet) if row[column] is not None)
        for column in sheet.columns:
            first, then = (rows[key][column.id] if key in rows else None for rows in (old, new))
            if meaning.of(first) != meaning.of(then):
                place = f"{book.letters.get((sheet.id, column.id), 'A')}{row.number}"
                yield Change(sheet.id, named, column.id, first, then, place)


def _about(sheet: Sheet) -> list[str]:
    """The columns that a row is known by: its key, or what a sheet without one must tell."""
    about = sheet.keys or [
        column.id
        for column in sheet.columns
        if column.kind in ("item", "year") or (column.required and column.kind not in ("krw", "number"))
    ]
    return list(about or [column.id for column in sheet.columns[:2]])


def _matched(sheet: Sheet, rows: list[Row], meaning: Meaning) -> dict[tuple[Any, ...], Row]:
    """Rows by what they are known by; of rows alike the first is the first."""
    about = _about(sheet)
    met: Counter[tuple[Any, ...]] = Counter()
    out = {}
    for row in rows:
        key = tuple(meaning.of(row[column]) for column in about)
        met[key] += 1
        out[*key, met[key]] = row
    return out


def approval(before: Workbook, after: Workbook) -> list[Remark]:
    """For period, cost and area: whether the change needs approval, or that it cannot be told.

    Parameters
    ----------
    before, after : Workbook
        Two states of a plan.

    Returns
    -------
    list of Remark
        The three, in that order.
    """
    months = _months(before), _months(after)
    krw = _sum(before, PARTS, "capex_krw"), _sum(after, PARTS, "capex_krw")
    m2 = _sum(before, ("space",), "land_m2"), _sum(after, ("space",), "land_m2")
    period = Remark("diff.period.unknown")
    if months[0] is not None and months[1] is not None:
        moved = abs(months[1] - months[0])
        code = "diff.period.needs" if moved > PERIOD_MONTHS else "diff.period.free"
        period = Remark(code, before=months[0], after=months[1], most=PERIOD_MONTHS)
    cost, area = Remark("diff.cost.unknown"), Remark("diff.area.unknown")
    if all(krw):
        code = "diff.cost.needs" if _beyond(*krw) else "diff.cost.free"
        cost = Remark(code, before=krw[0], after=krw[1], most=SHARE_PERCENT)
    if all(m2):
        code = "diff.area.needs" if _beyond(*m2) else "diff.area.free"
        area = Remark(code, before=m2[0], after=m2[1], most=SHARE_PERCENT)
    return [period, cost, area]


def _beyond(before: float, after: float) -> bool:
    return abs(after - before) * 100 > SHARE_PERCENT * before


def _sum(book: Workbook, sheets: tuple[str, ...], column: str) -> float:
    return sum(row[column] or 0 for sheet in sheets for row in book.rows(sheet))


def _months(book: Workbook) -> int | None:
    """Months from the plan's start to its completion; None where either is not told."""
    ends = [row["planned"] for row in book.rows("schedule") if row["step"] == "completion" and row["planned"]]
    start = book.overview.get("start")
    return None if not ends or start is None else int((pd.Period(ends[0], freq="M") - pd.Period(start, freq="M")).n)
