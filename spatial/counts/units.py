"""Source units (zones, points, pixels) with their totals, and the squares each may give its people to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from spatial.reading.boundary import Box
from spatial.reading.projection import KOREA, convert
from spatial.reading.provenance import Ledger
from spatial.reading.square_grid import SquareGrid

Floats = NDArray[np.float64]
if TYPE_CHECKING:
    from rasterio.transform import Affine

Ints = NDArray[np.int64]
# A regular hexagon's corners are 0.577 spacings from its centre: no square of it is farther, and few beyond are nearer.
HEXAGON_REACH = 1 / np.sqrt(3)


class Units(Protocol):
    """Totals per unit (columns Int64, null where unknown) and where the units lie."""

    @property
    def totals(self) -> pd.DataFrame:
        """One row per unit."""
        ...

    @property
    def ledger(self) -> Ledger:
        """The account of the source the units come from."""
        ...

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:
        """The squares that each unit may give its people to.

        Parameters
        ----------
        lattice : SquareGrid
            N squares.
        owner : int64 (N,)
            The zone row of each square, -1 for none.

        Returns
        -------
        unit, square : int64 (E,)
            Pairs, units ascending.
        """
        ...


@dataclass(frozen=True)
class ZoneUnits:
    """Units made of zones: ``unit_of_zone`` gives each zone row its unit, -1 for none."""

    totals: pd.DataFrame
    ledger: Ledger
    unit_of_zone: Ints
    zone_x_m: Floats
    zone_y_m: Floats

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:
        """Squares whose centre a zone holds; a zone too small to hold one gives to the square around its middle.

        Parameters
        ----------
        lattice, owner : SquareGrid, int64 (N,)
            As in ``Units.entries``.

        Returns
        -------
        unit, square : int64 (E,)
            Pairs, units ascending.
        """
        square = np.flatnonzero(owner >= 0)
        zone = owner[square]
        small = np.setdiff1d(np.flatnonzero(self.unit_of_zone >= 0), zone)
        middle = lattice.at(self.zone_x_m[small], self.zone_y_m[small])
        small, middle = small[middle >= 0], middle[middle >= 0]
        unit = self.unit_of_zone[np.concatenate([zone, small])]
        return _ascending(unit, np.concatenate([square, middle]))


@dataclass(frozen=True)
class PointUnits:
    """Units given by their centres: each square within reach belongs to the nearest one."""

    totals: pd.DataFrame
    ledger: Ledger
    x_m: Floats
    y_m: Floats
    spacing_m: float

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002 (zones do not matter here)
        """Squares nearer to this centre than to any other and within a hexagon's reach; without any, its own square.

        Parameters
        ----------
        lattice, owner : SquareGrid, int64 (N,)
            As in ``Units.entries``.

        Returns
        -------
        unit, square : int64 (E,)
            Pairs, units ascending.
        """
        from scipy.spatial import cKDTree  # noqa: PLC0415  # a second to import, and few sources need it

        x, y = lattice.centres()
        distance, nearest = cKDTree(np.column_stack([self.x_m, self.y_m])).query(
            np.column_stack([x, y]), distance_upper_bound=self.spacing_m * HEXAGON_REACH
        )
        square = np.flatnonzero(np.isfinite(distance))
        unit = nearest[square].astype(np.int64)
        bare = np.setdiff1d(np.arange(len(self.x_m)), unit)
        own = lattice.at(self.x_m[bare], self.y_m[bare])
        bare, own = bare[own >= 0], own[own >= 0]
        return _ascending(np.concatenate([unit, bare]), np.concatenate([square, own]))


@dataclass(frozen=True)
class PixelUnits:
    """Units that are the pixels of a window of a raster, row by row from its upper left."""

    totals: pd.DataFrame
    ledger: Ledger
    transform: Affine
    width: int
    height: int
    raster_crs: CRS
    crs: CRS

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002 (zones do not matter here)
        """Squares whose centre a pixel holds; a pixel smaller than a square gives to the square around its middle.

        Parameters
        ----------
        lattice, owner : SquareGrid, int64 (N,)
            As in ``Units.entries``.

        Returns
        -------
        unit, square : int64 (E,)
            Pairs, units ascending.
        """
        x, y = convert(*lattice.centres(), self.crs, self.raster_crs)
        column, row = ~self.transform @ (x, y)
        column, row = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
        held = (column >= 0) & (column < self.width) & (row >= 0) & (row < self.height)
        square = np.flatnonzero(held)
        unit = row[square] * self.width + column[square]
        bare = np.setdiff1d(np.arange(self.width * self.height), unit)
        px, py = self.transform @ (bare % self.width + 0.5, bare // self.width + 0.5)
        own = lattice.at(*convert(px, py, self.raster_crs, self.crs))
        bare, own = bare[own >= 0], own[own >= 0]
        return _ascending(np.concatenate([unit, bare]), np.concatenate([square, own]))

    def metres(self) -> Box:
        """Box of all pixels in the region's CRS.

        Returns
        -------
        Box
            West, south, east, north in metres.
        """
        column = np.linspace(0, self.width, self.width + 1)
        row = np.linspace(0, self.height, self.height + 1)
        px = np.concatenate([column, column, 0 * row, 0 * row + self.width])
        py = np.concatenate([0 * column, 0 * column + self.height, row, row])
        px, py = self.transform @ (px, py)
        x, y = convert(px, py, self.raster_crs, self.crs)
        return (float(x.min()), float(y.min()), float(x.max()), float(y.max()))


@dataclass(frozen=True)
class ShapeUnits:
    """Units given by their polygons, in metres of the region's CRS."""

    totals: pd.DataFrame
    ledger: Ledger
    shapes: NDArray[np.object_]

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002 (zones do not matter here)
        """Squares whose centre a polygon holds, the first where several do; one too small gives to its own square.

        Parameters
        ----------
        lattice, owner : SquareGrid, int64 (N,)
            As in ``Units.entries``.

        Returns
        -------
        unit, square : int64 (E,)
            Pairs, units ascending.
        """
        middle = shapely.points(*lattice.centres())
        point, shape = shapely.STRtree(self.shapes).query(middle, predicate="intersects")
        order = np.lexsort((shape, point))
        square, first = np.unique(point[order], return_index=True)
        unit = shape[order][first]
        bare = np.setdiff1d(np.arange(len(self.shapes)), unit)
        inner = shapely.point_on_surface(self.shapes[bare])
        own = lattice.at(shapely.get_x(inner), shapely.get_y(inner))
        bare, own = bare[own >= 0], own[own >= 0]
        return _ascending(np.concatenate([unit, bare]), np.concatenate([square, own]))

    def metres(self) -> Box:
        """Box of all polygons.

        Returns
        -------
        Box
            West, south, east, north in metres.
        """
        west, south, east, north = shapely.total_bounds(self.shapes)
        return (float(west), float(south), float(east), float(north))


