"""What a plan workbook holds: its sheets, their columns and the words of both languages (``data/plan_sheets.yaml``)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.models import Strict, Text
from geojeom.spelling import UNSEEN

# The workbook's version: raised when a sheet or column changes its meaning.
VERSION = "1"
LANGUAGES = ("ko", "en")
# The unit of people, in a cell of any kind.
PEOPLE = {"ko": "명", "en": "people"}
Kind = Literal[
    "text",
    "id",
    "whole",
    "number",
    "share",
    "krw",
    "month",
    "date",
    "year",
    "choice",
    "service",
    "services",
    "zone",
    "site",
    "hub",
    "item",
    "items",
]


class Column(Strict):
    """A column of a sheet, or a field of the overview, with its header in both languages."""

    id: str
    ko: str
    en: str
    kind: Kind
    choices: str = ""
    required: bool = False
    key: bool = False
    locked: bool = False

    def header(self, language: str) -> str:
        """What stands above the column.

        Parameters
        ----------
        language : str
            ``ko`` or ``en``.

        Returns
        -------
        str
            The header.
        """
        return str(getattr(self, language))


def _columns(written: Any) -> Any:
    """Put a column per payer where ``payers`` stands."""
    payers = [{"id": f"{name}_krw", "kind": "krw", **terms} for name, terms in _PAYER_TERMS.items()]
    return [column for item in written for column in (payers if item == "payers" else [item])]


# Whoever pays, in the order of the columns.
_PAYER_TERMS = {
    "national": {"ko": "국비", "en": "National"},
    "province": {"ko": "도비", "en": "Province"},
    "city": {"ko": "시비", "en": "City"},
    "local": {"ko": "지방비(미구분)", "en": "Local (unsplit)"},
    "operator": {"ko": "사업시행자", "en": "Operator"},
    "private_cash": {"ko": "민간 현금", "en": "Private cash"},
    "private_in_kind": {"ko": "민간 현물", "en": "Private in kind"},
    "other": {"ko": "기타 재원", "en": "Other"},
}


class Sheet(Strict):
    """A sheet: a table with ``columns``, or (the overview) ``fields`` below each other."""

    id: str
    name: Text
    about: Text
    required: bool = False
    fields: list[Column] = []
    columns: Annotated[list[Column], BeforeValidator(_columns)] = []

    @property
    def keys(self) -> list[str]:
        """The columns of which no two rows may have the same value."""
        return [column.id for column in self.columns if column.key]


class Layout(Strict):
    """All sheets in their order, what a cell of each kind holds, and the words of the lists: list -> id -> word."""

    kinds: dict[str, Text]
    choices: dict[str, dict[str, Text]]
    sheets: list[Sheet] = Field(min_length=1)

    def sheet(self, name: str) -> Sheet:
        """The sheet of an id; KeyError where there is none."""
        return {sheet.id: sheet for sheet in self.sheets}[name]

    def word(self, choices: str, chosen: str, language: str) -> str:
        """The word of a drop-down list for an id."""
        return str(getattr(self.choices[choices][chosen], language))


@cache
def layout() -> Layout:
    """The layout this version writes and reads.

    Returns
    -------
    Layout
        Read once.
    """
    return read_catalogue(CATALOGUES / "plan_sheets.yaml", Layout)


# As they are after NFKC: 종로1ㆍ2가 and 종로1・2가 are 종로1·2가.
MIDDLE_DOTS = re.compile("[·ᆞ‧・•]")


def plain(text: object) -> str:
    """A name as it is compared: composed, in small letters, without blanks, middle dots, brackets and all in them.

    Parameters
    ----------
    text : str
        The name as it was written; anything else by its text.

    Returns
    -------
    str
        Equal for names that are taken for the same.
    """
    return _plain(str(text))


# Every cell of the first rows is held against every header.
@lru_cache(10_000)
def _plain(text: str) -> str:
    composed = MIDDLE_DOTS.sub("", unicodedata.normalize("NFKC", UNSEEN.sub("", text)))
    return (
        re.sub(r"\s+", "", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", composed)).casefold()
        or re.sub(r"\s+", "", composed).casefold()
    )
