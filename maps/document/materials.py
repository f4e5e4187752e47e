"""What a document is made of: a plan, its city, and the results of the region as far as there are any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

import geopandas as gpd
import pandas as pd
import xarray as xr

from geojeom.messages import Remark, in_both
from maps.document.model import Column, Unit
from maps.document.outline import Language, Outline
from simulation.plans.catalogue import Service
from simulation.plans.payers import COLUMNS
from simulation.workbook.book import Row, Workbook
from simulation.workbook.city import City
from simulation.workbook.layout import Column as Field
from simulation.workbook.plan import Plan
from simulation.workbook.services import Names
from spatial.config.catalogue import Criterion, Profile

# 도, 특별시, 시, 군, 구: what a zone's whole name begins with in Korea.
ABOVE_ZONES = ("도", "시", "군", "구")


@dataclass(frozen=True)
class Ranking:
    """How the candidates compare: tables of the region's results, and the criteria and weights they were made by."""

    scores: pd.DataFrame
    values: pd.DataFrame
    contributions: pd.DataFrame
    reasons: pd.DataFrame
    criteria: Sequence[Criterion]
    profile: Profile


@dataclass(frozen=True)
class Materials:
    """All that a document says, in the language and unit it says it in.

    ``spread`` is the scenario of diffusion.nc that is this very plan; where there is none, ``unsimulated`` is the text
    that says why not.
    """

    plan: Plan
    book: Workbook
    city: City
    zones: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    ranking: Ranking | None
    spread: xr.Dataset | None
    unsimulated: str
    synthetic: bool
    outline: Outline
    language: Language
    unit: Unit

    def said(self, text: str, **values: Any) -> str:
        """A sentence or word of the outline."""
        return str(getattr(self.outline.texts[text], self.language)).format(**values)

    def word(self, code: str) -> str:
        """The word for a code of the outline."""
        return str(getattr(self.outline.words[code], self.language))

    def lines(self, part: str) -> dict[str, str]:
        """The words that the outline has for the rows of a table."""
        parts = {each.table or each.made: each for section in self.outline.sections() for each in section.parts}
        return {name: str(getattr(word, self.language)) for name, word in parts[part].lines.items()}

    def choice(self, choices: str, chosen: str | None) -> str | None:
        """The word of a drop-down list."""
        return None if chosen is None else self.book.layout.word(choices, chosen, self.language)

    def remark(self, remark: Remark) -> str:
        """A remark in the document's language."""
        return str(getattr(remark, self.language))

    def own_text(self, text: str) -> str:
        """The half in the document's language of what is written as "Korean / English"."""
        return in_both(text)[self.language]

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet, what they name followed where the plan followed it."""
        return self.plan.sheets.get(sheet) or self.book.rows(sheet)

    def sheet_name(self, sheet: str) -> str:
        """What a sheet is called in the workbook, or would be."""
        own = self.book.names.get(sheet)
        return own or str(getattr(self.book.layout.sheet(sheet).name, self.language))

    def money(self, krw: int) -> str:
        """A sum with its unit, in a text."""
        return self.unit.text.format(self.unit.amount(krw))

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services of the plan that open, by id, in the catalogue's order."""
        opened = set(self.plan.openings["service"])
        return {service.id: service for service in self.plan.services.services if service.id in opened}

    @cached_property
    def names(self) -> Names:
        """Ids and names of all services."""
        return Names({"services": [service.model_dump() for service in self.plan.services.services]})

    @cached_property
    def zone_names(self) -> dict[str, str]:
        """Names of the zones by their codes, without the province and city that all of them are in."""
        names = dict(zip(self.zones["zone_id"].astype(str), self.zones["name"].astype(str), strict=True))
        before = zip(*(name.split()[:-1] for name in names.values()), strict=False)
        shared = takewhile(lambda words: len(set(words)) == 1 and words[0].endswith(ABOVE_ZONES), before)
        above = len(list(shared))
        return {code: " ".join(name.split()[above:]) for code, name in names.items()}

    def service(self, text: str | None) -> str | None:
        """The name of a service that a cell names, or the text itself: a cell may also hold an opening's number."""
        if text is None:
            return None
        known = self.names.id_of(text)
        return text if known is None else str(self.names.words[known][self.language])

    def zone(self, code: str | None) -> str | None:
        """The name of a zone by its code or name."""
        return None if code is None else self.zone_names.get(code, code)

    def paying(self, rows: list[Mapping[str, Any]]) -> list[str]:
        """The columns of those payers who pay anything in some rows."""
        return [column for column in COLUMNS if any(_money(row.get(column)) for row in rows)]

    def payer(self, column: str) -> str:
        """The name of a payer by the column of its money."""
        fields = {field.id: field for field in self.book.layout.sheet("in_district").columns}
        return fields[column].header(self.language)

    def payer_columns(self, rows: list[Mapping[str, Any]]) -> list[tuple[str, Column]]:
        """A column for each payer who pays anything; each is summed."""
        return [(column, Column(self.payer(column), "krw", total=True)) for column in self.paying(rows)]

    def cell(self, value: Any, field: Field) -> Any:
        """A value of a sheet as a document has it: names for ids and codes, words of lists."""
        if value is None:
            return None
        if field.kind == "choice":
            return self.choice(field.choices, str(value))
        if field.kind in ("service", "services", "item", "items"):
            return ", ".join(str(self.service(text)) for text in str(value).split(", "))
        if field.kind == "zone":
            return self.zone(str(value))
        return str(value) if field.kind == "year" else value


def _money(value: Any) -> int:
    return 0 if value is None or pd.isna(value) else int(value)
