"""What a plan says, as its checks read it: its sheets followed to what they name, and its openings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from geojeom.models import Text
from simulation.plans.catalogue import Service
from simulation.workbook.book import Row, Workbook
from simulation.workbook.openings import PARTS
from simulation.workbook.services import Names


@dataclass(frozen=True)
class Said:
    """A plan: ``sheets`` as ``references.followed`` returns them, ``openings`` those without a fault.

    ``unsure`` tells of an item whether some row of it has a fault, so that its sums are not known; ``region`` is the
    region's name.
    """

    book: Workbook
    sheets: Mapping[str, list[Row]]
    openings: pd.DataFrame
    services: Mapping[str, Service]
    names: Names
    unsure: Callable[[str], bool]
    region: Text

    @cached_property
    def opened(self) -> list[str]:
        """The services that open, also by rows that have a fault of their own."""
        rows = [row for part in PARTS for row in self.book.rows(part) if row["service"] is not None]
        return [name for name in dict.fromkeys(self.names.id_of(row["service"]) for row in rows) if name is not None]

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet; none where the workbook has no such sheet."""
        return self.sheets.get(sheet, [])

    def item(self, item: str) -> dict[str, str] | str:
        """A service's name, or the number of an opening."""
        return self.word(item) if item in self.services else item

    def word(self, service: str) -> dict[str, str]:
        """A service's name in both languages."""
        return self.services[service].name.model_dump()
