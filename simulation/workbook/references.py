"""What the cells of the other sheets name, openings, services, zones and indicators, held against what there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geojeom.messages import Remark
from simulation.workbook.book import Row, Workbook
from simulation.workbook.city import City
from simulation.workbook.openings import PARTS
from simulation.workbook.services import Names
from simulation.workbook.values import NoValueError

# Sheets whose references make the openings; they are followed there.
ELSEWHERE = ("overview", "services", "in_district", "diffusion")


class _UnreadError(NoValueError):
    """A cell names a service whose own row does not hold."""


def followed(book: Workbook, city: City, names: Names, numbers: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of the other sheets, names of services and zones as their ids; faults at the cells that name nothing.

    ``numbers`` are the openings' numbers, which cells of the kinds item and items may name.
    """
    openings = set(numbers)
    sheets = {}
    for sheet in book.layout.sheets:
        if sheet.id in ELSEWHERE or sheet.id not in book.sheets:
            continue
        rows = [Row(row.number, row, row.unread) for row in book.rows(sheet.id)]
        for column in sheet.columns:
            for row in rows:
                if row[column.id] is None:
                    continue
                try:
                    row[column.id] = _meaning(row[column.id], column.kind, city, names, openings)
                except NoValueError as error:
                    row[column.id] = None
                    row.unread.add(column.id)
                    if _of_its_own(error, column.kind, book):
                        book.fault(sheet.id, row, column.id, error.remark)
        sheets[sheet.id] = rows
    known = {row["indicator_id"] for row in sheets.get("indicators", [])}
    for row in sheets.get("problems", []):
        if row["indicator"] is not None and row["indicator"] not in known:
            book.fault("problems", row, "indicator", Remark("workbook.no_indicator", found=row["indicator"]))
    return sheets


def _of_its_own(error: NoValueError, kind: str, book: Workbook) -> bool:
    """Whether a cell is wrong by itself: not for a service whose row does not hold, nor a number of a missing sheet."""
    return not isinstance(error, _UnreadError) and (kind not in ("item", "items") or set(PARTS) <= set(book.sheets))


def _meaning(value: Any, kind: str, city: City, names: Names, openings: set[str]) -> Any:
    if kind == "zone":
        return city.zone(str(value))
    if kind == "site":
        city.site(str(value))
    if kind in ("service", "item"):
        return _one(str(value), kind, names, openings)
    if kind in ("services", "items"):
        return ", ".join(_one(text, kind, names, openings) for text in str(value).split(", "))
    return value


def _one(text: str, kind: str, names: Names, openings: set[str]) -> str:
    of_items = kind in ("item", "items")
    if of_items and text in openings:
        return text
    service = names.id_of(text)
    if service is not None:
        return service
    if names.unread(text):
        raise _UnreadError(Remark("workbook.no_service", found=text))
    raise NoValueError(
        Remark("workbook.no_item", found=text) if of_items else Remark("workbook.no_service", found=text)
    )
