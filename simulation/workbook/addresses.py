"""Where a plan's openings stand in its workbook: what has to be known to write a change into the cells it came from."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd

from geojeom.quantities import Quantity, Units
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.book import Row, Workbook
from simulation.workbook.city import City
from simulation.workbook.openings import AUTO, PARTS
from simulation.workbook.plan import Plan
from simulation.workbook.values import WON

MONEY = ("capex_krw", "opex_krw_year", *PAYER_COLUMNS)
CHANGEABLE = ("opens", "zone", "site", "units", *MONEY)
# Sheets that a team has to look at where an opening changes, by the column that names openings or services.
NAMING = {"funding": "item", "estimate": "item", "operation": "item", "proposals": "reflected_in"}
# Workbooks whose parts can be written again one by one.
EXCEL = (".xlsx", ".xlsm")


def workbook_of(book: Workbook, plan: Plan, city: City, file: Path) -> dict[str, Any]:
    """A plan's workbook with the cells of its openings, as JSON has it.

    ``bytes`` is the file in base64, None where it is no Excel workbook. ``rows`` are the rows of both opening sheets,
    ``spending`` those of the sheet of funding that spend; ``letters`` are the columns of these sheets, ``names`` the
    sheets' names in the file, ``read`` the first and the last row that are read of each. ``items`` tells of openings'
    numbers and of services which rows of the spending are theirs (by position) and which of other sheets name them.
    Sums are in won; ``unit`` is the won that a 1 in a cell means. Months count from the start.

    Parameters
    ----------
    book : Workbook
        What the workbook says.
    plan : Plan
        The plan it is.
    city : City
        What it was held against.
    file : Path
        The workbook.

    Returns
    -------
    dict
        As above.
    """
    most: Quantity = get_args(Units)[1]
    spending = [row for row in plan.sheets.get("funding", ()) if row["row"] == "spend"]
    return {
        "file": file.name,
        "bytes": base64.b64encode(file.read_bytes()).decode("ascii") if file.suffix.lower() in EXCEL else None,
        "unit": WON[plan.overview.get("money_unit", "won")],
        "unitsMost": int(most.high),
        "names": {name: book.names[name] for name in (*PARTS, *NAMING, "schedule") if name in book.names},
        "letters": {
            sheet: {
                column: letter for (of, column), letter in book.letters.items() if of == sheet and column in columns
            }
            for sheet, columns in ((PARTS[0], CHANGEABLE), (PARTS[1], CHANGEABLE), ("funding", PAYER_COLUMNS))
        },
        "read": {
            book.names[name]: [min(row.number for row in rows), max(row.number for row in rows)]
            for name, rows in book.sheets.items()
            if rows
        },
        "zones": _zones(city, plan.hub),
        "rows": [
            _opening(plan, city, part, row)
            for part in PARTS
            for row in book.rows(part)
            if row["opening_id"] is not None
        ],
        "spending": [{"row": row.number, "year": row["year"], "won": _won(row, PAYER_COLUMNS)} for row in spending],
        "items": _items(plan, spending),
    }


def _opening(plan: Plan, city: City, part: str, row: Row) -> dict[str, Any]:
    """A row of an opening sheet.

    ``zone`` is the one it names, or else the one it lies in, ``coded`` whether it names it by its code; ``site`` is the
    place it names, None where it is laid out in its zone, on ``places`` cells. ``last`` is the last month in which it
    may open.
    """
    own = plan.openings[plan.openings["number"] == row["opening_id"]]
    lies = own["zone_id"].iloc[0]
    zone = city.zone(row["zone"]) if row["zone"] is not None else None if pd.isna(lies) else str(lies)
    return {
        "number": row["opening_id"],
        "service": own["service"].iloc[0],
        "part": part,
        "row": row.number,
        "zone": zone,
        "coded": zone is not None and row["zone"] == zone,
        "site": None if row["site"].strip().casefold() in AUTO else row["site"],
        "places": len(own),
        "month": int(own["month"].iloc[0]),
        "last": _last(plan, city, part, own),
        "units": row["units"],
        "won": _won(row, MONEY),
    }


def _last(plan: Plan, city: City, part: str, own: pd.DataFrame) -> int:
    """Simulated, before it closes and, inside the hub, not after the completion."""
    last = city.months - 1
    closes = own["closes"].iloc[0]
    if not pd.isna(closes):
        last = min(last, int(closes) - 1)
    for row in plan.sheets.get("schedule", ()) if part == "in_district" else ():
        if row["step"] == "completion" and row["planned"] is not None:
            start = pd.Period(city.settings.start, freq="M")
            last = min(last, int((pd.Period(row["planned"], freq="M") - start).n))
    return last


def _won(row: Row, columns: Iterable[str]) -> dict[str, int]:
    """The filled cells of a row's money."""
    return {column: int(row[column]) for column in columns if row[column] is not None}


def _items(plan: Plan, spending: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """What other sheets say of each item they name."""
    items: dict[str, dict[str, Any]] = defaultdict(lambda: {"spent": [], "named": defaultdict(list)})
    for position, row in enumerate(spending):
        items[row["item"]]["spent"].append(position)
    for sheet, column in NAMING.items():
        for row in plan.sheets.get(sheet, ()):
            for item in row[column].split(", ") if row[column] else ():
                items[item]["named"][sheet].append(row.number)
    return items


def _zones(city: City, hub: str) -> list[dict[str, str]]:
    """The zones that units can be laid in outside a hub; ``written`` is the name, or the code where others have it."""
    outside = set(city.cells["zone_id"][~np.asarray(city.inside[hub])].dropna())
    return [{"id": code, "written": word} for code, word in city.zone_words.items() if code in outside]
