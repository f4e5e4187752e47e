"""The first sheet of a spreadsheet (.xlsx, .xls) as text, after a look at how much it unpacks to."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from python_calamine import CalamineError

from geojeom.errors import Fault, SourceError
from geojeom.spelling import composed

# Bounds of what is read: bytes once unpacked; cells of the rectangle from the first to the last that is filled; bytes
# of text, each text counted once for every cell that shows it.
UNPACKED_MAX = 256 * 2**20
CELLS_MAX = 20_000_000
TEXT_MAX = 512 * 2**20
BLOCK = 2**20
OVERLAP = 1000  # bytes; what is looked for across the end of a block is shorter
MARK = rb"\s*=\s*[\"']"
# A cell that holds something, by its reference: <c r="AB12" s="1">; an empty one ends in />.
CELL = re.compile(rb"[<:]c\s[^<>]*?\br" + MARK + rb"([A-Za-z]{1,9})([0-9]{1,18})[\"'][^<>]*(?<!/)>")
# A cell without a reference stands behind the one before, in the row that its row names.
BARE = re.compile(rb"[<:]c(?:\s(?![^<>]*\br\s*=)[^<>]*)?(?<!/)>")
ROW = re.compile(rb"[<:]row\s[^<>]*?\br" + MARK + rb"([0-9]{1,18})")
# A text that several cells may share, and a cell that shows one by its number.
SHARED = re.compile(rb"[<:]si(?=[\s>/])")
SHOWN = re.compile(rb"[<:]c\s[^<>]*?\bt" + MARK + rb"s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*([0-9]{1,9})\s*<")
BROKEN = (
    CalamineError,
    ValueError,
    OSError,
    LookupError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
EXPECTED = "a spreadsheet (.xlsx, .xls)"


def read_sheet(path: str) -> pd.DataFrame:
    """All cells of the first sheet as text in composed letters, "" where blank, without empty rows at the end.

    Raises SourceError for what is no spreadsheet, and for one beyond UNPACKED_MAX, CELLS_MAX or TEXT_MAX, before it is
    unpacked: a few kilobytes may hold a gigabyte of zeros, two cells a million rows apart, or one long text that a
    million cells show.
    """
    try:
        if zipfile.is_zipfile(path):
            refuse_large(path)
        else:
            _refuse_unpacked(path, Path(path).stat().st_size)
        cells = pd.read_excel(path, header=None, dtype=str, keep_default_na=False, engine="calamine").fillna("")
    except BROKEN as error:
        raise SourceError(_broken(path, error)) from None
    except BaseException as error:
        # What calamine trips over in damaged files ends as a panic of Rust, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SourceError(_broken(path, error)) from None
    # Rows that were once written in stay behind, empty, at the end of a sheet.
    filled = np.flatnonzero((cells != "").any(axis=1))
    return cells.iloc[: filled.max(initial=-1) + 1].map(composed)


def refuse_large(path: str) -> None:
    """Refuse an .xlsx beyond the bounds, or what is none.

    It is unpacked in blocks, keeping nothing, up to the bounds: what the archive says of its sizes may be wrong.

    Parameters
    ----------
    path : str
        A zip archive.

    Raises
    ------
    SourceError
        Where it holds no workbook, or more than ``UNPACKED_MAX``, ``CELLS_MAX`` or ``TEXT_MAX``.
    zipfile.BadZipFile
        And other errors of ``BROKEN``, where it is damaged.
    """
    unpacked = 0
    lengths: list[int] = []
    shown: list[NDArray[np.int64]] = []
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if "xl/workbook.xml" not in {member.filename.lower() for member in members}:
            # Such as .ods and .xlsb, which pandas would read, and whose size is not told by what is looked for here.
            found = "a file of another program or format"
            raise SourceError(Fault(path, EXPECTED, found, "Save it as .xlsx or as CSV."))
        for member in members:
            rows, columns, named, bare = {0}, {0}, {0}, False
            start, previous, tail = 0, None, b""
            with archive.open(member) as stream:
                while block := stream.read(BLOCK):
                    unpacked += len(block)
                    _refuse_unpacked(path, unpacked)
                    text = tail + block
                    cells = CELL.findall(text)
                    rows |= {int(row) for _, row in cells}
                    columns |= {_column(name.upper()) for name in {name for name, _ in cells}}
                    named |= {int(row) for row in ROW.findall(text)}
                    bare |= BARE.search(text) is not None
                    shown.append(np.array(SHOWN.findall(text), dtype="S9").astype(np.int64))
                    for at in (start + match.start() for match in SHARED.finditer(text)):
                        if previous is not None and at > previous:
                            lengths.append(at - previous)
                        previous = at
                    cut = max(text.rfind(b"<"), len(text) - OVERLAP)
                    start, tail = start + cut, text[cut:]
            if previous is not None:
                lengths.append(start + len(tail) - previous)
            _refuse_cells(path, member.filename, max(rows | named if bare else rows), max(columns))
    _refuse_text(path, np.array(lengths, np.int64), np.concatenate([*shown, np.empty(0, np.int64)]))


def _refuse_cells(path: str, member: str, rows: int, columns: int) -> None:
    if rows * max(columns, 1) > CELLS_MAX:
        found = f"{rows:,} rows of {columns:,} columns in {member}"
        remedy = "Delete what stands far below or beside the table, or save the table as CSV."
        raise SourceError(Fault(path, f"a sheet of at most {CELLS_MAX:,} cells", found, remedy))


def _refuse_text(path: str, lengths: NDArray[np.int64], shown: NDArray[np.int64]) -> None:
    """``lengths`` are the bytes of each text, ``shown`` its number for each cell that shows it."""
    size = int(lengths[shown[shown < lengths.size]].sum())
    if size > TEXT_MAX:
        found = f"{size / 2**20:,.0f} MB, as many cells show the same long text"
        remedy = "Shorten it, or take its column out."
        raise SourceError(Fault(path, f"at most {TEXT_MAX // 2**20} MB of text", found, remedy))


def _column(name: bytes) -> int:
    """A column's number by its letters: A is 1, AA 27."""
    number = 0
    for letter in name:
        number = 26 * number + letter - 64
    return number


def _broken(path: str, error: BaseException) -> Fault:
    reason = str(error) or type(error).__name__
    return Fault(path, EXPECTED, reason[:200], "Open it in the spreadsheet and save it again.")


def _refuse_unpacked(path: str, size: int) -> None:
    if size > UNPACKED_MAX:
        found = f"at least {size / 2**20:,.0f} MB"
        remedy = "Keep the rows of the region and the columns that are needed, or save the table as CSV."
        expected = f"a spreadsheet of at most {UNPACKED_MAX // 2**20} MB once unpacked"
        raise SourceError(Fault(path, expected, found, remedy))
