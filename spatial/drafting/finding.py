"""What a file seems to be: the entry of a region file it would make, and the words for it in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Box = tuple[float, float, float, float]

SEEMS = {
    "boundary": ("지역의 경계로 보입니다", "looks like the region's outline"),
    "zones": ("행정구역 경계로 보입니다", "looks like the borders of administrative zones"),
    "candidates": ("후보지구로 보입니다", "looks like candidate districts"),
    "streets": ("도로로 보입니다", "looks like streets"),
    "land": ("물, 녹지, 철도 등의 지도로 보입니다", "looks like a map of water, green and railways"),
    "buildings": ("건물로 보입니다", "looks like buildings"),
    "facilities": ("시설로 보입니다", "looks like facilities"),
    "dem": ("표고로 보입니다", "looks like heights"),
    "protected": ("보전·보호 구역으로 보입니다", "looks like protected land"),
    "zoning": ("용도지역으로 보입니다", "looks like zones of land use"),
    "parcels": ("필지로 보입니다", "looks like parcels of land"),
    "parcel_tables": ("필지별 표로 보입니다", "looks like a table by parcel"),
    "history": ("구역별 연도별 표로 보입니다", "looks like a table by zone and year"),
    "resident_register": ("주민등록 연령별 인구로 보입니다", "looks like the resident register by age"),
    "zone_table": ("구역별 표로 보입니다", "looks like a table by zone"),
    "sgis_grid": ("통계청 격자 통계로 보입니다", "looks like grid statistics of Statistics Korea"),
    "polygons": ("값이 있는 면으로 보입니다", "looks like polygons with counts"),
    "points": ("값이 있는 점으로 보입니다", "looks like points with counts"),
    "raster": ("인구 래스터로 보입니다", "looks like a raster of people"),
    "timetable": (
        "대중교통 시간표(GTFS)로 보입니다. 지역 파일에는 자리가 없습니다",
        "looks like a timetable of public transport (GTFS), for which a region file has no place",
    ),
    "places": (
        "좌표가 있는 표이지만 어떤 시설인지 알 수 없습니다. `facility:`에 적으면 쓸 수 있습니다",
        "a table with coordinates, of what cannot be told: say it under `facility:` and it can be used",
    ),
    "unknown": ("무엇인지 알 수 없습니다", "cannot be told what it is"),
}


@dataclass(frozen=True)
class Finding:
    """A file and the entry it would make.

    ``key`` is the key under ``sources`` (or boundary, candidates), "" where a region file has no place for the file;
    ``spec`` the entry but for its path; ``seems`` names the words for it in ``SEEMS``; ``box`` is where the file lies,
    in degrees; ``why`` says why it is not used, where it is not. ``size`` ranks files of one kind: the largest first.
    """

    path: Path
    key: str
    seems: str
    spec: dict[str, Any] = field(default_factory=dict)
    box: Box | None = None
    size: int = 0
    why: str = ""

    @property
    def kind(self) -> str:
        """``spec["kind"]``, where the entry has one."""
        return str(self.spec.get("kind", ""))
