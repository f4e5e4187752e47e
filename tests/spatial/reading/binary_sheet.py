"""The smallest .xls there is, for the tests: a compound file whose one stream is a BIFF8 workbook.

Source: [MS-CFB] (sectors of 512 bytes, allocation table, directory) and [MS-XLS] (BOF, BOUNDSHEET, LABEL, NUMBER, EOF).
"""

from __future__ import annotations

import struct

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# A stream shorter than this lies elsewhere.
LEAST = 4096


def xls(rows: list[list[str | float]]) -> bytes:
    """A workbook of one sheet, ``a``, with some rows of texts and numbers."""
    stream = _workbook(rows)
    stream += bytes(max(LEAST, -(-len(stream) // SECTOR) * SECTOR) - len(stream))
    sectors = len(stream) // SECTOR
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, LEAST, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    table = [TABLE, END, *range(3, sectors + 2), END]
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream)) + 2 * bytes(128)
    return header + struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table))) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _workbook(rows: list[list[str | float]]) -> bytes:
    def begin(what: int) -> bytes:
        return _record(0x809, struct.pack("<HHHHII", 0x600, what, 0, 0, 0, 0x600))

    end = _record(0x0A, b"")
    name = b"a"
    sheet = struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name
    start = len(begin(5)) + len(_record(0x85, sheet)) + len(end)
    sheet = struct.pack("<I", start) + sheet[4:]
    body = begin(0x10)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                body += _record(0x204, place + text)
            else:
                body += _record(0x203, place + struct.pack("<d", value))
    return begin(5) + _record(0x85, sheet) + end + body + end
