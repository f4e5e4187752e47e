"""What a plan is held against: a region's cells, zones, candidates and facilities, its services and its round."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geojeom.messages import Remark
from geojeom.models import Text
from geojeom.places import short_names
from simulation.plans.catalogue import ServiceCatalogue, Settings
from simulation.plans.people import present
from simulation.plans.siting import CityCells
from simulation.workbook.land import Land
from simulation.workbook.layout import plain
from simulation.workbook.values import NoValueError
from spatial.config.catalogue import Programme

LON_LAT = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,/ ]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class City:
    """A region as a plan sees it.

    ``cells`` (C rows) and ``facilities`` with geometry in one CRS in metres; ``inside`` and ``drive_s`` (C,) by
    district; ``services`` is the region's catalogue as written (YAML's values), ``programme`` None where no round's
    rules hold; ``sources`` are the names of those of a layer of the cells, or of a kind of facility.
    """

    region: str
    name: Text
    cells: gpd.GeoDataFrame
    zones: pd.DataFrame
    districts: pd.DataFrame
    facilities: gpd.GeoDataFrame
    inside: Mapping[str, NDArray[np.bool_]]
    drive_s: Mapping[str, NDArray[np.float32]]
    services: Mapping[str, Any]
    settings: Settings
    programme: Programme | None
    land: Callable[[str], Land]
    budget_krw_year: int | None = None
    fingerprint: str = ""
    sources: Mapping[str, Sequence[Remark]] = field(default_factory=dict)

    @property
    def months(self) -> int:
        """Months simulated."""
        return 12 * self.settings.years

    @cached_property
    def catalogue(self) -> ServiceCatalogue:
        """The region's services, checked."""
        return ServiceCatalogue.model_validate(self.services)

    def called(self, hub: str, language: str) -> str:
        """The name of a candidate; in English the one that its proposal has, where it has any.

        Parameters
        ----------
        hub : str
            A candidate's id.
        language : str
            ``ko`` or ``en``.

        Returns
        -------
        str
            The name.
        """
        own = self.districts.set_index("district_id").loc[hub]
        english = own.get("name_en")
        return str(english if language == "en" and isinstance(english, str) else own["name"])

    @cached_property
    def ground(self) -> CityCells:
        """Cells as a plan is laid on them."""
        xy_m = self.cells[["x_m", "y_m"]].to_numpy(dtype=np.float64)
        return CityCells(xy_m, present(self.cells), self.cells["zone_id"])

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each cell by its code."""
        return {str(code): row for row, code in enumerate(self.cells["cell_id"])}

    @cached_property
    def _hubs(self) -> _Named:
        english = self.districts.dropna(subset="name_en") if "name_en" in self.districts else self.districts.head(0)
        codes = [*self.districts["district_id"], *english["district_id"]]
        return _Named(codes, [*self.districts["name"], *english.get("name_en", ())])

    @cached_property
    def _zones(self) -> _Named:
        return _Named(self.zones["zone_id"], self.zones["name"], short_names)

    @cached_property
    def _places(self) -> _Named:
        named = self.facilities["name"].reset_index(drop=True).dropna()
        return _Named(named.index, named)

    def hub(self, text: str) -> str:
        """The candidate that a cell names.

        Parameters
        ----------
        text : str
            Its id or name, in either language.

        Returns
        -------
        str
            Its id.

        Raises
        ------
        NoValueError
            Where none has that id or name, or several do.
        """
        found = self._hubs.of(text)
        if len(found) > 1:
            raise NoValueError(Remark("workbook.several", found=text, ids=found))
        if not found and len(zones := self._zones.of(text)) == 1:
            raise NoValueError(Remark("workbook.hub_zone", found=text, code=zones[0]))
        if not found:
            rows = zip(self.districts["district_id"], self.districts["name"], strict=True)
            raise NoValueError(Remark("workbook.no_hub", found=text, names=[f"{code} {name}" for code, name in rows]))
        return found[0]

    @cached_property
    def zone_words(self) -> dict[str, str]:
        """What a cell names each zone by, by code: its name, or the code where others have the name."""
        codes, names = self.zones["zone_id"].astype(str), self.zones["name"].astype(str)
        twice = names.duplicated(keep=False)
        return dict(zip(codes, codes.where(twice, names), strict=True))

    def zone(self, text: str) -> str:
        """The zone that a cell names.

        Parameters
        ----------
        text : str
            Its code or name, the wider units it lies in or without them.

        Returns
        -------
        str
            Its code.

        Raises
        ------
        NoValueError
            Where none has that code or name, or several do.
        """
        found = self._zones.of(text)
        if len(found) > 1:
            raise NoValueError(Remark("workbook.several", found=text, ids=found))
        if not found:
            raise NoValueError(Remark("workbook.no_zone", found=text))
        return found[0]

    def site(self, text: str) -> int:
        """The cell that a site names.

        Parameters
        ----------
        text : str
            A grid code, longitude and latitude in degrees, or a facility's name.

        Returns
        -------
        int
            Row of the cell.

        Raises
        ------
        NoValueError
            Where it names none, several, or one outside the region.
        """
        typed = unicodedata.normalize("NFKC", text)
        row = self.row_of.get(re.sub(r"\s", "", typed))
        if row is not None:
            return row
        if (pair := LON_LAT.fullmatch(typed)) is not None:
            lon, lat = map(float, pair.groups())
            return self._at(lon, lat, text)
        places = self._places.of_name(text)
        if not places:
            raise NoValueError(Remark("workbook.no_site", found=text))
        rows = {self._cell_of(self.facilities.geometry.iloc[int(place)]) for place in places}
        if len(rows) > 1:
            raise NoValueError(Remark("workbook.site_several", found=text, n=len(places)))
        row = rows.pop()
        if row is None:
            raise NoValueError(Remark("workbook.site_outside", found=text))
        return row

    def _at(self, lon: float, lat: float, text: str) -> int:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise NoValueError(Remark("workbook.site_swapped", found=text))
        row = self._cell_of(self._point(lon, lat))
        if row is not None:
            return row
        if -90 <= lon <= 90 and self._cell_of(self._point(lat, lon)) is not None:
            raise NoValueError(Remark("workbook.site_swapped", found=text))
        raise NoValueError(Remark("workbook.site_outside", found=text))

    def _point(self, lon: float, lat: float) -> shapely.Point:
        return shapely.Point(*self._projection.transform(lon, lat))

    def lon_lat(self, cell: int) -> str:
        """The centre of a cell as a site is written: longitude and latitude.

        Parameters
        ----------
        cell : int
            Row of the cell.

        Returns
        -------
        str
            Degrees (WGS 84) with five digits behind the point, about a metre.
        """
        x_m, y_m = self.ground.xy_m[cell]
        lon, lat = self._projection.transform(x_m, y_m, direction="INVERSE")
        return f"{lon:.5f}, {lat:.5f}"

    @cached_property
    def _projection(self) -> Transformer:
        return Transformer.from_crs(4326, self.cells.crs, always_xy=True)

    def _cell_of(self, point: shapely.Point) -> int | None:
        if not np.isfinite([point.x, point.y]).all():
            return None
        hits = self.cells.sindex.query(point, predicate="intersects")
        return int(hits.min()) if hits.size else None


class _Named:
    """What cells name by a code or a name: each code's name, as it is written, as it is compared, and shortened."""

    def __init__(
        self, codes: Iterable[object], names: Iterable[object], shortened: Callable[[str], list[str]] | None = None
    ) -> None:
        self._codes: set[str] = set()
        self._written, self._alike, self._short = (defaultdict[str, list[str]](list) for _ in range(3))
        for code, name in zip(map(str, codes), map(str, names), strict=True):
            self._codes.add(code)
            # A name that is the same in both languages is one.
            for held, called in ((self._written, name), (self._alike, _alike(name))):
                if code not in held[called]:
                    held[called].append(code)
            for short in shortened(name) if shortened else ():
                self._short[_alike(short)].append(code)

    def of(self, text: str) -> list[str]:
        """The codes a cell may mean, by a code or a name."""
        return [text] if text in self._codes else self.of_name(text)

    def of_name(self, text: str) -> list[str]:
        """The codes of a name to the letter, else of one alike, else of one without what it lies in."""
        alike = _alike(text)
        return self._written.get(text) or self._alike.get(alike) or self._short.get(alike, [])


def _alike(name: str) -> str:
    """A place's name as it is compared: 종로1.2.3.4가동 is 종로1·2·3·4가동."""
    return re.sub("[.,]", "", plain(name)) or plain(name)
