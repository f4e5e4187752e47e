"""What a committee asks of a ranking: papers behind what a proposal claims, and the call's table of points."""

from __future__ import annotations

from pydantic import Field

from geojeom.models import Day, Strict, Text
from geojeom.quantities import Points


class Paper(Strict):
    """A paper behind a criterion of a district: an agreement, a memorandum, a resolution."""

    district: str = Field(min_length=1)
    criterion: str = Field(min_length=1)
    name: str = Field(min_length=1)
    date: Day
    file: str | None = None


class PointsItem(Strict):
    """An item of the call's table of points, what of ours stands for it, and how the team spreads 100 points itself."""

    item: Text
    points: Points | None = None
    criteria: list[str] = []
    evidence: str | None = None
    own: Points | None = None
