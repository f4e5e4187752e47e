"""The region file: one YAML a planner can write. Unknown keys are refused; whatever is left out is missing."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from geojeom.models import Strict, Text
from geojeom.quantities import BudgetKrw, Cells, Degrees, HeaderRows, Seed, Stated, Zoom
from spatial.config.catalogue import Applicant
from spatial.config.committee import Paper, PointsItem
from spatial.config.own_plans import Plan, Rollout

# What a source of counts may fill in the cell table; each is in whole persons, households, jobs or stops.
CountColumn = Literal["population", "elderly", "youth", "households", "jobs", "transit_stops", "subway_stations"]


def _vintage(text: str) -> str:
    """A vintage is any text; where it is written as a day, that day must exist."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text.strip()):
        try:
            dt.date(*map(int, text.strip().split("-")))
        except ValueError:
            raise ValueError("a day that exists") from None
    return text


def _crs(value: object) -> object:
    """An EPSG code may stand as the number it is."""
    return f"EPSG:{value}" if isinstance(value, int) and not isinstance(value, bool) else value


Vintage = Annotated[str, AfterValidator(_vintage)]
Crs = Annotated[str, BeforeValidator(_crs)]


class Source(Strict):
    """A file and where it comes from; the last three are printed on every map."""

    path: str
    vintage: Vintage = ""
    licence: str = ""
    attribution: str = ""

    def columns_named(self, *keys: str) -> dict[str, str]:
        """The columns of the file that some keys name, by key; without those that name none.

        Parameters
        ----------
        *keys : str
            Keys of the entry whose value is a column's name.

        Returns
        -------
        dict of str
            Key -> column.
        """
        return {key: str(column) for key in keys if (column := getattr(self, key))}


class Boundary(Strict):
    """What the region is: polygons (dissolved; ``select`` keeps rows by column values) or a lon/lat box."""

    path: str | None = None
    crs: Crs | None = None
    select: dict[str, list[str]] = {}
    bbox: tuple[Degrees, Degrees, Degrees, Degrees] | None = None
    vintage: Vintage = ""
    licence: str = ""
    attribution: str = ""

    @model_validator(mode="after")
    def _one(self) -> Boundary:
        if (self.path is None) == (self.bbox is None):
            raise ValueError("give either path or bbox [west, south, east, north] in degrees")
        if self.bbox and not _is_box(self.bbox):
            south, west, north, east = self.bbox
            swapped = "; these look like lat/lon swapped" if _is_box((west, south, east, north)) else ""
            raise ValueError(f"bbox is [west, south, east, north] in degrees{swapped}")
        return self


