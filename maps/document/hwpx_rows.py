"""Rows of the tables of a .hwpx, put into the file that the library has made.

Cell by cell through the library a plan of some hundred openings takes minutes: it looks through a whole table for each
cell, and through the whole file several times before it writes it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from geojeom.extras import library

SECTION = "Contents/section0.xml"
NAMESPACE = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


class Row(NamedTuple):
    """A row: its texts, its height, and by their numbers in the file the letters, frame and forms of its cells."""

    texts: Sequence[str]
    height: int
    letters: str
    frame: str
    forms: Sequence[str]
    header: bool


def with_rows(package: bytes, tables: Sequence[Sequence[Row]]) -> bytes:
    """The file with the rows of its tables, which so far have one empty row each, of the columns' widths."""
    etree = library("lxml.etree", "office")
    source = zipfile.ZipFile(io.BytesIO(package))
    section = etree.fromstring(source.read(SECTION))
    for table, rows in zip(section.iter(f"{NAMESPACE}tbl"), tables, strict=True):
        _fill(table, rows)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for member in source.infolist():
            own = member.filename == SECTION
            text = etree.tostring(section, encoding="UTF-8", xml_declaration=True, standalone=True) if own else None
            target.writestr(member, source.read(member) if text is None else text)
    return written.getvalue()


def _fill(table: Any, rows: Sequence[Row]) -> None:
    empty = table.find(f"{NAMESPACE}tr")
    table.remove(empty)
    table.set("rowCnt", str(len(rows)))
    for number, row in enumerate(rows):
        made = deepcopy(empty)
        for cell, text, form in zip(made, row.texts, row.forms, strict=True):
            cell.set("header", "1" if row.header else "0")
            cell.set("borderFillIDRef", row.frame)
            cell.find(f"{NAMESPACE}cellAddr").set("rowAddr", str(number))
            cell.find(f"{NAMESPACE}cellSz").set("height", str(row.height))
            paragraph = cell.find(f"{NAMESPACE}subList/{NAMESPACE}p")
            paragraph.set("paraPrIDRef", form)
            run = paragraph.find(f"{NAMESPACE}run")
            run.set("charPrIDRef", row.letters)
            _write(run.find(f"{NAMESPACE}t"), text)
        table.append(made)


def _write(place: Any, text: str) -> None:
    """Write a text, each of whose lines but the first follows a break."""
    first, *others = text.split("\n")
    place.text = first
    for line in others:
        broken = place.makeelement(f"{NAMESPACE}lineBreak")
        broken.tail = line
        place.append(broken)
