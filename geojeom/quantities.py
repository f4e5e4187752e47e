"""Numbers that settings give: unit, the range each can be meant in, where that range is from, and its usual slips.

A ``Quantity`` is written onto a field's type (``Annotated[float, Quantity(...)]``); the check, the words of its fault
and the JSON schema all come from it. Ranges are wide: at least ten times beyond what was read anywhere, unless a rule
or arithmetic draws the line; so there is no way to pass one on purpose. Amounts are in won for every country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

WON_UNITS = {"천원": 1e3, "만원": 1e4, "백만원": 1e6, "억원": 1e8, "조원": 1e12}
TIME_SLIPS = {"minutes": 60, "hours": 3600, "milliseconds": 1e-3}


@dataclass(frozen=True)
class Quantity:
    """A plausible range, ends included. ``slips``: another unit -> how many of ours one of it is.

    ``free``: 0 passes too, though the range begins above it (a thing that costs nothing).
    """

    low: float
    high: float
    unit: str
    source: str
    slips: Mapping[str, float] = field(default_factory=dict, hash=False)
    free: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A number and no text or truth value, finite, within the range."""
        # Before it is made a whole number, which 1e308 cannot be.
        return core_schema.no_info_before_validator_function(self._plausible, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The range as a JSON schema has it, and unit and source as its description."""
        told = handler(schema)
        told |= {"minimum": 0 if self.free else self.low, "maximum": self.high}
        return told | {"description": f"{self.unit}. Range: {self.source}"}

    def _plausible(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PydanticCustomError("no_number", "a number ({unit})", {"unit": self.unit})
        if self.low <= value <= self.high or (self.free and value == 0):
            return value
        meant = [
            f"{unit}? Then write {number(value * factor)}"
            for unit, factor in self.slips.items()
            if self.low <= value * factor <= self.high
        ]
        free = "0, or " if self.free else ""
        bounds = f"{free}{number(self.low)} to {number(self.high)} {self.unit}"
        raise PydanticCustomError(
            "implausible", "{bounds} ({source})", {"bounds": bounds, "source": self.source, "slip": "; or ".join(meant)}
        )


def number(value: float) -> str:
    """A number with thousands apart, and no more digits than it takes."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.6g}"


ARITHMETIC = "by what the word means"
CHOICE = "this project's choice"
# No figure of a city lies beyond these, whatever its unit; it keeps infinity and NaN out.
Number = Annotated[float, Quantity(-1e15, 1e15, "in the criterion's unit", CHOICE)]
Share = Annotated[float, Quantity(0, 1, "as a share of 1", ARITHMETIC, {"per cent": 0.01})]
Spread = Annotated[float, Quantity(0, 0.99, "as a share of the parameter", ARITHMETIC, {"per cent": 0.01})]
Weight = Annotated[float, Quantity(0, 1e6, "as a relative weight", CHOICE)]
Judgement = Annotated[float, Quantity(0.11, 9.01, "times as important, 1/9 to 9", "Saaty's scale")]

# Money. Unit prices read: 258 thousand won (a parking sensor) to 9.6 billion (a city's digital twin).
PriceKrw = Annotated[
    int,
    Quantity(1e5, 1e11, "won a unit", "prices in the press: 258 thousand to 9.6 billion won", WON_UNITS, free=True),
]
CeilingKrw = Annotated[int, Quantity(1e8, 1e12, "won", "rounds so far: 1 billion to 43 billion won a site", WON_UNITS)]
BudgetKrw = Annotated[
    int,
    Quantity(1e10, 1e15, "won a year", "a tenth of the smallest county's budget to 20 times Seoul's", WON_UNITS),
]
OpexShare = Annotated[
    float,
    Quantity(
        0, 2, "of the capital a year", "0.08 for hardware to 1 and more where operation leads", {"per cent": 0.01}
    ),
]

# Times and dates.
ReachS = Annotated[float, Quantity(60, 7200, "seconds", "a walk of a minute to two hours by car", TIME_SLIPS)]
DecayS = Annotated[float, Quantity(60, 14400, "seconds", "a walk of a minute to four hours", TIME_SLIPS)]
ContactLimitS = Annotated[float, Quantity(60, 7200, "seconds", "a walk of a minute to two hours", TIME_SLIPS)]
WalkMin = Annotated[float, Quantity(0.5, 60, "minutes", "walks are known up to an hour", {"seconds": 1 / 60})]
DriveMin = Annotated[float, Quantity(0.5, 120, "minutes", "drives are known up to two hours", {"seconds": 1 / 60})]
Years = Annotated[int, Quantity(1, 50, "years", CHOICE, {"months": 1 / 12})]
ProgrammeYears = Annotated[int, Quantity(1, 20, "years", "rounds so far: 3 years", {"months": 1 / 12})]
Month = Annotated[int, Quantity(0, 599, "months from the start (0 is the first)", "50 years at most")]
Every = Annotated[int, Quantity(1, 600, "months", "50 years at most")]

# The spread of services. Published p: 6e-8 to 0.12; q: 0.08 to 1.76 (Van den Bulte; Lilien; both a year).
BassP = Annotated[float, Quantity(0, 1, "a year", "published: up to 0.12", {"per cent": 0.01})]
BassQ = Annotated[float, Quantity(0, 5, "a year", "published: 0.08 to 1.76", {"per cent": 0.01})]
Strength = Annotated[float, Quantity(0, 100, "times", CHOICE)]

# Counts.
Units = Annotated[int, Quantity(1, 100_000, "units", CHOICE)]
Rounds = Annotated[int, Quantity(1, 600, "rounds", "one a month for 50 years")]
Places = Annotated[int, Quantity(1, 10_000, "places", "all zones of the largest city, many times over")]
Worlds = Annotated[int, Quantity(1, 10_000, "worlds", "quantiles are steady from some hundreds on")]
Neighbours = Annotated[int, Quantity(1, 10_000, "cells", CHOICE)]
Stated = Annotated[int, Quantity(0, 1e9, "in the whole region", "more than any city holds")]

# Lengths and areas.
RadiusM = Annotated[float, Quantity(0, 50_000, "metres", CHOICE)]
AreaM2 = Annotated[float, Quantity(1e4, 1e9, "m²", "winners: 0.695 to 4.49 km²", {"km²": 1e6, "ha": 1e4})]
# exp(-t²/β): at β = 50 a facility 15 minutes away counts 0.011.
Beta = Annotated[float, Quantity(0.1, 1e5, "minutes²", "50 for a catchment of 15 minutes (G2SFCA, Seoul 2022)")]
