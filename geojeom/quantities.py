"""Numbers that settings give: unit, the range each can be meant in, where that range is from, and its usual slips.

A ``Quantity`` is written onto a field's type (``Annotated[float, Quantity(...)]``); the check, the words of its fault,
the JSON schema and docs/ranges.md all come from it. A range is drawn by a rule, by arithmetic, or beyond what was read
anywhere, by a factor that differs: nobody needs a way to pass one on purpose. What lies in the range but beyond
``usual`` may be meant and is warned of (geojeom/figures.py). Amounts are in won for every country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from math import isclose
from typing import Annotated, Any, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

WON_UNITS = {"천원": 1e3, "만원": 1e4, "백만원": 1e6, "억원": 1e8, "조원": 1e12}
TIME_SLIPS = {"minutes": 60, "hours": 3600, "milliseconds": 1e-3}
MINUTE_SLIPS = {"seconds": 1 / 60, "hours": 60}


@dataclass(frozen=True)
class Quantity:
    """A plausible range, ends included, and the part of it that is usual.

    ``slips``: another unit -> how many of ours one of it is. ``free``: 0 passes too, though the range begins above it
    (a thing that costs nothing). ``usual`` None: no part of the range is more likely than another. A 0 that passes
    says "none" and is always usual.
    """

    low: float
    high: float
    unit: str
    source: str
    slips: Mapping[str, float] = field(default_factory=dict, hash=False)
    free: bool = False
    usual: tuple[float, float] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A number and no text or truth value, finite, within the range."""
        # Before it is made a whole number, which 1e308 cannot be.
        check = partial(self._plausible, whole=source is int)
        return core_schema.no_info_before_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The range as a JSON schema has it, and unit and source as its description."""
        described = handler(schema)
        described |= {"minimum": 0 if self.free else self.low, "maximum": self.high}
        return described | {"description": f"{self.unit}. Range: {self.source}"}

    @property
    def range(self) -> str:
        """The range in words, without its unit."""
        return f"{'0, or ' if self.free else ''}{number(self.low)} to {number(self.high)}"

    def usually(self, value: float) -> bool:
        """Whether a value that passes is one of those usually given.

        Parameters
        ----------
        value : float
            In the quantity's unit.

        Returns
        -------
        bool
            True for 0, and where no part of the range is usual.
        """
        return self.usual is None or value == 0 or self.usual[0] <= value <= self.usual[1]

    def meant(self, value: float, *, whole: bool, usual: bool = False) -> list[str]:
        """The units a value seems to be in: those in which it would lie in the range.

        Parameters
        ----------
        value : float
            As it was written.
        whole : bool
            Numbers of this quantity are whole; a unit in which the value would be none is not named.
        usual : bool
            Whether it is to lie in the usual part of the range.

        Returns
        -------
        list of str
            For each unit a question and what to write: ``만원? Then write 30,000 (30_000 in YAML)``.
        """
        low, high = self.usual if usual and self.usual else (self.low, self.high)
        inside = {unit: value * factor for unit, factor in self.slips.items() if low <= value * factor <= high}
        return [
            f"{unit}? Then write {written(round(converted) if whole else converted)}"
            for unit, converted in inside.items()
            if not whole or isclose(converted, round(converted), rel_tol=1e-9)
        ]

    def _plausible(self, value: Any, *, whole: bool) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PydanticCustomError("no_number", "a number ({unit})", {"unit": self.unit})
        if self.low <= value <= self.high or (self.free and value == 0):
            return value
        # An integer of 300 digits has no product with a fraction.
        meant = self.meant(value, whole=whole) if abs(value) < 1e300 else []
        raise PydanticCustomError(
            "implausible",
            "{bounds} ({source})",
            {"bounds": f"{self.range} {self.unit}", "source": self.source, "slip": "; or ".join(meant)},
        )


def quantity_of(kind: Any) -> Quantity:
    """The quantity of a field's type (``Annotated[float, Quantity(...)]``).

    Parameters
    ----------
    kind : type
        An annotated type whose first note is a quantity.

    Returns
    -------
    Quantity
        That note.
    """
    quantity: Quantity = get_args(kind)[1]
    return quantity


def number(value: float) -> str:
    """A number with thousands apart, and no more digits than it takes.

    Parameters
    ----------
    value : float
        The number.

    Returns
    -------
    str
        Whole where it is an int or at least 1,000; else of six significant digits.
    """
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.6g}"


def written(value: float) -> str:
    """A number as a text shows it and, where that differs, as YAML reads it."""
    shown = number(value)
    return f"{shown} ({shown.replace(',', '_')} in YAML)" if "," in shown else shown


ARITHMETIC = "by what the word means"
CHOICE = "this project's choice"
# No figure of a city lies beyond these, whatever its unit; it keeps infinity and NaN out.
Number = Annotated[float, Quantity(-1e15, 1e15, "in the unit of what it is held to", CHOICE)]
Share = Annotated[float, Quantity(0, 1, "as a share of 1", ARITHMETIC, {"per cent": 0.01})]
Spread = Annotated[float, Quantity(0, 0.99, "as a share of the parameter", ARITHMETIC, {"per cent": 0.01})]
Weight = Annotated[float, Quantity(0, 1e6, "as a relative weight", CHOICE)]
SomeWeight = Annotated[float, Quantity(1e-6, 1e6, "as a relative weight", CHOICE)]
Points = Annotated[float, Quantity(0, 1000, "points", CHOICE)]
Judgement = Annotated[float, Quantity(0.11, 9.01, "times as important, 1/9 to 9", "Saaty's scale")]

# Money. Unit prices read: 258 thousand won (a parking sensor) to 9.6 billion (a city's digital twin).
PriceKrw = Annotated[
    int,
    Quantity(
        1e5,
        1e11,
        "won a unit",
        "prices in the press: 258 thousand to 9.6 billion won",
        WON_UNITS,
        free=True,
        usual=(2.5e5, 1e10),
    ),
]
CeilingKrw = Annotated[
    int,
    Quantity(1e8, 1e12, "won", "rounds so far: 1 billion to 43 billion won a site", WON_UNITS, usual=(1e9, 1e11)),
]
BudgetKrw = Annotated[
    int,
    Quantity(
        1e10,
        1e15,
        "won a year",
        "a tenth of the smallest county's budget to 20 times Seoul's",
        WON_UNITS,
        usual=(1e11, 5e13),
    ),
]
OpexShare = Annotated[
    float,
    Quantity(
        0,
        2,
        "of the capital a year",
        "0.08 for hardware to 1 and more where operation leads",
        {"per cent": 0.01},
        usual=(0.01, 1),
    ),
]

# Times and dates.
ReachS = Annotated[
    float,
    Quantity(60, 7200, "seconds", "a walk of a minute to two hours by car", TIME_SLIPS, usual=(60, 3600)),
]
DecayS = Annotated[
    float, Quantity(60, 14400, "seconds", "a walk of a minute to four hours", TIME_SLIPS, usual=(120, 3600))
]
ContactLimitS = Annotated[
    float, Quantity(60, 7200, "seconds", "a walk of a minute to two hours", TIME_SLIPS, usual=(300, 3600))
]
WalkMin = Annotated[float, Quantity(0.5, 60, "minutes", "walks are known up to an hour", MINUTE_SLIPS, usual=(1, 40))]
DriveMin = Annotated[
    float, Quantity(0.5, 120, "minutes", "drives are known up to two hours", MINUTE_SLIPS, usual=(1, 90))
]
SearchS = Annotated[
    float,
    Quantity(1, 86_400, "seconds", "a glance to a day of search", {"minutes": 60, "hours": 3600}, usual=(5, 3600)),
]
Years = Annotated[int, Quantity(1, 50, "years", CHOICE, {"months": 1 / 12}, usual=(1, 30))]
ProgrammeYears = Annotated[int, Quantity(1, 20, "years", "rounds so far: 3 years", {"months": 1 / 12}, usual=(1, 6))]
Month = Annotated[int, Quantity(0, 599, "months from the start (0 is the first)", "50 years at most")]
Every = Annotated[int, Quantity(1, 600, "months", "50 years at most", usual=(1, 120))]

# The spread of services. Published p: 6e-8 to 0.12; q: 0.08 to 1.76 (Van den Bulte; Lilien; both a year).
BassP = Annotated[float, Quantity(0, 1, "a year", "published: up to 0.12", {"per cent": 0.01}, usual=(0, 0.15))]
BassQ = Annotated[float, Quantity(0, 5, "a year", "published: 0.08 to 1.76", {"per cent": 0.01}, usual=(0.05, 2))]
Strength = Annotated[float, Quantity(0, 100, "times", CHOICE, {"per cent": 0.01}, usual=(0, 10))]

# Counts.
Units = Annotated[int, Quantity(1, 100_000, "units", CHOICE, usual=(1, 10_000))]
Rounds = Annotated[int, Quantity(1, 600, "rounds", "one a month for 50 years")]
Places = Annotated[int, Quantity(1, 10_000, "places", "all zones of the largest city, many times over")]
Worlds = Annotated[int, Quantity(1, 10_000, "worlds", "quantiles are steady from some hundreds on", usual=(1, 2000))]
Neighbours = Annotated[int, Quantity(1, 10_000, "cells", CHOICE, usual=(8, 1000))]
Stated = Annotated[int, Quantity(0, 1e9, "in the whole region", "more than any city holds")]
Dense = Annotated[int, Quantity(1, 1e7, "per km²", "36 times the densest quarter of Manila")]
HeaderRows = Annotated[int, Quantity(1, 9, "header lines", CHOICE)]
Cells = Annotated[int, Quantity(1, 2e7, "cells", "a country of 200,000 km² in cells of 100 m")]
Seed = Annotated[int, Quantity(0, 2**63 - 1, "as a number of the random stream", "64 bits")]
Zoom = Annotated[int, Quantity(1, 22, "as a level of zoom", CHOICE)]

# Lengths, areas, places.
RadiusM = Annotated[float, Quantity(0, 50_000, "metres", CHOICE, {"km": 1000}, usual=(10, 20_000))]
BlockM = Annotated[float, Quantity(10, 50_000, "metres", CHOICE, {"km": 1000}, usual=(50, 5000))]
AreaM2 = Annotated[
    float,
    Quantity(1e4, 1e9, "m²", "winners: 0.695 to 4.49 km²", {"km²": 1e6, "ha": 1e4, "평": 3.3058}, usual=(1e5, 1e8)),
]
AreaKm2 = Annotated[
    float, Quantity(0.01, 1000, "km²", "winners: 0.695 to 4.49 km²", {"m²": 1e-6, "ha": 0.01}, usual=(0.1, 100))
]
CityKm2 = Annotated[float, Quantity(1, 1e5, "km²", CHOICE, {"m²": 1e-6})]
Degrees = Annotated[float, Quantity(-180, 180, "degrees", ARITHMETIC)]
# exp(-t²/β): at β = 50 a facility 15 minutes away counts 0.011.
Beta = Annotated[
    float,
    Quantity(0.1, 1e5, "minutes²", "50 for a catchment of 15 minutes (G2SFCA, Seoul 2022)", usual=(1, 5000)),
]

# Speeds, and land as the law caps it.
WalkKmh = Annotated[
    float, Quantity(1, 10, "km/h", "walks read: 3 and 4 km/h", {"m/s": 3.6, "m a minute": 0.06}, usual=(2, 7))
]
DriveKmh = Annotated[
    float, Quantity(3, 250, "km/h", "limits read: 20 to 110 km/h", {"m/s": 3.6, "mph": 1.609344}, usual=(10, 140))
]
FerryKmh = Annotated[
    float,
    Quantity(0.5, 100, "km/h", "ferries read: 2 to 70 km/h", {"knots": 1.852, "m/s": 3.6}, usual=(3, 60)),
]
Circuity = Annotated[
    float,
    Quantity(1, 5, "times the straight line", "at least the straight line itself; 1.3 is shipped", usual=(1, 2)),
]
KmhFactor = Annotated[float, Quantity(0.01, 100, "km/h", "units of speed: 1 to 3.6 km/h")]
CarSize = Annotated[float, Quantity(0.5, 60, "metres or tonnes", "a car to the longest lorry")]
CoveragePct = Annotated[
    float, Quantity(0, 100, "per cent of the plot", ARITHMETIC, {"as a share": 100}, usual=(5, 100))
]
FloorAreaPct = Annotated[
    float,
    Quantity(0, 5000, "per cent of the plot", "the law's highest cap: 1,500", {"as a share": 100}, usual=(20, 2000)),
]
