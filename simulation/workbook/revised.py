"""A plan's workbook with its openings outside the hub at other dates and in other zones, else as the team wrote it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geojeom.messages import Remark
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.book import Workbook
from simulation.workbook.openings import PARTS
from simulation.workbook.services import Names

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Revision:
    """What changes in the sheet of diffusion.

    ``opens`` are the new months (``YYYY-MM``) by the numbers of its rows, None for what does not open; a row that it
    does not name stays. ``added`` are rows for what is new, by the columns of the sheet, services by their ids.
    """

    opens: Mapping[str, str | None]
    added: Sequence[Mapping[str, Any]]


def revised(book: Workbook, revision: Revision, names: Names, language: str) -> tuple[dict[str, Rows], list[Remark]]:
    """The rows of all sheets after a revision, and what else a team must look at.

    What names an opening that does not open any more goes: its rows of funding, operation and estimate, and its number
    among what a proposal is reflected in. Spending by an opening's number moves with its year. Where the openings of a
    service change, its spending by service is what they cost by year, and an estimate of the whole service goes.

    Parameters
    ----------
    book : Workbook
        The plan as the team wrote it.
    revision : Revision
        What changes.
    names : Names
        The services, by id or name.
    language : str
        In which names are written: ``ko`` or ``en``.

    Returns
    -------
    sheets : dict of list of dict
        Sheet -> its rows, money in won.
    notes : list of Remark
        What was left out, and what nobody but the team can put right.
    """
    sheets = {name: [dict(row) for row in rows] for name, rows in book.sheets.items()}
    before = {str(row["opening_id"]): row for row in book.rows(PARTS[1])}
    gone = {number for number, month in revision.opens.items() if month is None}
    sheets[PARTS[1]] = [*_moved(sheets[PARTS[1]], revision.opens), *_added(book, revision.added, names, language)]
    changed = {names.id_of(str(before[number]["service"])) for number in revision.opens}
    changed |= {str(row["service"]) for row in revision.added}
    resized = {names.id_of(str(before[number]["service"])) for number in gone}
    resized |= {str(row["service"]) for row in revision.added}
    numbers = {str(row["opening_id"]) for part in PARTS for row in book.rows(part)}

    def service_of(item: Any) -> str | None:
        """The service that an item names by itself, not by an opening's number."""
        return None if item is None or str(item) in numbers else names.id_of(str(item))

    notes = []
    if "funding" in sheets:
        sheets["funding"] = list(_funding(sheets, before, revision.opens, changed, service_of, names, language))
    for name in ("operation", "estimate"):
        held = sheets.get(name, [])
        kept = [row for row in held if row["item"] not in gone]
        if name == "estimate":
            kept = [row for row in kept if service_of(row["item"]) not in resized - {None}]
        if len(kept) < len(held):
            sheets[name] = kept
            notes.append(Remark("rollout.rows_left_out", n=len(held) - len(kept), sheet=_named(book, name)))
    for row in sheets.get("proposals", []):
        items = str(row["reflected_in"] or "").split(", ")
        if gone & set(items):
            row["reflected_in"] = ", ".join(item for item in items if item not in gone) or None
            notes.append(Remark("rollout.proposal", firm=str(row["firm"]), sheet=_named(book, "proposals")))
    return sheets, notes


def _named(book: Workbook, sheet: str) -> dict[str, str]:
    name: dict[str, str] = book.layout.sheet(sheet).name.model_dump()
    return name


def _moved(rows: Rows, opens: Mapping[str, str | None]) -> Iterator[dict[str, Any]]:
    for row in rows:
        month = opens.get(str(row["opening_id"]), row["opens"])
        if month is not None:
            yield row | {"opens": month}


def _added(book: Workbook, added: Sequence[Mapping[str, Any]], names: Names, language: str) -> Iterator[dict[str, Any]]:
    taken = {str(row["opening_id"]) for part in PARTS for row in book.rows(part)}
    blank = dict.fromkeys(column.id for column in book.layout.sheet(PARTS[1]).columns)
    number = 0
    for row in added:
        number += 1
        while f"N-{number:02}" in taken:
            number += 1
        yield {**blank, **row, "opening_id": f"N-{number:02}", "service": names.word(str(row["service"]), language)}


def _funding(  # noqa: PLR0917 -- the rows, and all that they follow
    sheets: Mapping[str, Rows],
    before: Mapping[str, Mapping[str, Any]],
    opens: Mapping[str, str | None],
    changed: set[str | None],
    service_of: Any,
    names: Names,
    language: str,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of funding: commitments as they are, spending with what it is for."""
    by_service: dict[str, None] = {}
    for row in sheets["funding"]:
        item = row["item"]
        if row["row"] != "spend" or item is None:
            yield row
        elif (service := service_of(item)) is not None:
            if service in changed:
                by_service[service] = None
            else:
                yield row
        elif item not in opens:
            yield row
        elif (month := opens[item]) is not None:
            yield row | {"year": int(row["year"]) + _year(month) - _year(before[item]["opens"])}
    for service in by_service:
        yield from _spending(sheets, service, names, language)


def _spending(sheets: Mapping[str, Rows], service: str, names: Names, language: str) -> Iterator[dict[str, Any]]:
    """Yield what the openings of a service cost, by the year in which they open."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PAYER_COLUMNS, 0))
    for part in PARTS:
        for row in sheets[part]:
            if names.id_of(str(row["service"])) == service:
                for column in PAYER_COLUMNS:
                    sums[_year(row["opens"])][column] += int(row[column] or 0)
    for year in sorted(sums):
        paid = {column: krw or None for column, krw in sums[year].items()}
        yield {"row": "spend", "item": names.word(service, language), "year": year, **paid}


def _year(month: Any) -> int:
    return int(str(month)[:4])
