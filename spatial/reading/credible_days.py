"""Days that can be true: none after what a source tells of, none from before there are buildings that still stand."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from spatial.reading.provenance import Ledger
from spatial.reading.tabular import last_day

# Buildings in use are older in few places of the world; a year such as 0219 or 1019 is a slip of 2019.
EARLIEST = "1000-01-01"
# What spreadsheets make of an empty or zero cell that is formatted as a day.
DAY_ZERO = ("1899-12-30", "1899-12-31")


def this_year() -> int:
    """The year by this computer's clock: figures of a later one are not known yet.

    Returns
    -------
    int
        The year.
    """
    return dt.date.today().year


def credible(day: pd.Series, vintage: str, ledger: Ledger) -> pd.Series:
    """ISO days (or null) without those that cannot be true, which become null; each kind is counted in a note.

    A day after the last one of the source's ``vintage`` is of the future as the source knows it; where the vintage is
    no date, or itself to come, a day after today.

    Parameters
    ----------
    day : Series (n,)
        ISO days (``YYYY-MM-DD``), null where unknown.
    vintage : str
        Of the source, as the region file has it.
    ledger : Ledger
        Gets the notes.

    Returns
    -------
    Series (n,)
        By the same index.
    """
    today = dt.date.today().isoformat()
    stated = last_day(vintage.strip())
    last = min(stated or today, today)
    late = day.notna() & (day > last)
    early = day.notna() & ((day < EARLIEST) | day.isin(DAY_ZERO))
    if late.any():
        shown = ", ".join(sorted(day[late].unique(), reverse=True)[:5])
        if stated == last:
            ledger.note("late", n=int(late.sum()), last=last, shown=shown)
        else:
            ledger.note("future", n=int(late.sum()), last=last, shown=shown)
    if early.any():
        shown = ", ".join(sorted(day[early].unique())[:5])
        ledger.note("early", n=int(early.sum()), shown=shown)
    return day.where(~(late | early), None)
