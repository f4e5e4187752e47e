"""A document as all writers take it: numbered chapters and sections of paragraphs, tables and pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from geojeom.formats import figure, stated

# ``number`` is shown with the digits it was told with, ``figure`` is a result and rounded.
Kind = Literal["text", "whole", "number", "figure", "krw"]
NUMBERS = ("whole", "number", "figure", "krw")
BLANK = "–"
# Controls that no office format may hold.
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# In letters: the longest word and text that a column of texts makes room for, and the margins of a cell.
WORD_MAX, TEXT_MAX, PADDING = 12, 60, 2


@dataclass(frozen=True)
class Unit:
    """A unit of money that a document is written in; ``text`` is how a sum of it stands in a text."""

    won: int
    digits: int
    name: str
    text: str

    def amount(self, krw: int) -> str:
        """Won as a figure of the unit, halves away from 0."""
        exact = Decimal(krw) / self.won
        return f"{exact.quantize(Decimal(1).scaleb(-self.digits), ROUND_HALF_UP):,f}"


# English has no 억: its billion with one digit more is as fine.
UNITS = {
    "백만원": {"ko": Unit(10**6, 0, "백만원", "{}백만원"), "en": Unit(10**6, 0, "KRW million", "KRW {} million")},
    "억원": {"ko": Unit(10**8, 2, "억원", "{}억원"), "en": Unit(10**9, 3, "KRW bn", "KRW {} bn")},
}


@dataclass(frozen=True)
class Column:
    """A column of a table; ``total``: its numbers are summed in a last row."""

    title: str
    kind: Kind = "text"
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table: sums of money in won, None where nothing is known.

    ``absent`` says why there is no row; it is empty where there is one.
    """

    id: str
    number: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    absent: str = ""

    @property
    def has_money(self) -> bool:
        """Whether a column holds sums of money."""
        return any(column.kind == "krw" for column in self.columns)

    def totals(self) -> list[Any] | None:
        """The last row: the sums of the columns that have one; None where no column has."""
        if not self.rows or not any(column.total for column in self.columns):
            return None
        columns = zip(self.columns, zip(*self.rows, strict=True), strict=True)
        return [
            sum(value for value in values if value is not None) if column.total else None for column, values in columns
        ]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``own`` is a text of the team, ``note`` explains, ``absent`` says that something is missing."""

    text: str
    kind: Literal["own", "note", "absent"] = "note"


@dataclass(frozen=True)
class Picture:
    """A picture, as pixels and as vectors."""

    id: str
    number: str
    title: str
    png: bytes
    svg: bytes
    # Height over width.
    ratio: float


Block = Table | Paragraph | Picture


@dataclass(frozen=True)
class Section:
    """A section; ``id`` is what the workbook's texts name it by."""

    id: str
    number: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Chapter:
    """A chapter with its sections."""

    number: str
    title: str
    sections: Sequence[Section]


@dataclass(frozen=True)
class Document:
    """A whole document; ``about`` are the lines below its title, ``words`` what the writers themselves say."""

    title: str
    about: Sequence[str]
    chapters: Sequence[Chapter]
    language: str
    unit: Unit
    words: dict[str, str] = field(default_factory=dict)

    def sections(self) -> Iterator[Section]:
        """Yield all sections in their order."""
        for chapter in self.chapters:
            yield from chapter.sections

    def blocks(self, kind: type[Any]) -> Iterator[Any]:
        """Yield all tables, paragraphs or pictures in their order."""
        for section in self.sections():
            yield from (block for block in section.blocks if isinstance(block, kind))

    def shown(self, value: Any, kind: Kind) -> str:
        """A value as a page shows it."""
        if value is None:
            return BLANK
        if kind == "krw":
            return self.unit.amount(int(value))
        if kind == "whole":
            return figure(float(value))
        if kind == "figure":
            return figure(float(value), 2 if 0 < abs(value) < 1000 else 0)
        if kind == "number":
            return stated(float(value))
        return str(value)

    def lines(self, table: Table) -> list[list[str]]:
        """The rows of a table as shown, the sums last."""
        rows = [[*row] for row in table.rows]
        shown = [
            [self.shown(value, column.kind) for value, column in zip(row, table.columns, strict=True)] for row in rows
        ]
        if (totals := table.totals()) is not None:
            last = [
                "" if value is None else self.shown(value, column.kind)
                for value, column in zip(totals, table.columns, strict=True)
            ]
            shown.append([self.words["total"], *last[1:]])
        return shown

    def caption(self, block: Table | Picture) -> str:
        """What stands above a table or below a picture."""
        word = self.words["table" if isinstance(block, Table) else "picture"]
        return f"{word} {block.number}. {block.title}"

    def unit_line(self, table: Table) -> str:
        """The unit of a table's sums of money; empty where it has none."""
        return f"({self.words['unit']}: {self.unit.name})" if table.has_money and table.rows else ""


def widths(table: Table, lines: Sequence[Sequence[str]], letters: float) -> list[float]:
    """The share of the page's width that each column of a table gets; they sum to 1.

    The page holds so many ``letters`` (Hangul counts as two). A column first gets its longest word, numbers whole; what
    is left goes to those whose texts are longer.
    """
    least, wanted = [], []
    for column, *texts in zip(table.columns, *lines, strict=True):
        words = [word for text in (column.title, *texts) for word in text.split()]
        longest = max(map(_width, words), default=0)
        least.append(longest if column.kind in NUMBERS else min(longest, WORD_MAX))
        wanted.append(max(least[-1], *(min(_width(text), TEXT_MAX) for text in (column.title, *texts))))
    least, wanted = ([PADDING + width for width in widths] for widths in (least, wanted))
    room = letters - sum(least)
    more = sum(wanted) - sum(least)
    part = min(1.0, max(0.0, room / more)) if more else 0.0
    given = [low + part * (high - low) for low, high in zip(least, wanted, strict=True)]
    return [width / sum(given) for width in given]


def _width(text: str) -> int:
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n"))
