"""Tables that flow between the rooms, held to their schemas on read and before write.

A null is "unknown"; no schema turns it into zero. Writing is atomic: a table that breaks its schema, or a job that is
cut off, leaves nothing behind.
"""

from __future__ import annotations

import errno
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
from pyarrow import ArrowException

from geojeom.errors import Fault, SourceError, TableError, cannot_write, damaged, raise_if_any
from geojeom.schemas import SCHEMAS

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def check(frame: pd.DataFrame, schema: str, file: str) -> None:
    """Raise TableError with every place where ``frame`` breaks ``SCHEMAS[schema]``; return nothing otherwise.

    ``file`` is named in the message. At most 20 rows are listed per column and rule.
    """
    try:
        SCHEMAS[schema].validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        faults = []
        for (column, rule), cases in error.failure_cases.groupby(["column", "check"], dropna=False, sort=False):
            faults += [_fault(file, column, rule, case) for case in cases.head(20).itertuples()]
        raise_if_any(TableError, faults)


def read_table(path: Path, schema: str) -> Any:
    """Read a GeoParquet or Parquet file and check it. Returns a GeoDataFrame where the file has geometry."""
    if not path.is_file():
        raise TableError(
            Fault(str(path), f"the {schema} table", "no such file", "Run the step that writes it, or `make`, first.")
        )
    try:
        frame = _read(path)
    except (ArrowException, OSError) as error:
        raise damaged(path, error, "run the step that writes it, or `make`,") from None
    check(frame, schema, str(path))
    return frame


def _read(path: Path) -> Any:
    try:
        return gpd.read_parquet(path)
    except ArrowException:
        raise
    except ValueError:
        return pd.read_parquet(path)


def read_arrays(path: Path, names: Iterable[str], step: str) -> dict[str, Any]:
    """Some arrays of an ``.npz`` file; SourceError naming the ``step`` that writes it if it is absent or broken."""
    if not path.is_file():
        raise SourceError(Fault(str(path), "a file of the step before", "no such file", f"Run `{step}`."))
    try:
        with np.load(path) as stored:
            return {name: stored[name] for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError) as error:
        raise damaged(path, error, f"run `{step}`") from None


def write_table(frame: pd.DataFrame, path: Path, schema: str) -> None:
    """Check a frame and write it as Parquet, whole or not at all."""
    check(frame, schema, str(path))
    with atomic(path) as partial:
        frame.to_parquet(partial, index=False)


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Hand out a temporary path beside ``path`` and rename it there only when the block has succeeded.

    Raises FolderError where the folder cannot be made or written in, or its disk is full.
    """
    partial = path.with_name(f".{path.stem}.{os.getpid()}.partial{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Tried before the block runs: not every library says of a folder it may not write in that this was it.
        partial.touch()
        partial.unlink()
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        yield partial
    except OSError as error:
        # Any other may be of a file the block reads.
        raise (cannot_write(path, error) if error.errno in DISK else error) from None
    else:
        try:
            partial.replace(path)
        except OSError as error:
            raise cannot_write(path, error) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _fault(file: str, column: Any, rule: Any, case: Any) -> Fault:
    known = isinstance(column, str) and rule != "column_in_dataframe"
    return Fault(
        file,
        str(rule),
        repr(case.failure_case),
        "Correct the source this table was made from and run the step again.",
        row=int(case.index) + 1 if pd.notna(case.index) else "",
        column=column if known else "",
    )
