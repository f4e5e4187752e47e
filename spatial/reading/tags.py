"""Tables of what OpenStreetMap tags mean: facilities, map layers, building uses, speeds (YAML under ``data/``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import RootModel, field_validator

from geojeom.models import Strict, Text
from geojeom.quantities import Circuity, DriveKmh, FerryKmh, WalkKmh
from spatial.config.catalogue import Mark

Rule = dict[str, list[str]]


def _rules(value: Any) -> Any:
    """``key: word`` is short for ``key: [word]``; ``"*"`` is any value."""
    if not isinstance(value, list):
        return value
    return [
        {key: [found] if isinstance(found, str) else found for key, found in rule.items()}
        if isinstance(rule, dict)
        else rule
        for rule in value
    ]


class Meaning(Strict):
    """What one entry is called and the tags that make an object one: any of the rules, each with all of its keys."""

    label: Text
    match: list[Rule] = []
    note: str = ""

    @field_validator("match", mode="before")
    @classmethod
    def _expand(cls, value: Any) -> Any:
        return _rules(value)


class TagTable(RootModel[dict[str, Meaning]]):
    """Entry -> its meaning, in the order of the file."""

    @property
    def keys(self) -> list[str]:
        """Every tag key some rule looks at."""
        return sorted({key for meaning in self.root.values() for rule in meaning.match for key in rule})

    def entries(self, tags: Mapping[str, str]) -> list[str]:
        """All entries an object with these tags is."""
        return [name for name, meaning in self.root.items() if any(_holds(rule, tags) for rule in meaning.match)]

    def only(self, names: Iterable[str]) -> TagTable:
        """The table with some of its entries."""
        return TagTable({name: self.root[name] for name in names})


class BuildingUses(Strict):
    """Words for the use of a building, Korean registers' and OSM's: where people live and where they work."""

    residential: list[str]
    workplace: list[str]
    both: list[str]


class Speeds(Strict):
    """Free driving speed by street class where a street has no posted limit, for one country."""

    label: Text
    source: str
    mark: Mark
    kmh: dict[str, DriveKmh]
    straight_line_kmh: DriveKmh


class SpeedTable(Strict):
    """Speeds by country (ISO 3166 two letters; ``default`` for all others) and the classes one walks or drives."""

    countries: dict[str, Speeds]
    walk_kmh: WalkKmh
    ferry_kmh: FerryKmh
    circuity: Circuity
    no_walking: list[str]
    no_driving: list[str]
    notes: list[str]

    def of(self, country: str) -> Speeds:
        """The speeds of a country, or the default."""
        return self.countries.get(country, self.countries["default"])


def _holds(rule: Rule, tags: Mapping[str, str]) -> bool:
    return all(key in tags and ("*" in words or tags[key] in words) for key, words in rule.items())
