"""Text files as they come: which encoding they are in, told in one pass in blocks, and how large they may be."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from geojeom.errors import Fault, SourceError
from geojeom.spelling import composed

# Bounds of what is read at once; a table of a whole country by building has some 300 MB.
FILE_MAX = 512 * 2**20
LINE_MAX = 16 * 2**20
BLOCK = 2**20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TRIED = ("utf-8", "cp949")


@dataclass(frozen=True)
class Encoding:
    """How a text is written: Python's name of its encoding, and whether all of it is in composed letters (NFC)."""

    name: str
    composed: bool


def encoding_of(path: str) -> Encoding:
    """The encoding of a text file: what its byte order mark says, or else UTF-8 or CP949, strictly for every letter.

    Parameters
    ----------
    path : str
        The file.

    Returns
    -------
    Encoding
        UTF-8 where it may be both.

    Raises
    ------
    SourceError
        Where it is none of them, has null characters, or is larger than what is read (``FILE_MAX`` bytes, ``LINE_MAX``
        between line ends).
    """
    refuse_large(path)
    with Path(path).open("rb") as stream:
        marked = marked_as(stream.read(4))
        stream.seek(0)
        # For each encoding that may still be: its decoder, and whether the text was composed so far.
        left = {name: codecs.getincrementaldecoder(name)() for name in ((marked,) if marked else TRIED)}
        normal = dict.fromkeys(left, True)
        open_line = 0
        while left:
            block = stream.read(BLOCK)
            open_line = len(block) - block.rfind(b"\n") - 1 if b"\n" in block else open_line + len(block)
            if open_line > LINE_MAX:
                found = f"one of more than {LINE_MAX // 2**20} MB without an end"
                raise SourceError(Fault(path, "lines of text", found, "Check that it is a table."))
            for name in list(left):
                try:
                    text = left[name].decode(block, final=not block)
                except UnicodeDecodeError:
                    del left[name]
                    continue
                normal[name] &= unicodedata.is_normalized("NFC", text)
                if "\0" in text:
                    raise SourceError(_no_text(path, "null characters, as in binary files"))
            if not block:
                break
    if not left:
        raise SourceError(_no_text(path, "neither"))
    name = next(iter(left))
    return Encoding(name, normal[name])


def refuse_large(path: str) -> None:
    """Hold a file to what is read as one text.

    Parameters
    ----------
    path : str
        The file.

    Raises
    ------
    SourceError
        Where it is larger than ``FILE_MAX`` bytes.
    """
    if (size := Path(path).stat().st_size) > FILE_MAX:
        found = f"{size / 2**20:,.0f} MB"
        remedy = "Keep the rows of the region and the columns that are needed."
        raise SourceError(Fault(path, f"a file of at most {FILE_MAX // 2**20} MB", found, remedy))


def marked_as(first: bytes) -> str | None:
    """The encoding that a byte order mark tells; null without one."""
    return next((name for mark, name in MARKS if first.startswith(mark)), None)


def decode(raw: bytes, path: str) -> str:
    """Text of a whole file in composed letters: by its byte order mark, or else UTF-8 or CP949, strict.

    Parameters
    ----------
    raw : bytes
        All that the file holds.
    path : str
        The file, for the fault.

    Returns
    -------
    str
        In form NFC.

    Raises
    ------
    SourceError
        Where it is in none of these.
    """
    marked = marked_as(raw[:4])
    for encoding in (marked,) if marked else TRIED:
        try:
            return composed(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise SourceError(_no_text(path, "neither"))


def _no_text(path: str, found: str) -> Fault:
    return Fault(path, "text in UTF-8 or CP949", found, "Save the file again as CSV UTF-8 from the spreadsheet.")
