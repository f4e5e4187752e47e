"""Names of places hold no character that nobody sees, wherever they come from."""

from __future__ import annotations

import pandas as pd

from spatial.reading.names import seen
from spatial.reading.provenance import Ledger


def test_marks_and_breaks_are_taken_out_and_counted() -> None:
    ledger = Ledger("zones")
    names = pd.Series(["중앙동", "\u202e동앙중", "가\u200b나", "한\r\n줄", "\ufeff\u200f", None, "می\u200cخواهم"])
    found = seen(names, ledger).tolist()
    assert found[:4] == ["중앙동", "동앙중", "가나", "한 줄"]
    # Nothing is left of the fifth; the joiner of the last belongs to its spelling.
    assert found[4:] == [None, None, "می\u200cخواهم"]
    assert list(ledger.repaired.values()) == [4]


def test_names_that_can_be_seen_stay_as_they_are() -> None:
    ledger = Ledger("facilities")
    names = pd.Series(["행복 도서관", "Café", None], index=[4, 7, 9])
    pd.testing.assert_series_equal(seen(names, ledger), names)
    assert ledger.repaired == {}
