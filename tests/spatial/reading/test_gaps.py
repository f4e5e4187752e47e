"""Gaps in the region's outline: which hold a cell's centre and are filled, and which are the outline's own."""

import pytest
import shapely

from spatial.reading.gaps import without_gaps

SQUARE = shapely.box(0, 0, 1_000, 1_000)


@pytest.mark.parametrize(
    ("gap", "cells"),
    [
        # A few square metres around the centre of a cell, and the same beside it.
        (shapely.box(449, 449, 452, 452), 1),
        (shapely.box(420, 420, 423, 423), 0),
        # A hole of most of a cell, and one larger than a cell.
        (shapely.box(410, 410, 490, 490), 1),
        (shapely.box(400, 400, 500, 501), 0),
        # A sliver of 4 m along a column of ten centres, from edge to edge; one of 19 m; a channel of 30 m.
        (shapely.box(448, -10, 452, 1_010), 10),
        (shapely.box(440.5, -10, 459.5, 1_010), 10),
        (shapely.box(435, -10, 465, 1_010), 0),
        # A sliver that ends inside, across four centres.
        (shapely.box(-10, 449, 400, 451), 4),
    ],
)
def test_cells_in_a_gap(gap: shapely.Polygon, cells: int) -> None:
    found, filled = without_gaps(SQUARE.difference(gap), 100)
    assert filled == cells
    lost = gap.intersection(SQUARE).area
    assert found.area == pytest.approx(1_000_000 - (0 if cells else lost), abs=1)
    assert found.is_valid


def test_an_outline_without_such_gaps_stays_as_it_is() -> None:
    # Corners, points and notches of all kinds, none of them narrow where a centre is.
    star = shapely.Polygon([(0, 0), (1_000, 40), (300, 300), (40, 1_000)])
    assert without_gaps(star, 100)[0] is star
