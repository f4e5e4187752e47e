"""The land of a hub: how much of it there is, whose it is, and what its zones of land use allow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np

from simulation.workbook.layout import plain
from spatial.measures.overlay import area_mean
from spatial.sources.zoning import ZoningTable


@dataclass(frozen=True)
class Land:
    """The land of a hub: its outline (one row of districts), zones of land use and parcels, as the region has them.

    ``developable_m2`` is None where the region has no such figures, ``table`` what the decree allows in each zone.
    """

    hub: gpd.GeoDataFrame
    zoning: gpd.GeoDataFrame
    parcels: gpd.GeoDataFrame
    developable_m2: float | None
    table: ZoningTable

    @property
    def area_m2(self) -> float:
        """The area of the hub."""
        return float(self.hub.geometry.area.iloc[0])

    @cached_property
    def public_m2(self) -> float | None:
        """Public land of the hub: by the proposal's share, or else by the owners of its parcels; None if unknown."""
        share = self.hub["public_land_share"].astype(float).iloc[0]
        if np.isnan(share):
            known = self.parcels[self.parcels["public"].notna()]
            shares, _ = area_mean(self.hub.geometry, known.geometry, known["public"].astype(float).to_numpy())
            share = shares[0]
        return None if np.isnan(share) else float(share) * self.area_m2

    @cached_property
    def zones(self) -> set[str]:
        """The zones of land use in the hub."""
        return set(self.zoning.loc[self.zoning.intersection(self.hub.geometry.iloc[0]).area > 0, "code"])

    @property
    def lacking(self) -> list[str]:
        """What the region has no data on."""
        known = {
            "zoning": not self.zoning.empty,
            "developable_m2": self.developable_m2 is not None,
            "public_land_share": self.public_m2 is not None,
        }
        return [name for name, there in known.items() if not there]

    def zone(self, text: str) -> str | None:
        """The code of a zone by its code or name; None where there is none.

        Parameters
        ----------
        text : str
            A code, or a name in either language.

        Returns
        -------
        str or None
            The code.
        """
        names = {plain(word): code for code, zone in self.table.zones.items() for word in (zone.name.ko, zone.name.en)}
        return text if text in self.table.zones else names.get(plain(text))

    def cap(self, column: str, zone: str | None, parcel: gpd.GeoDataFrame | None) -> float | None:
        """The most per cent that may be built: in a zone, on a parcel (the mean over its land), or anywhere in the hub.

        None where the zone lays down nothing, or the region has no zones of land use.

        Parameters
        ----------
        column : str
            ``coverage_max_pct`` or ``floor_area_max_pct``.
        zone : str or None
            The zone's code; None where it is not told.
        parcel : GeoDataFrame or None
            One row, in the region's CRS; None where it is not told.

        Returns
        -------
        float or None
            Per cent of the plot.
        """
        if zone is not None:
            most = getattr(self.table.zones[zone], column)
            return None if most is None else float(most)
        laid = self.zoning[self.zoning[column].notna()]
        if parcel is not None:
            mean = area_mean(parcel.geometry, laid.geometry, laid[column].to_numpy(float))[0][0]
            return None if np.isnan(mean) else float(mean)
        own = laid[laid["code"].isin(self.zones)]
        return None if own.empty else float(own[column].max())
