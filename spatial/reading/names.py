"""Names as people are shown them: of one line, and of characters that can be seen."""

from __future__ import annotations

import re

import pandas as pd

from geojeom.spelling import UNSEEN
from spatial.reading.provenance import Ledger

BREAKS = re.compile(r"\s*[\t\r\n]+\s*")


def seen(names: pd.Series, ledger: Ledger) -> pd.Series:
    """The names without characters that nobody sees, which tear a label or turn its direction of writing.

    Line breaks and tabs become a space; where nothing is left the name is null. The ledger counts the names changed.

    Parameters
    ----------
    names : Series (n,)
        Null where unknown.
    ledger : Ledger
        Gets the number.

    Returns
    -------
    Series (n,)
        By the same index.
    """
    text = names.astype("str").where(names.notna(), "")
    wrong = (text.str.contains(UNSEEN, regex=True) | text.str.contains(BREAKS, regex=True)).to_numpy(bool)
    if not wrong.any():
        return names
    ledger.repair("names", int(wrong.sum()))
    plain = [
        (BREAKS.sub(" ", UNSEEN.sub("", written)).strip() or None) if changed else (written if known else None)
        for written, changed, known in zip(text, wrong, names.notna(), strict=True)
    ]
    return pd.Series(plain, names.index, dtype=object)
