"""The first sheet of a spreadsheet (.xlsx, .xls) as text, after a look at how much it unpacks to."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineError

from geojeom.errors import Fault, SourceError
from geojeom.spelling import composed

# Bounds of what is read: bytes once unpacked, and cells of the rectangle from the first to the last that is filled.
UNPACKED_MAX = 256 * 2**20
CELLS_MAX = 20_000_000
BLOCK = 2**20
# A cell that holds something, by its reference: <c r="AB12" s="1">; an empty one ends in />.
CELL = re.compile(rb'[<:]c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
BROKEN = (CalamineError, ValueError, OSError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError)


def read_sheet(path: str) -> pd.DataFrame:
    """All cells of the first sheet as text in composed letters, "" where blank, without empty rows at the end.

    Raises SourceError for what is no spreadsheet, and for one beyond UNPACKED_MAX or CELLS_MAX, before it is unpacked:
    a few kilobytes may hold a gigabyte of zeros, or two cells a million rows apart.
    """
    try:
        if zipfile.is_zipfile(path):
            _refuse_large(path)
        elif (size := Path(path).stat().st_size) > UNPACKED_MAX:
            raise SourceError(_large(path, size))
        cells = pd.read_excel(path, header=None, dtype=str, keep_default_na=False, engine="calamine").fillna("")
    except BROKEN as error:
        told = str(error) or type(error).__name__
        remedy = "Open it in the spreadsheet and save it again."
        raise SourceError(Fault(path, "a spreadsheet (.xlsx, .xls)", told[:200], remedy)) from None
    # Rows that were once written in stay behind, empty, at the end of a sheet.
    filled = np.flatnonzero((cells != "").any(axis=1))
    return cells.iloc[: filled.max(initial=-1) + 1].map(composed)


def _refuse_large(path: str) -> None:
    """Unpack in blocks, keeping nothing, and stop at the bounds: what the archive says of its sizes may be wrong."""
    unpacked = 0
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            rows, columns = {0}, {0}
            tail = b""
            with archive.open(member) as stream:
                while block := stream.read(BLOCK):
                    unpacked += len(block)
                    if unpacked > UNPACKED_MAX:
                        raise SourceError(_large(path, unpacked))
                    if SHEET.fullmatch(member.filename):
                        text = tail + block
                        found = CELL.findall(text)
                        rows |= {int(row) for _, row in found}
                        columns |= {_column(name) for name in {name for name, _ in found}}
                        tail = text[max(text.rfind(b"<"), len(text) - 1000) :]
            if max(rows) * max(columns) > CELLS_MAX:
                found_cells = f"{max(rows):,} rows of {max(columns):,} columns in {member.filename}"
                remedy = "Delete what stands far below or beside the table, or save the table as CSV."
                raise SourceError(Fault(path, f"a sheet of at most {CELLS_MAX:,} cells", found_cells, remedy))


def _column(name: bytes) -> int:
    """A column's number by its letters: A is 1, AA 27."""
    number = 0
    for letter in name:
        number = 26 * number + letter - 64
    return number


def _large(path: str, size: int) -> Fault:
    found = f"at least {size / 2**20:,.0f} MB"
    remedy = "Keep the rows of the region and the columns that are needed, or save the table as CSV."
    return Fault(path, f"a spreadsheet of at most {UNPACKED_MAX // 2**20} MB once unpacked", found, remedy)
