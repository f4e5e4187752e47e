"""The shape of the national minimum of everyday services (data/minimum.yaml)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from geojeom.models import Strict
from geojeom.quantities import DriveKmh, DriveMin, WalkKmh, WalkMin
from spatial.config.catalogue import Evidence


class Within(Strict):
    """A facility of this kind must be within ``minutes`` of home, on foot or by vehicle."""

    mode: Literal["walk", "drive"]
    minutes: DriveMin
    evidence: Evidence


class Minimum(Strict):
    """Minutes per kind of facility, the speeds they are meant at, and whose homes count for a district."""

    source: str
    walk_kmh: WalkKmh
    drive_kmh: DriveKmh
    speed_source: str
    around_walk_min: WalkMin
    kinds: dict[str, Within] = Field(min_length=1)
