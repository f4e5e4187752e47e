"""Small tables of the contract between the rooms: a test tells the columns it is about, the schema knows all others."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from geojeom.messages import column_text, from_column
from geojeom.schemas import SCHEMAS


def table(schema: str, rows: int | None = None, *, geometry: Any = None, crs: Any = "EPSG:5179", **columns: Any) -> Any:
    """A table with every column of its schema, each of the type it has there; what is not told is null.

    ``rows`` is needed only where no column is a list. Raises KeyError for a column that the schema lacks.
    """
    shapes = SCHEMAS[schema].columns
    if strange := set(columns) - set(shapes):
        raise KeyError(f"{schema} has no {', '.join(sorted(strange))}")
    told = [len(values) for values in columns.values() if hasattr(values, "__len__") and not isinstance(values, str)]
    index = pd.RangeIndex(rows if rows is not None else next(iter(told)))
    frame = pd.DataFrame({name: _column(columns.get(name), index, shape) for name, shape in shapes.items()}, index)
    return frame if geometry is None else gpd.GeoDataFrame(frame, geometry=geometry, crs=crs)


def said(column: Any) -> list[str]:
    """What a column of remarks says, "Korean / English"; an empty text where it is null."""
    return [column_text(from_column(text)) for text in column]


def of_rows(schema: str, names: list[str], rows: list[tuple[Any, ...]]) -> Any:
    """A table of the schema from rows that tell the named columns."""
    return table(schema, **{name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})


def _column(values: Any, index: pd.Index, shape: Any) -> pd.Series:
    series = pd.Series(values, dtype=object) if hasattr(values, "__len__") and not isinstance(values, str) else None
    series = pd.Series([values] * len(index), index, dtype=object) if series is None else series.set_axis(index)
    kind = str(shape.dtype)
    return series.astype("str" if kind.startswith("str") else kind)