def _is_box(bbox: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bbox
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


class Zones(Source):
    """Polygons of the smallest units with codes (행정동); ``code`` and ``name`` are columns.

    ``select`` keeps rows by column values. ``sido`` and ``sigungu`` are columns that let tables of other codes or none
    join by name, or ``within`` says what all zones lie in (Statistics Korea's boundaries of one city name neither);
    they are not needed where ``name`` is the full one (강원도 춘천시 신북읍).
    """

    crs: Crs | None = None
    code: str
    name: str
    select: dict[str, list[str]] = {}
    sido: str | None = None
    sigungu: str | None = None
    within: tuple[str, str] | None = None

    @model_validator(mode="after")
    def _one(self) -> Zones:
        if (self.sido is None) != (self.sigungu is None) or (self.sido is not None and self.within is not None):
            raise ValueError("give the columns sido and sigungu, or within: [sido, sigungu], or neither")
        return self


class ResidentRegister(Source):
    """Population by age per zone, as the Ministry of the Interior publishes it: ``name(code)``, age bands, CP949."""

    kind: Literal["resident_register"]


class PlaceNames(Strict):
    """Where a table names places instead of giving codes: a bare name is never enough.

    ``name`` is a column; ``sido`` and ``sigungu`` are columns too, or ``within`` says what all rows lie in.
    """

    name: str
    sido: str | None = None
    sigungu: str | None = None
    within: tuple[str, str] | None = None

    @model_validator(mode="after")
    def _one(self) -> PlaceNames:
        columns = self.sido is not None and self.sigungu is not None
        if columns == (self.within is not None) or (self.sido is None) != (self.sigungu is None):
            raise ValueError("give the columns sido and sigungu, or within: [sido, sigungu]")
        return self


class ZoneTable(Source):
    """One row per zone, or per coarser unit when ``zone_column`` names the zone file's column that holds its code.

    Rows go by ``code``, or by ``names`` where the table has no codes. ``header_rows`` stacked header lines are joined
    with `` / `` (2016 / 합계 / 종사자 / 계).
    """

    kind: Literal["zone_table"]
    code: str | None = None
    names: PlaceNames | None = None
    zone_column: str | None = None
    header_rows: HeaderRows = 1
    columns: dict[CountColumn, str] = Field(min_length=1)

    @model_validator(mode="after")
    def _one(self) -> ZoneTable:
        if (self.code is None) == (self.names is None):
            raise ValueError("give either code (a column) or names")
        if self.names is not None and self.zone_column is not None:
            raise ValueError("zone_column goes with code")
        return self


class Points(Source):
    """Points with counts, e.g. centres of hexagons; lon/lat in degrees."""

    kind: Literal["points"]
    lon: str = "lon"
    lat: str = "lat"
    columns: dict[CountColumn, str] = Field(min_length=1)


class Raster(Source):
    """A raster of counts per pixel (WorldPop-like)."""

    kind: Literal["raster"]
    gives: CountColumn = "population"


class PolygonCounts(Source):
    """Polygons with counts: any vector file, or a table with the polygons as WKT in the column ``geometry``.

    ``id`` names the column that tells units apart, where a unit may stand in several rows (once per zone it touches).
    """

    kind: Literal["polygons"]
    crs: Crs | None = None
    id: str | None = None
    columns: dict[CountColumn, str] = Field(min_length=1)


class SgisGrid(Source):
    """Grid statistics of Statistics Korea: rows of year, cell, statistic and value, with a header or none.

    ``columns`` maps each count to the codes of its statistics (to_in_001), which are added up.
    """

    kind: Literal["sgis_grid"]
    year: str | None = None
    columns: dict[CountColumn, list[str]] = Field(min_length=1)


class Total(Strict):
    """Totals for the whole region as somebody states them, laid on cells by buildings or streets: an estimate."""

    kind: Literal["total"]
    columns: dict[CountColumn, Stated] = Field(min_length=1)
    vintage: Vintage = ""
    licence: str = ""
    attribution: str = Field(min_length=1)


Counts = Annotated[
    ResidentRegister | ZoneTable | Points | Raster | PolygonCounts | SgisGrid | Total, Field(discriminator="kind")
]


class BuildingTable(Source):
    """Buildings as points in a table; ``approved`` is the day of approval (사용승인일), blank where unknown."""

    kind: Literal["table"]
    lon: str = "lon"
    lat: str = "lat"
    approved: str | None = None
    floor_area_m2: str | None = None
    use: str | None = None


class BuildingsOsm(Source):
    """Building outlines from an OSM file: numbers and floor area, no year."""

    kind: Literal["osm"]


Buildings = Annotated[BuildingTable | BuildingsOsm, Field(discriminator="kind")]


class FacilityTable(Source):
    """Facilities in a table; ``facility`` fixes one kind for all rows, ``kind_column`` reads it per row.

    ``count`` is a column with the number of facilities at the point (1 where left out).
    """

    kind: Literal["table"]
    lon: str = "lon"
    lat: str = "lat"
    facility: str | None = None
    kind_column: str | None = None
    name: str | None = None
    opened: str | None = None
    count: str | None = None

    @model_validator(mode="after")
    def _one(self) -> FacilityTable:
        if (self.facility is None) == (self.kind_column is None):
            raise ValueError("give either facility (one kind for all rows) or kind_column")
        return self


class FacilitiesOsm(Source):
    """Facilities from an OSM file by the tag table in ``data/osm_kinds.yaml``.

    ``kinds`` are those the file is complete for; left out, all. A kind the file maps here and there is better unknown.
    """

    kind: Literal["osm"]
    kinds: list[str] = []


Facilities = Annotated[FacilityTable | FacilitiesOsm, Field(discriminator="kind")]


class Polygons(Source):
    """Polygons that matter to planning; ``column`` names what each one is."""

    crs: Crs | None = None
    column: str


class YearlyTable(Source):
    """Figures by zone over the years: one row per zone and year; a blank is a year without a figure."""

    code: str
    year: str
    columns: dict[Literal["population", "businesses"], str] = Field(min_length=1)


class Parcels(Source):
    """Parcels of land (연속지적도): polygons, with the column of their parcel number (PNU) where tables join by it.

    ``price`` (won per square metre) and ``owner`` (소유구분, name or code) are columns where the file itself has them.
    """

    crs: Crs | None = None
    pnu: str | None = None
    price: str | None = None
    owner: str | None = None


class ParcelTable(Source):
    """A table that says of parcels, by number, their price (개별공시지가) or their kind of owner (소유구분).

    ``pnu`` is a column of 19 digits. Where rows are of several years, ``year`` and ``month`` tell which is the latest.
    """

    pnu: str = "고유번호"
    price: str | None = None
    owner: str | None = None
    year: str | None = None
    month: str | None = None

    @model_validator(mode="after")
    def _something(self) -> ParcelTable:
        if self.price is None and self.owner is None:
            raise ValueError("name the column of price or of owner (소유구분)")
        if self.month is not None and self.year is None:
            raise ValueError("month goes with year")
        return self


class Sources(Strict):
    """All sources of a region. What is left out is missing, and said to be, wherever it would have been used.

    ``cross_checks`` are laid on no cell: they are read to see whether ``counts`` can be true. ``density`` gives people
    on finer units than ``counts`` does: only its proportions are used, to place people within their zone.
    """

    streets: Source | None = None
    zones: Zones | None = None
    counts: list[Counts] = []
    cross_checks: list[Counts] = []
    density: Counts | None = None
    buildings: Buildings | None = None
    facilities: list[Facilities] = []
    land: Source | None = None
    dem: Source | None = None
    protected: Polygons | None = None
    zoning: Polygons | None = None
    parcels: Parcels | None = None
    parcel_tables: list[ParcelTable] = []
    history: list[YearlyTable] = []

    @model_validator(mode="after")
    def _parcels(self) -> Sources:
        if self.parcel_tables and (self.parcels is None or self.parcels.pnu is None):
            raise ValueError("parcel_tables need parcels with the column of their number (pnu)")
        named = [source for source in (self.parcels, *self.parcel_tables) if source is not None]
        for figure in ("price", "owner"):
            if sum(getattr(source, figure) is not None for source in named) > 1:
                raise ValueError(f"give the {figure} of parcels in one source")
        if named and not any(source.price or source.owner for source in named):
            raise ValueError("parcels without price and owner say nothing: name a column, or give parcel_tables")
        return self


class Candidates(Source):
    """Candidate districts: polygons with ``district_id``, ``name``, ``kind`` and any of the proposal fields.

    ``zones`` are codes of zones of the region that are candidates as they are, of the kind ``existing``.
    """

    crs: Crs | None = None
    zones: list[str] = []


# What the region file says of one entry.
Spec = Source | Boundary | Total


def path_of(spec: Spec) -> str:
    """The file of an entry; "" where it has none.

    Parameters
    ----------
    spec : Spec
        An entry of the region file.

    Returns
    -------
    str
        As it can be opened, once the region is resolved.
    """
    return "" if isinstance(spec, Total) else spec.path or ""


class Tiles(Strict):
    """Base tiles that maps may show where there is a network: one server, by an address with {z}, {x} and {y}."""

    url: str = Field(max_length=250)
    attribution: str = Field(min_length=1)
    max_zoom: Zoom = 18

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        # The host must be one and known: pages let themselves load images from there and from nowhere else.
        plain = re.fullmatch(r"https?://[\w.-]+(:\d+)?/[^\s\"'`<>\\;,]*", url, re.ASCII)
        if not plain or sorted(re.findall(r"[{][^}]*[}]?|[}]", url)) != ["{x}", "{y}", "{z}"]:
            raise ValueError("give http(s)://host/... with {z}, {x} and {y} once each, and no other braces or quotes")
        return url


class MapOptions(Strict):
    """What the pages' maps show beyond the region's own data."""

    tiles: Tiles | None = None


class Sourced(Strict):
    """What a region is and is read from; one in the making may have no candidates yet."""

    region: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    name: Text
    synthetic: bool = False
    country: str = Field(default="KR", pattern=r"^[A-Z]{2}$")
    crs: Crs | None = None
    cell_size_m: Literal[50, 100, 250, 500] = 100
    # Work and memory grow with the cells: a slip in the boundary is refused.
    cells_max: Cells = 2_000_000
    boundary: Boundary
    sources: Sources
    candidates: Candidates | None = None
    evidence: list[Paper] = []


class Region(Sourced):
    """What a region file says of the region itself."""

    candidates: Candidates
    seed: Seed = 20211108
    budget_krw_year: BudgetKrw | None = None
    applicant: Applicant | None = None
    map: MapOptions | None = None
    plans: list[Plan] = []
    rollout: Rollout | None = None
    points: list[PointsItem] = []


# The round whose rules a region in Korea is held against where its file names none.
KOREAN_ROUND = "2021"


class RegionFile(Region):
    """One region file: the region, and the catalogues and settings that it is judged and simulated by.

    Where ``programme`` is left out, ``round`` says which it is. It goes by ``country``, which the outline is held
    against when it is read (spatial/reading/boundary.py): a region that names none lies in Korea.
    """

    programme: str = ""
    criteria: str = "default"
    profile: str = "balanced"
    services: str = "default"
    plan: str = "default"
    simulation: dict[str, Any] = {}

    @property
    def round(self) -> str | None:
        """The round whose rules the region is held against; None outside Korea, where it names none."""
        return self.programme or (KOREAN_ROUND if self.country == "KR" else None)
