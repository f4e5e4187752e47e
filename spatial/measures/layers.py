"""Which of a region's sources fill a layer, and what they are called."""

from __future__ import annotations

from pathlib import Path

from geojeom.messages import Remark, in_both
from spatial.config.region import Counts, Facilities, FacilityTable, Raster, Region, ResidentRegister, Spec, path_of
from spatial.store.entries import entries

# Counts also depend on the columns a source gives.
LAYER_SOURCES: dict[str, tuple[str, ...]] = {
    "buildings": ("buildings",),
    "old_buildings": ("buildings",),
    "undated_buildings": ("buildings",),
    "floor_area_m2": ("buildings",),
    "slope_deg": ("dem",),
    "elevation_m": ("dem",),
    "developable_m2": ("dem", "land", "protected"),
    "protected_m2": ("protected",),
    "water_m2": ("land",),
    "facilities": ("facilities",),
    "streets": ("streets",),
    "zoning": ("zoning",),
    "history": ("history",),
}
# Layers of stops, and the kind of facility that is counted where no table does.
STOPS = {"transit_stops": "transit_stop", "subway_stations": "subway_station"}
# Layers of the parcels, and the key by which a source says that it gives them.
PARCEL_FIGURES = {"land_price": "price", "public_land": "owner"}


def named(source: Spec) -> Remark | None:
    """Who a source is from, and its file.

    Parameters
    ----------
    source : Spec
        An entry of the region file.

    Returns
    -------
    Remark or None
        None where the entry names neither; a stated total has no file.
    """
    holder, path = source.attribution, path_of(source)
    if holder and path:
        return Remark("source.file", holder=in_both(holder), file=Path(path).name)
    stated = in_both(holder) if holder else Path(path).name if path else None
    return None if stated is None else Remark("stated", text=stated)


def sources(layer: str, region: Region) -> list[Spec]:
    """The entries of the region file that fill a layer.

    Parameters
    ----------
    layer : str
        A column of cells.parquet or a key of ``LAYER_SOURCES``, ``PARCEL_FIGURES`` or ``STOPS``; or ``proposal``.
    region : Region
        The region.

    Returns
    -------
    list of Spec
        In the order of the region file; empty where nothing fills it.
    """
    if layer == "proposal":
        return [region.candidates]
    if layer in PARCEL_FIGURES:
        parcels = [entry.spec for entry in entries(region, "parcels", "parcel_tables")]
        return [spec for spec in parcels if getattr(spec, PARCEL_FIGURES[layer])]
    if layer in LAYER_SOURCES:
        return [entry.spec for kind in LAYER_SOURCES[layer] for entry in entries(region, kind)]
    counted: list[Spec] = [source for source in region.sources.counts if layer in _gives(source)]
    # What no table counts is counted from the facilities.
    return counted or (facilities_of(STOPS[layer], region) if layer in STOPS else [])


def facilities_of(kind: str, region: Region) -> list[Spec]:
    """The sources of facilities that may have some of a kind.

    Parameters
    ----------
    kind : str
        A kind of facility.
    region : Region
        The region.

    Returns
    -------
    list of Spec
        In the order of the region file. One that names no kinds may have any.
    """
    return [source for source in region.sources.facilities if _may_have(source, kind)]


def _may_have(source: Facilities, kind: str) -> bool:
    if isinstance(source, FacilityTable):
        return source.facility in (None, kind)
    return not source.kinds or kind in source.kinds


def _gives(source: Counts) -> set[str]:
    """The columns a source of counts fills."""
    if isinstance(source, ResidentRegister):
        return {"population", "elderly", "youth"}
    return {source.gives} if isinstance(source, Raster) else set(source.columns)
