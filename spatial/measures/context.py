"""What a measure looks at, and what it answers: one number per district, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark
from spatial.config.catalogue import Programme
from spatial.config.minimum import Minimum

if TYPE_CHECKING:  # who holds a workbook against its land needs no kernels of travel times
    from spatial.districts.travel import DistrictTravel
    from spatial.streets.network import Network

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """Where people live and what they need near them: tables (docs/files.md), streets, the standard of services."""

    cells: gpd.GeoDataFrame
    facilities: gpd.GeoDataFrame
    network: Network
    cell_area_m2: float
    minimum: Minimum


@dataclass(frozen=True)
class Context(Ground):
    """A region as the measures see it: its ground, candidates, records of the land, and the round's rules."""

    districts: gpd.GeoDataFrame
    travel: DistrictTravel
    programme: Programme | None
    zoning: gpd.GeoDataFrame
    parcels: gpd.GeoDataFrame
    history: pd.DataFrame

    def column(self, name: str) -> Floats:
        """A column of the cells as floats.

        Parameters
        ----------
        name : str
            The column.

        Returns
        -------
        float64 (C,)
            NaN where unknown.

        Raises
        ------
        ValueError
            Where the cells have no such column of numbers.
        """
        if name not in self.cells.columns or name in ("cell_id", "zone_id", "geometry"):
            raise ValueError(f"the cells have no column of numbers {name!r}")
        figures: Floats = self.cells[name].to_numpy(float, na_value=np.nan)
        return figures

    def scope(self, walk_min: float | None, drive_min: float | None) -> Bools:
        """The cells a measure counts: those inside the district, or all within minutes of it by one mode.

        Parameters
        ----------
        walk_min, drive_min : float or None
            Minutes on foot or by car; both None for the district's own cells.

        Returns
        -------
        bool (D, C)
            A row per district.

        Raises
        ------
        ValueError
            For both, and for minutes beyond those that travel is known for.
        """
        if walk_min is not None and drive_min is not None:
            raise ValueError("give walk_min or drive_min, not both")
        if walk_min is None and drive_min is None:
            return self.travel.inside
        seconds, limit_s = self.reach("walk" if walk_min is not None else "drive")
        minutes = walk_min if walk_min is not None else drive_min
        assert minutes is not None
        if not 0 < minutes * 60 <= limit_s:
            raise ValueError(f"{minutes:g} minutes: travel is known up to {limit_s / 60:g}")
        return seconds <= minutes * 60

    def reach(self, mode: str) -> tuple[NDArray[np.float32], float]:
        """Seconds from each district to each cell, and the limit they are known to.

        Parameters
        ----------
        mode : str
            ``walk`` or ``drive``.

        Returns
        -------
        travel_s : float32 (D, C)
            Infinite beyond the limit.
        limit_s : float
            Seconds.

        Raises
        ------
        ValueError
            For another mode.
        """
        if mode == "walk":
            return self.travel.walk_s, self.travel.walk_limit_s
        if mode == "drive":
            return self.travel.drive_s, self.travel.drive_limit_s
        raise ValueError(f"mode is walk or drive, not {mode!r}")


@dataclass
class Measured:
    """Values (D,), NaN where there is none; per district why not, and how it was estimated; the layers it rests on.

    ``layers`` are columns of the cells, ``facilities``, ``streets``, ``zoning``, ``history``, ``parcels`` or
    ``proposal``; ``apart`` has those of districts that rest on others.
    """

    value: Floats
    layers: tuple[str, ...]
    missing: list[Remark | None] = field(default_factory=list)
    notes: list[list[Remark]] = field(default_factory=list)
    apart: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start with no remarks."""
        self.missing = self.missing or [None] * self.value.size
        self.notes = self.notes or [[] for _ in range(self.value.size)]

    def layers_of(self, row: int) -> tuple[str, ...]:
        """The layers the value of one district rests on."""
        return self.apart.get(row, self.layers)


def travel_layers(walk_min: float | None, drive_min: float | None) -> tuple[str, ...]:
    """The layers a scope rests on."""
    return () if walk_min is None and drive_min is None else ("streets",)


def say_unknown(out: Measured, row: int, columns: tuple[str, ...], known: Bools) -> None:
    """Note that some of the cells counted for a district lack a figure; a value made of none is missing."""
    lost = int(known.size - known.sum())
    if not known.any():
        out.value[row] = np.nan
        out.missing[row] = Remark("measure.no_data", columns=columns)
    elif lost:
        out.notes[row].append(Remark("measure.unknown_cells", lost=lost, all=known.size, columns=columns))
