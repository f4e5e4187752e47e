"""What a region file says of the city's own plans: which they are, and that a better roll-out is looked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from geojeom.models import Strict
from geojeom.quantities import SearchS


class PlanFile(Strict):
    """A plan of the city's own: a workbook (.xlsx, .ods), as `geojeom plan new` writes it."""

    path: str


def _plan(value: object) -> object:
    """A plan may stand as the path that it is."""
    return {"path": value} if isinstance(value, str) and value != TEMPLATE else value


# The template that ``plan`` of the region file names, among its plans.
TEMPLATE = "default"
Plan = Annotated[PlanFile | Literal["default"], BeforeValidator(_plan)]


class Rollout(Strict):
    """That a better roll-out of the city's plan is looked for, and for how long; the bound takes its own time.

    ``frontier``: also for less money and for more, each for as long.
    """

    seconds: SearchS = 60.0
    frontier: bool = False
