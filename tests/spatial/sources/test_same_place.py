"""What is one place: outlines, nodes, tables; and what stays two."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.sources.same_place import told_by

GROUNDS = shapely.box(0, 0, 100, 100)


def repeated(frame: gpd.GeoDataFrame) -> np.ndarray:
    return told_by(frame) != np.arange(len(frame))


def rows(*given: tuple[str | None, object, int], kind: str = "school", count: int = 1) -> gpd.GeoDataFrame:
    """A row per (name, point or polygon, source)."""
    shapes = [shapely.Point(shape) if isinstance(shape, tuple) else shape for _, shape, _ in given]
    return gpd.GeoDataFrame(
        {
            "kind": kind,
            "name": [name for name, _, _ in given],
            "count": pd.array([count] * len(given), dtype="Int64"),
            "source": [source for _, _, source in given],
            "outline": [shape if shape.geom_type == "Polygon" else None for shape in shapes],
        },
        geometry=[shapely.point_on_surface(shape) for shape in shapes],
        crs=5179,
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([("가", (50, 50), 0), ("가", GROUNDS, 0)], [0]),
        ([("가", (50, 50), 0), ("가", GROUNDS, 0), ("가", shapely.box(0, 0, 90, 100), 0)], [0]),  # node, way, relation
        ([("가", (125, 50), 0), ("가", GROUNDS, 0)], [0]),  # at the gate
        ([("가", (150, 50), 0), ("가", GROUNDS, 0)], [0, 1]),  # a branch elsewhere in the street
        ([("가", (50, 50), 0), ("나", GROUNDS, 0)], [0, 1]),  # two schools on one campus
        ([(None, (50, 50), 0), ("가", GROUNDS, 0)], [1]),
        ([("가", (50, 50), 0), (None, GROUNDS, 0)], [0]),
        ([("가", (20, 50), 0), ("나", (80, 50), 0), (None, GROUNDS, 0)], [0, 1]),
        ([(None, (50, 50), 0), (None, GROUNDS, 0)], [0]),
        ([(None, (110, 50), 0), ("가", GROUNDS, 0)], [0, 1]),  # nameless and outside: nothing says they are one
        ([(None, (20, 20), 0), (None, (25, 20), 0)], [0, 1]),
        ([("가", (0, 0), 0), ("가", (60, 0), 1)], [0]),  # a table and the map
        ([("가", (0, 0), 0), ("가", (60, 0), 0)], [0, 1]),  # one file has both
        ([("가 초등학교", (50, 50), 0), ("가초등학교", GROUNDS, 0)], [0]),
        ([("공원", GROUNDS, 0), ("공원", shapely.box(100, 0, 200, 100), 0)], [0, 1]),  # side by side
    ],
)
def test_what_is_one_place(given: list[tuple[str | None, object, int]], kept: list[int]) -> None:
    again = repeated(rows(*given))
    assert [at for at, twice in enumerate(again) if not twice] == kept


def test_stops_of_one_name_across_a_street_are_two_by_each_source() -> None:
    stops = rows(("역", (0, 0), 0), ("역", (0, 20), 0), ("역", (2, 1), 1), ("역", (2, 19), 1), kind="transit_stop")
    assert repeated(stops).tolist() == [False, False, True, True]
    platform = rows(("역", shapely.box(0, 0, 20, 3), 0), ("역", (10, 20), 0), kind="transit_stop")
    assert not repeated(platform).any()


def test_kinds_and_rows_of_several_are_left_alone() -> None:
    assert not repeated(rows(("가", (50, 50), 0), ("가", GROUNDS, 0), count=3)).any()
    both = pd.concat([rows(("가", (50, 50), 0)), rows(("가", GROUNDS, 0), kind="library")], ignore_index=True)
    assert not repeated(both).any()
    assert len(repeated(both[:0])) == 0


def test_each_row_knows_which_one_tells_of_its_place() -> None:
    assert told_by(rows(("가", (50, 50), 0), ("가", GROUNDS, 1), ("나", (300, 0), 1))).tolist() == [0, 0, 2]
    # Whose the nameless outline is cannot be told.
    assert told_by(rows(("가", (20, 50), 0), ("나", (80, 50), 0), (None, GROUNDS, 0))).tolist() == [0, 1, -1]
