"""Tables that flow between the rooms, held to their schemas on read and before write.

A null is "unknown"; no schema turns it into zero. Writing is atomic: a table that breaks its schema, or a job that is
cut off, leaves nothing behind.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
from pyarrow import ArrowException

from geojeom.between import damaged, hold, outdated, remedy_of
from geojeom.errors import Fault, TableError, raise_if_any
from geojeom.files import atomic
from geojeom.schemas import SCHEMAS, WITH_GEOMETRY

CORRECT = "Correct the source this table was made from and run the step again."
# Files that this process has read and found right, as they lay on the disk then. Checking one takes longer than reading
# it, and most tables are read by several steps.
_known: set[tuple[object, ...]] = set()


def check_schema(frame: pd.DataFrame, schema: str, file: str, remedy: str = CORRECT) -> None:
    """Hold a table to its schema.

    Parameters
    ----------
    frame : DataFrame
        The table.
    schema : str
        The name of its schema in ``SCHEMAS``.
    file : str
        The file, as faults name it.
    remedy : str
        What faults say is to be done.

    Raises
    ------
    TableError
        With every place where ``frame`` breaks the schema, at most 20 rows per column and rule.
    """
    try:
        SCHEMAS[schema].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        faults = []
        for (column, rule), cases in error.failure_cases.groupby(["column", "check"], dropna=False, sort=False):
            faults += [_fault(file, column, rule, case, remedy) for case in cases.head(20).itertuples()]
        raise_if_any(TableError, faults)


def read_table(path: Path, schema: str, by: str = "", renewed: Callable[[Any], Any] | None = None) -> Any:
    """Read a GeoParquet or Parquet file and check it.

    Parameters
    ----------
    path : Path
        The file.
    schema : str
        The name of its schema in ``SCHEMAS``.
    by : str
        Which command writes it, where no step of the pipeline does.
    renewed : callable, optional
        Makes a table of an earlier version one of today, before the check.

    Returns
    -------
    DataFrame or GeoDataFrame
        A GeoDataFrame where the table has geometry.

    Raises
    ------
    TableError
        Where there is no such file, and where the table breaks its schema or lacks its geometry.
    SourceError
        Where the file cannot be read. Both say which command makes it again.
    """
    hold(path, f"the {schema} table", by, TableError)
    status = path.stat()
    seen = (schema, renewed, path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    try:
        frame = _read(path)
    except (ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, error, by) from None
    if renewed is not None:
        frame = renewed(frame)
    if seen not in _known:
        check_schema(frame, schema, str(path), remedy_of(path, by))
    if schema in WITH_GEOMETRY and not isinstance(frame, gpd.GeoDataFrame):
        raise TableError(Fault(str(path), "a table with geometry", "none", remedy_of(path, by), column="geometry"))
    _known.add(seen)
    return frame


def _read(path: Path) -> Any:
    try:
        return gpd.read_parquet(path)
    except ArrowException:
        raise
    except ValueError:
        return pd.read_parquet(path)


def read_arrays(path: Path, names: Iterable[str], by: str = "") -> dict[str, Any]:
    """Some arrays of an ``.npz`` file.

    Parameters
    ----------
    path : Path
        The file.
    names : iterable of str
        The arrays that are asked for.
    by : str
        Which command writes it, where no step of the pipeline does.

    Returns
    -------
    dict
        Name -> array, of the shape and type it was stored in.

    Raises
    ------
    SourceError
        Where the file is not there, broken, or lacks one of them; it says which command makes it again.
    """
    hold(path, "a file of the step before", by)
    try:
        with np.load(path) as stored:
            lacking = [name for name in names if name not in stored]
            if not lacking:
                return {name: stored[name] for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, OSError) as error:
        # One array alone (.npy) has no end to a block.
        raise damaged(path, error, by) from None
    raise outdated(path, lacking, by)


def write_table(frame: pd.DataFrame, path: Path, schema: str) -> None:
    """Check a frame and write it as Parquet, whole or not at all.

    Parameters
    ----------
    frame : DataFrame
        The table; its index is left out.
    path : Path
        The file.
    schema : str
        The name of its schema in ``SCHEMAS``.

    Raises
    ------
    TableError
        Where it breaks its schema; nothing is written then.
    FolderError
        Where it cannot be written.
    """
    check_schema(frame, schema, str(path))
    with atomic(path) as partial:
        frame.to_parquet(partial, index=False)


def _fault(file: str, column: Any, rule: Any, case: Any, remedy: str) -> Fault:
    known = isinstance(column, str) and rule != "column_in_dataframe"
    return Fault(
        file,
        str(rule),
        repr(case.failure_case),
        remedy,
        row=int(case.index) + 1 if pd.notna(case.index) else "",
        column=column if known else "",
    )
