"""Parcel numbers (PNU): 법정동 10 digits, kind of number (1 대지, 2 산, 3 to 9 rare ones), 본번 4, 부번 4."""

from __future__ import annotations

import pandas as pd

from geojeom.errors import Fault, SourceError
from spatial.reading.provenance import Ledger

PNU = r"[1-9]\d{9}[1-9]\d{8}"
# What people set between the digits, or before them to keep a spreadsheet from cutting them: spaces, dashes, ' " and =.
MARKS = r"[\s\-\u2010-\u2015'’\"=]"
REMEDY = "Export again with the parcel number as text: a spreadsheet cuts long numbers (1.17401E+18)."


def unmarked(pnu: pd.Series, ledger: Ledger) -> pd.Series:
    """Parcel numbers without what people set between the digits, or before them to keep a spreadsheet from cutting."""
    written = pnu.str.strip()
    bare = written.str.replace(MARKS, "", regex=True)
    mended = (bare != written) & bare.str.fullmatch(PNU)
    ledger.repair("mend.pnu", int(mended.sum()))
    return written.mask(mended, bare)


def good(pnu: pd.Series, path: str, column: str, ledger: Ledger) -> pd.Series:
    """Which parcel numbers are some; the others are counted and shown. SourceError where a spreadsheet has cut them."""
    fits = pnu.str.fullmatch(PNU).fillna(False).astype(bool)
    bad = pnu[~fits].fillna("")
    if len(bad):
        shown = ", ".join(repr(text) for text in bad.unique()[:5])
        if not fits.any():
            raise SourceError(Fault(path, "parcel numbers of 19 digits (PNU)", shown, REMEDY, column=column))
        ledger.drop("drop.pnu", len(bad))
        ledger.note("parcels.numbers", list=shown)
    return fits
