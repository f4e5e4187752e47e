"""What the sample city gives: figures of every table, held by a test so that no change of results goes unnoticed.

``python -m tests.baseline results/haemil`` writes them again; the changelog then says what changed and by how much.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import xarray as xr

FIGURES = Path(__file__).resolve().parent / "haemil.json"


def figures(folder: Path) -> dict[str, Any]:
    """By table and column of a results folder, what describes it; of ``diffusion.nc`` by variable.

    Numbers: how many are known, their sum, least and greatest. Other columns: how many are known, and how many differ.
    Exact bytes are left out: the last bits of a sum are the processor's.
    """
    tables = {path.name: _columns(path) for path in sorted(folder.glob("*.parquet"))}
    with xr.open_dataset(folder / "diffusion.nc", engine="h5netcdf") as data:
        spread = {
            str(name): _numbers(data[name].to_numpy()) for name in data.data_vars if data[name].dtype.kind in "fiu"
        }
    return tables | {"diffusion.nc": spread}


def _columns(path: Path) -> dict[str, Any]:
    geometry = "geometry" in pq.read_schema(path).names
    frame = gpd.read_parquet(path) if geometry else pd.read_parquet(path)
    return {"rows": len(frame)} | {str(name): _column(frame[name]) for name in frame.columns}


def _column(values: pd.Series) -> dict[str, Any]:
    if isinstance(values, gpd.GeoSeries):
        return _numbers(np.concatenate([values.area.to_numpy(), values.length.to_numpy()]))
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return _numbers(values.to_numpy(float, na_value=np.nan))
    known = values.dropna()
    return {"known": len(known), "different": int(known.astype(str).nunique())}


def _numbers(values: np.ndarray) -> dict[str, Any]:
    known = values[np.isfinite(values)].astype(float)
    if not known.size:
        return {"known": 0}
    return {
        "known": int(known.size),
        "sum": float(known.sum()),
        "least": float(known.min()),
        "most": float(known.max()),
    }


def stored() -> dict[str, Any]:
    """The figures as they were last written."""
    held: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return held
