"""Regular squares of a metric CRS: which square holds a point, which squares lie in an area."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.reading.boundary import Area, Box

Index = NDArray[np.int64]


@dataclass(frozen=True)
class SquareGrid:
    """Squares of ``size_m`` filling a window, row by row from the south-west: square = row * columns + column.

    ``west`` and ``south`` are whole multiples of ``size_m``, so squares coincide with the grid's whatever the window.
    A square owns its west and south edges.
    """

    size_m: int
    west: int
    south: int
    columns: int
    rows: int

    @staticmethod
    def over(bounds: Box, size_m: int) -> SquareGrid:
        """The smallest lattice that covers a box given in metres.

        Parameters
        ----------
        bounds : Box
            West, south, east, north in metres.
        size_m : int
            The side of a square.

        Returns
        -------
        SquareGrid
            The box's eastern and northern edges lie in it too.
        """
        west, south = (int(np.floor(v / size_m)) for v in bounds[:2])
        east, north = (int(np.floor(v / size_m)) + 1 for v in bounds[2:])
        return SquareGrid(size_m, west * size_m, south * size_m, east - west, north - south)

    def __len__(self) -> int:
        return self.columns * self.rows

    def bounds(self) -> Box:
        """West, south, east, north in metres.

        Returns
        -------
        Box
            Of all squares.
        """
        west, south = float(self.west), float(self.south)
        return (west, south, west + self.columns * self.size_m, south + self.rows * self.size_m)

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """X and y of all centres, in square order.

        Returns
        -------
        x_m, y_m : float64 (N,)
            Metres.
        """
        x = self.west + (np.arange(self.columns) + 0.5) * self.size_m
        y = self.south + (np.arange(self.rows) + 0.5) * self.size_m
        return np.tile(x, self.rows), np.repeat(y, self.columns)

    def at(self, x_m: ArrayLike, y_m: ArrayLike) -> Index:
        """The square each point lies in; -1 outside the window or where a coordinate is NaN.

        Parameters
        ----------
        x_m, y_m : array (n,)
            Points, in metres.

        Returns
        -------
        int64 (n,)
            Numbers of squares.
        """
        with np.errstate(invalid="ignore"):
            column = np.floor((np.asarray(x_m, float) - self.west) / self.size_m)
            row = np.floor((np.asarray(y_m, float) - self.south) / self.size_m)
            inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        return np.where(inside, np.where(inside, row, 0) * self.columns + np.where(inside, column, 0), -1).astype(
            np.int64
        )

    def within(self, polygon: shapely.Polygon | shapely.MultiPolygon) -> NDArray[np.bool_]:
        """Which squares have their centre in an area.

        Parameters
        ----------
        polygon : geometry
            In the CRS of the squares.

        Returns
        -------
        bool (N,)
            In square order.
        """
        x, y = self.centres()
        shapely.prepare(polygon)
        west, south, east, north = polygon.bounds
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        held = np.zeros(len(self), dtype=bool)
        held[near] = shapely.contains_xy(polygon, x[near], y[near])
        return held

    def owner(self, polygons: gpd.GeoSeries) -> Index:
        """For each square the first polygon (by row number) that holds its centre, or -1.

        Parameters
        ----------
        polygons : GeoSeries
            In the CRS of the squares.

        Returns
        -------
        int64 (N,)
            Row numbers.
        """
        x, y = self.centres()
        owner = np.full(len(self), -1, dtype=np.int64)
        for number, polygon in reversed(list(enumerate(polygons))):
            west, south, east, north = polygon.bounds
            near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
            shapely.prepare(polygon)
            owner[near[shapely.contains_xy(polygon, x[near], y[near])]] = number
        return owner


def cell_centres(area: Area) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """X and y of the centres of a region's cells, in the order of ``cells.parquet``.

    Parameters
    ----------
    area : Area
        The region's.

    Returns
    -------
    x_m, y_m : float64 (C,)
        Metres.
    """
    lattice = SquareGrid.over(area.metres, area.cell_size_m)
    inside = lattice.within(area.polygon)
    x, y = lattice.centres()
    return x[inside], y[inside]


def squares(x_m: NDArray[np.float64], y_m: NDArray[np.float64], size_m: int) -> NDArray[np.object_]:
    """Squares around centres, as polygons.

    Parameters
    ----------
    x_m, y_m : float64 (n,)
        Centres, in metres.
    size_m : int
        The side of a square.

    Returns
    -------
    geometry (n,)
        Polygons.
    """
    half = size_m / 2
    return np.asarray(shapely.box(x_m - half, y_m - half, x_m + half, y_m + half))


def overlap_m2(
    x_m: NDArray[np.float64], y_m: NDArray[np.float64], size_m: int, polygons: NDArray[np.object_]
) -> NDArray[np.float64]:
    """Area of each square that the union of some polygons covers, in m²; overlaps among them count once.

    A long river has thousands of vertices: it is cut to tiles of 16 squares first, so each square meets a short piece.

    Parameters
    ----------
    x_m, y_m : float64 (n,)
        Centres of squares, in metres.
    size_m : int
        The side of a square.
    polygons : geometry (p,)
        In the same CRS.

    Returns
    -------
    float64 (n,)
        0 to ``size_m``².
    """
    covered = np.zeros(len(x_m))
    if len(polygons) == 0 or len(x_m) == 0:
        return covered
    tree = shapely.STRtree(polygons)
    tile_m = 16 * size_m
    tiles, member = np.unique(np.floor(np.column_stack([x_m, y_m]) / tile_m), axis=0, return_inverse=True)
    boxes = shapely.box(*(tiles.T * tile_m), *((tiles.T + 1) * tile_m))
    pieces = np.full(len(tiles), shapely.Polygon(), dtype=object)
    tile, polygon = tree.query(boxes, predicate="intersects")
    for number in np.unique(tile):
        parts = shapely.intersection(polygons[polygon[tile == number]], boxes[number])
        pieces[number] = shapely.union_all(parts)
    member = member.ravel()
    filled = ~shapely.is_empty(pieces)
    near = np.flatnonzero(filled[member])
    covered[near] = shapely.area(shapely.intersection(squares(x_m[near], y_m[near], size_m), pieces[member[near]]))
    return np.minimum(covered, size_m**2)