@dataclass(frozen=True)
class SquareUnits:
    """Units that are squares of the national grid: lower left corners in EPSG:5179 and their size."""

    totals: pd.DataFrame
    ledger: Ledger
    x_m: Floats
    y_m: Floats
    size_m: int
    crs: CRS

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002 (zones do not matter here)
        """Squares whose centre a unit holds; units smaller than a square give to the square around their middle.

        Parameters
        ----------
        lattice, owner : SquareGrid, int64 (N,)
            As in ``Units.entries``.

        Returns
        -------
        unit, square : int64 (E,)
            Pairs, units ascending.
        """
        x, y = convert(*lattice.centres(), self.crs, KOREA)
        corners = pd.MultiIndex.from_arrays([self.x_m, self.y_m])
        at = corners.get_indexer(pd.MultiIndex.from_arrays([self._corner(x), self._corner(y)]))
        square = np.flatnonzero(at >= 0)
        unit = at[square].astype(np.int64)
        bare = np.setdiff1d(np.arange(len(self.x_m)), unit)
        half = self.size_m / 2
        own = lattice.at(*convert(self.x_m[bare] + half, self.y_m[bare] + half, KOREA, self.crs))
        bare, own = bare[own >= 0], own[own >= 0]
        return _ascending(np.concatenate([unit, bare]), np.concatenate([square, own]))

    def metres(self) -> Box:
        """Box of all squares in the region's CRS.

        Returns
        -------
        Box
            West, south, east, north in metres.
        """
        x = np.concatenate([self.x_m, self.x_m, self.x_m + self.size_m, self.x_m + self.size_m])
        y = np.concatenate([self.y_m, self.y_m + self.size_m, self.y_m, self.y_m + self.size_m])
        x, y = convert(x, y, KOREA, self.crs)
        return (float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def _corner(self, along_m: Floats) -> Floats:
        return np.floor(along_m / self.size_m) * self.size_m


@dataclass(frozen=True)
class TotalUnits:
    """One unit: the whole region."""

    totals: pd.DataFrame
    ledger: Ledger
    polygon: shapely.Polygon | shapely.MultiPolygon

    def entries(self, lattice: SquareGrid, owner: Ints) -> tuple[Ints, Ints]:  # noqa: ARG002 (zones do not matter here)
        """Every square whose centre lies in the region."""
        square = np.flatnonzero(lattice.within(self.polygon))
        return np.zeros(len(square), dtype=np.int64), square


def spacing_m(x_m: Floats, y_m: Floats) -> float:
    """Typical distance between neighbouring points: the median of the distances to the nearest other one."""
    from scipy.spatial import cKDTree  # noqa: PLC0415  # a second to import, and few sources need it

    distance, _ = cKDTree(np.column_stack([x_m, y_m])).query(np.column_stack([x_m, y_m]), k=2)
    apart = distance[:, 1][distance[:, 1] > 0]
    return float(np.median(apart)) if len(apart) else 0.0


def _ascending(unit: Ints, square: Ints) -> tuple[Ints, Ints]:
    held = unit >= 0
    unit, square = unit[held], square[held]
    order = np.lexsort((square, unit))
    return unit[order], square[order]


def around(box: Box, margin_m: float) -> Box:
    """A box widened on every side.

    Parameters
    ----------
    box : Box
        West, south, east, north.
    margin_m : float
        Metres; the box is in metres too.

    Returns
    -------
    Box
        West, south, east, north.
    """
    return (box[0] - margin_m, box[1] - margin_m, box[2] + margin_m, box[3] + margin_m)
