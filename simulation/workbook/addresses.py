"""Where a plan's openings stand in its workbook: what has to be known to write a change into the cells it came from."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
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
CHANGEABLE = ("opens", "zone", "units", *MONEY)
# Sheets that a team has to look at where an opening changes, by the column that names openings or services.
NAMING = {"funding": "item", "estimate": "item", "operation": "item", "proposals": "reflected_in"}
# Workbooks whose parts can be written again one by one.
EXCEL = (".xlsx", ".xlsm")


def workbook_of(book: Workbook, plan: Plan, city: City, file: Path) -> dict[str, Any]:
    """A plan's workbook with the cells of its openings, as JSON has it.

    ``bytes`` is the file in base64, None where it is no Excel workbook. ``rows`` are the rows of both opening sheets,
    ``spending`` those of the sheet of funding that spend, with the addresses of their filled cells. Sums are in won;
    ``unit`` is the won that a 1 in a cell means. Months count from the start. ``read`` are the first and the last row
    that are read of each sheet.
    """
    placed = _Rows(book, plan, city)
    most: Quantity = get_args(Units)[1]
    return {
        "file": file.name,
        "bytes": base64.b64encode(file.read_bytes()).decode("ascii") if file.suffix.lower() in EXCEL else None,
        "unit": WON[plan.overview.get("money_unit", "won")],
        "unitsMost": int(most.high),
        "sheets": {name: book.names[name] for name in (*PARTS, *NAMING, "schedule") if name in book.names},
        "read": {
            book.names[name]: [min(row.number for row in rows), max(row.number for row in rows)]
            for name, rows in book.sheets.items()
            if rows
        },
        "zones": _zones(city, plan.hub),
        "rows": [
            placed.opening(part, row) for part in PARTS for row in book.rows(part) if row["opening_id"] is not None
        ],
        "spending": [
            {"row": row.number, "year": row["year"], "won": _won(row, PAYER_COLUMNS)}
            | {"cells": placed.cells("funding", row, PAYER_COLUMNS)}
            for row in placed.spending
        ],
    }


@dataclass(frozen=True)
class _Rows:
    """The rows of a plan's workbook, and what they say of each other."""

    book: Workbook
    plan: Plan
    city: City

    @cached_property
    def spending(self) -> list[Row]:
        """The rows of the sheet of funding that spend."""
        return [row for row in self.plan.sheets.get("funding", ()) if row["row"] == "spend"]

    def opening(self, part: str, row: Row) -> dict[str, Any]:
        """A row of an opening sheet; ``last`` is the last month in which it may open, ``places`` its cells in all."""
        own = self.plan.openings[self.plan.openings["number"] == row["opening_id"]]
        named = {row["opening_id"], own["service"].iloc[0]}
        sheets = {
            sheet: [each.number for each in self.plan.sheets.get(sheet, ()) if named & _listed(each[column])]
            for sheet, column in NAMING.items()
        }
        return {
            "number": row["opening_id"],
            "service": own["service"].iloc[0],
            "part": part,
            "row": row.number,
            "zone": None if row["zone"] is None else self.city.zone(row["zone"]),
            "coded": row["zone"] is not None and row["zone"] == self.city.zone(row["zone"]),
            # An opening at a place of its own lies in the zone where the place is.
            "byZone": part == "diffusion" and row["site"].strip().casefold() in AUTO,
            "places": len(own),
            "month": int(own["month"].iloc[0]),
            "last": self._last(part, own),
            "units": row["units"],
            "won": _won(row, MONEY),
            "cells": self.cells(part, row, CHANGEABLE),
            "spent": [number for number, each in enumerate(self.spending) if each["item"] in named],
            "named": {sheet: numbers for sheet, numbers in sheets.items() if numbers},
        }

    def cells(self, sheet: str, row: Row, columns: Iterable[str]) -> dict[str, str]:
        """Addresses of the filled cells of a row by column."""
        return {
            column: f"{letter}{row.number}"
            for column in columns
            if row[column] is not None and (letter := self.book.letters.get((sheet, column))) is not None
        }

    def _last(self, part: str, own: pd.DataFrame) -> int:
        """Simulated, before it closes and, inside the hub, not after the completion."""
        last = self.city.months - 1
        closes = own["closes"].iloc[0]
        if not pd.isna(closes):
            last = min(last, int(closes) - 1)
        for row in self.plan.sheets.get("schedule", ()) if part == "in_district" else ():
            if row["step"] == "completion" and row["planned"] is not None:
                start = pd.Period(self.city.settings.start, freq="M")
                last = min(last, int((pd.Period(row["planned"], freq="M") - start).n))
        return last


def _won(row: Row, columns: Iterable[str]) -> dict[str, int]:
    return {column: int(row[column]) for column in columns if row[column] is not None}


def _listed(text: str | None) -> set[str]:
    return set() if text is None else set(text.split(", "))


def _zones(city: City, hub: str) -> list[dict[str, str]]:
    """The zones that units can be laid in outside a hub; ``written`` is the name, or the code where others have it."""
    outside = set(city.cells["zone_id"][~np.asarray(city.inside[hub])].dropna())
    twice = set(city.zones["name"][city.zones["name"].duplicated(keep=False)])
    return [
        {"id": code, "written": code if name in twice else name}
        for code, name in zip(city.zones["zone_id"].astype(str), city.zones["name"].astype(str), strict=True)
        if code in outside
    ]
