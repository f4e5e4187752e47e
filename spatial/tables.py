"""Schemas of the tables that flow between the rooms, checked on read and before write.

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

from spatial.errors import Fault, SourceError, TableError, cannot_write, damaged, raise_if_any

METHODS = ["weighted_sum", "topsis", "vikor", "promethee"]
WEIGHTINGS = ["uniform", "profile", "ordinal"]
KINDS = ["new", "redevelopment", "existing"]
LAYERS = ["water", "green", "industrial", "rail", "street_major", "street_minor", "motorway", "boundary"]
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
UNIT_SHARE = pa.Check.in_range(0, 1)
NOT_NEGATIVE = pa.Check.ge(0)


def _count(required: bool = True) -> pa.Column:
    return pa.Column("Int64", NOT_NEGATIVE, nullable=True, required=required)


def _measure(*checks: pa.Check, nullable: bool = True, required: bool = True) -> pa.Column:
    return pa.Column(float, list(checks), nullable=nullable, required=required)


def _code(unique: bool = False, nullable: bool = False) -> pa.Column:
    return pa.Column(str, unique=unique, nullable=nullable)


def _shares(nullable: bool) -> pa.Column:
    """Lists of numbers that sum to 1."""
    whole = pa.Check(lambda shares: abs(sum(shares) - 1) < 1e-6, element_wise=True, error="shares that sum to 1")
    return pa.Column(object, whole, nullable=nullable)


SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "zones": pa.DataFrameSchema(
        {"zone_id": _code(unique=True), "name": _code(), "area_m2": _measure(pa.Check.gt(0), nullable=False)}
    ),
    "cells": pa.DataFrameSchema(
        {
            "cell_id": _code(unique=True),
            "x_m": _measure(nullable=False),
            "y_m": _measure(nullable=False),
            "zone_id": _code(nullable=True),
            "population": _count(),
            "elderly": _count(),
            "youth": _count(),
            "households": _count(),
            "jobs": _count(),
            "transit_stops": _count(),
            "subway_stations": _count(),
            "buildings": _count(),
            "old_buildings": _count(),
            "undated_buildings": _count(),
            "floor_area_m2": _measure(NOT_NEGATIVE),
            "water_m2": _measure(NOT_NEGATIVE),
            "protected_m2": _measure(NOT_NEGATIVE),
            "developable_m2": _measure(NOT_NEGATIVE),
            "elevation_m": _measure(),
            "slope_deg": _measure(pa.Check.in_range(0, 90)),
        }
    ),
    "facilities": pa.DataFrameSchema(
        {
            "kind": _code(),
            "name": _code(nullable=True),
            "opened": pa.Column(str, nullable=True),
            "count": pa.Column("Int64", pa.Check.gt(0)),
        }
    ),
    "backdrop": pa.DataFrameSchema(
        {
            "layer": pa.Column(str, pa.Check.isin(LAYERS)),
            "name": _code(nullable=True),
            "tunnel": pa.Column(bool),
        }
    ),
    "districts": pa.DataFrameSchema(
        {
            "district_id": _code(unique=True),
            "name": _code(),
            "kind": pa.Column(str, pa.Check.isin(KINDS)),
            "area_m2": _measure(pa.Check.gt(0), nullable=False),
            "land_price_krw_m2": _measure(NOT_NEGATIVE),
            "public_land_share": _measure(UNIT_SHARE),
            "private_share": _measure(UNIT_SHARE),
            "operator_secured": pa.Column("boolean", nullable=True),
            "control_centre": pa.Column("boolean", nullable=True),
        }
    ),
    "criteria": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "criterion": _code(),
            "value": _measure(),
            "unit": _code(),
            "source": _code(),
            "vintage": _code(nullable=True),
            "note": _code(nullable=True),
            "missing": _code(nullable=True),
        },
        unique=["district_id", "criterion"],
    ),
    "vetoes": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "veto": _code(),
            "vetoed": pa.Column("boolean", nullable=True),
            "found": _code(nullable=True),
            "excluded_m2": _measure(NOT_NEGATIVE),
        },
        unique=["district_id", "veto"],
    ),
    "programme": pa.DataFrameSchema(
        {
            "round": _code(),
            "district_id": _code(),
            "rule": _code(),
            "binding": pa.Column(bool),
            "outcome": pa.Column(str, pa.Check.isin(["met", "not_met", "unknown"])),
            "value": _measure(),
            "limit": _measure(),
            "unit": _code(),
            "found": _code(),
            "required": _code(),
            "source": _code(),
            "mark": _code(),
        },
        unique=["round", "district_id", "rule"],
    ),
    "history": pa.DataFrameSchema(
        {
            "zone_id": _code(),
            "column": pa.Column(str, pa.Check.isin(["population", "businesses"])),
            "year": pa.Column("Int64", pa.Check.in_range(1900, 2100)),
            "value": _count(),
        },
        unique=["zone_id", "column", "year"],
    ),
    "parcels": pa.DataFrameSchema(
        {
            "pnu": _code(nullable=True),
            "land_price_krw_m2": _measure(pa.Check.gt(0)),
            "public": pa.Column("boolean", nullable=True),
        }
    ),
    "zoning": pa.DataFrameSchema(
        {
            "code": _code(unique=True),
            "name": _code(),
            "coverage_max_pct": _measure(NOT_NEGATIVE),
            "floor_area_max_pct": _measure(NOT_NEGATIVE),
            "fit": _measure(UNIT_SHARE),
        }
    ),
    "suitability": pa.DataFrameSchema(
        {"cell_id": _code(unique=True), "suitability": _measure(UNIT_SHARE), "closed": _code(nullable=True)}
    ),
    "gaps": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "kind": _code(),
            "mode": pa.Column(str, pa.Check.isin(["walk", "drive"])),
            "minutes": _measure(pa.Check.gt(0), nullable=False),
            "people": _measure(NOT_NEGATIVE),
            "beyond": _measure(NOT_NEGATIVE),
            "share": _measure(UNIT_SHARE),
            "missing": _code(nullable=True),
        },
        unique=["district_id", "kind"],
    ),
    "scores": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "method": pa.Column(str, pa.Check.isin(METHODS)),
            "score": _measure(UNIT_SHARE),
            "score_low": _measure(UNIT_SHARE),
            "score_high": _measure(UNIT_SHARE),
            "rank": pa.Column("Int64", pa.Check.gt(0), nullable=True),
            "vetoed": pa.Column(bool),
            "missing": _code(nullable=True),
        },
        unique=["district_id", "method"],
    ),
    "contributions": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "criterion": _code(),
            "utility": _measure(UNIT_SHARE),
            "profile_weight": _measure(UNIT_SHARE, nullable=False),
            "weight": _measure(UNIT_SHARE, nullable=False),
            "contribution": _measure(UNIT_SHARE),
        },
        unique=["district_id", "criterion"],
    ),
    "robustness": pa.DataFrameSchema(
        {
            "district_id": _code(unique=True),
            "rank": pa.Column("Int64", pa.Check.gt(0)),
            "rank_best": pa.Column("Int64", pa.Check.gt(0)),
            "rank_worst": pa.Column("Int64", pa.Check.gt(0)),
            "settling_criterion": _code(nullable=True),
            "least_criterion": _code(nullable=True),
            "least_from": _measure(UNIT_SHARE),
            "least_to": _measure(UNIT_SHARE),
            "least_rival": _code(nullable=True),
        }
    ),
    "acceptability": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "weighting": pa.Column(str, pa.Check.isin(WEIGHTINGS)),
            "rank_acceptability": _shares(nullable=False),
            "central_weights": _shares(nullable=True),
            "confidence": _measure(UNIT_SHARE),
        },
        unique=["district_id", "weighting"],
    ),
    "tornado": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "criterion": _code(),
            "weight": _measure(UNIT_SHARE, nullable=False),
            "weight_low": _measure(UNIT_SHARE),
            "weight_high": _measure(UNIT_SHARE),
            "rival_low": _code(nullable=True),
            "rival_high": _code(nullable=True),
        },
        unique=["district_id", "criterion"],
    ),
    "pairs": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "other_id": _code(),
            "difference": _measure(pa.Check.in_range(-1, 1), nullable=False),
            **{f"winning_{weighting}": _measure(UNIT_SHARE, nullable=False) for weighting in WEIGHTINGS},
        },
        unique=["district_id", "other_id"],
    ),
    "plan": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "opening_id": _code(),
            "part": pa.Column(str, pa.Check.isin(["in_district", "diffusion"])),
            "service": _code(),
            "cell_id": _code(),
            "zone_id": _code(nullable=True),
            "month": pa.Column("Int64", NOT_NEGATIVE),
            "works_from": pa.Column("Int64", NOT_NEGATIVE, nullable=True),
            "date": _code(),
            "units": pa.Column("Int64", pa.Check.gt(0)),
            "capex_krw": pa.Column("Int64", NOT_NEGATIVE),
            "opex_krw_year": pa.Column("Int64", NOT_NEGATIVE),
            "national_krw": pa.Column("Int64", NOT_NEGATIVE),
            "local_krw": pa.Column("Int64", NOT_NEGATIVE),
            "private_krw": pa.Column("Int64", NOT_NEGATIVE),
        },
        unique=["district_id", "opening_id"],
    ),
    "totals": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "service": _code(),
            "month": pa.Column("Int64", NOT_NEGATIVE),
            "adopters_inside": _measure(NOT_NEGATIVE, nullable=False),
            "adopters_outside": _measure(NOT_NEGATIVE, nullable=False),
            "potential_inside": _measure(NOT_NEGATIVE, nullable=False),
            "potential_outside": _measure(NOT_NEGATIVE, nullable=False),
        },
        unique=["district_id", "service", "month"],
    ),
    "difference": pa.DataFrameSchema(
        {
            **{name: _code() for name in ("scenario_a", "scenario_b", "service")},
            "where": pa.Column(str, pa.Check.isin(["inside", "outside", "total"])),
            "month": pa.Column("Int64", NOT_NEGATIVE),
            "mean_a": _measure(NOT_NEGATIVE, nullable=False),
            "mean_b": _measure(NOT_NEGATIVE, nullable=False),
            "difference": _measure(nullable=False),
            "low": _measure(),
            "high": _measure(),
            **{name: _measure(nullable=False) for name in ("q10", "q50", "q90")},
            "share_higher": _measure(UNIT_SHARE, nullable=False),
        },
        unique=["scenario_a", "scenario_b", "service", "where", "month"],
    ),
    "sensitivity": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "parameter": _code(unique=True),
            **{name: _measure() for name in ("first_order", "first_order_half", "total", "total_half")},
        }
    ),
}


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
