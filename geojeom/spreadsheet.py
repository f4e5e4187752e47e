"""CSV files that office programs open as they should: Korean text intact, and no text taken for a formula."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from pandas.api.types import is_numeric_dtype

from geojeom.files import atomic

# What a spreadsheet program may take for the beginning of a formula, half and full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: object) -> object:
    """Return a text that might be run as a formula with an apostrophe before it; anything else as it is."""
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write UTF-8 with a byte order mark, which Excel needs to read Korean, whole or not at all.

    Numbers have nine significant digits: every person of a city, and none of the noise of binary fractions.

    Parameters
    ----------
    frame : DataFrame
        The table; its index is left out.
    path : Path
        The file.

    Raises
    ------
    FolderError
        Where it cannot be written.
    """
    safe = frame.apply(lambda column: column if is_numeric_dtype(column) else column.astype(object).map(harmless))
    safe.columns = pd.Index([harmless(name) for name in frame.columns])
    with atomic(path) as partial:
        safe.to_csv(partial, index=False, encoding="utf-8-sig", float_format="%.9g", lineterminator="\r\n")
