"""Tables of what OpenStreetMap tags mean: facilities, map layers, building uses, speeds (YAML under ``data/``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field, RootModel, field_validator, model_validator

from geojeom.models import Strict, Text
from geojeom.quantities import CarSize, Circuity, DriveKmh, FerryKmh, KmhFactor, WalkKmh
from spatial.config.catalogue import Evidence

Rule = dict[str, list[str]]


def _rules(value: Any) -> Any:
    """``key: word`` is short for ``key: [word]``; ``"*"`` is any value."""
    if not isinstance(value, list):
        return value
    return [
        {key: [values] if isinstance(values, str) else values for key, values in rule.items()}
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
        """All entries an object with these tags is.

        Parameters
        ----------
        tags : mapping of str
            Of an object.

        Returns
        -------
        list of str
            In the order of the file; empty for none.
        """
        return [name for name, meaning in self.root.items() if any(_holds(rule, tags) for rule in meaning.match)]

    def only(self, names: Iterable[str]) -> TagTable:
        """The table with some of its entries.

        Parameters
        ----------
        names : iterable of str
            Entries of the table.

        Returns
        -------
        TagTable
            In the order of ``names``.
        """
        return TagTable({name: self.root[name] for name in names})


class BuildingUses(Strict):
    """Words for the use of a building, Korean registers' and OSM's: where people live and where they work."""

    residential: list[str]
    workplace: list[str]
    both: list[str]


Words = list[str]


class Oneway(Strict):
    """Values of ``oneway``, and tags that imply driving along only."""

    along: Words
    against: Words
    both: Words
    neither: Words
    implied: Rule


class Barriers(Strict):
    """Kinds of barrier on a node by whom they stop; a kind in no list stops cars."""

    open: Words
    closed_to_cars: Words
    closed: Words
    opening: Rule
    locked: Words
    features: Words


class Turns(Strict):
    """Keys and values of turn restrictions that bind cars."""

    keys: Words
    no: Words
    only: Words
    u_turn: Words
    except_: Words = Field(alias="except")
    timed: Words


class Limits(Strict):
    """How ``maxspeed`` is written."""

    units: dict[str, KmhFactor]
    walk_kmh: WalkKmh
    plausible_kmh: tuple[DriveKmh, DriveKmh]
    unnamed: Words


class Access(Strict):
    """What tags of OpenStreetMap say of who may pass: keys by traveller, values by whom they let through."""

    walk: Words
    drive: Words
    everybody: str
    open: Words
    closed: Words
    closed_to_cars: Words
    in_use: Rule
    not_in_use: Rule
    not_for_cars: Rule
    not_for_walkers: Rule
    never_for_cars: Rule
    opened_kmh: DriveKmh
    car: dict[str, CarSize]
    oneway: Oneway
    barriers: Barriers
    turns: Turns
    limits: Limits

    @model_validator(mode="after")
    def _apart(self) -> Access:
        """No value is in two lists."""
        for lists in (
            (self.open, self.closed, self.closed_to_cars),
            (self.barriers.open, self.barriers.closed, self.barriers.closed_to_cars),
            (self.oneway.along, self.oneway.against, self.oneway.both, self.oneway.neither),
            (self.turns.no, self.turns.only),
        ):
            every = [word for words in lists for word in words]
            if twice := sorted({word for word in every if every.count(word) > 1}):
                raise ValueError(f"in two lists: {', '.join(twice)}")
        return self

    @property
    def modes(self) -> Words:
        """Keys that say who may pass, narrowest first."""
        return [*self.walk, *self.drive, self.everybody]

    @property
    def oneways(self) -> Words:
        """Keys that say which way cars may go, narrowest first."""
        return [*(f"oneway:{key}" for key in self.drive), "oneway"]

    @property
    def conditions(self) -> Words:
        """Keys that say so at times or for some loads only; not read but for saying that they are there."""
        return [f"{key}:conditional" for key in (*self.modes, "oneway")]

    @property
    def of_ways(self) -> Words:
        """Every key of a way that is read."""
        directed = [f"{key}:{way}" for key in (*self.modes, "maxspeed") for way in ("forward", "backward")]
        rules = (self.in_use, self.not_in_use, self.not_for_cars, self.not_for_walkers, self.never_for_cars)
        keys = ["highway", *self.modes, *directed, "maxspeed", *self.oneways, "oneway:foot", "conveying", *self.car]
        keys += [*self.oneway.implied, *(key for rule in rules for key in rule), *self.conditions]
        return list(dict.fromkeys(keys))

    @property
    def of_nodes(self) -> Words:
        """Every key of a node that is read."""
        barriers = self.barriers
        keys = ["barrier", "locked", *self.modes, *self.car, *self.conditions, *barriers.opening, *barriers.features]
        return list(dict.fromkeys(keys))

    def own(self, mode: Literal["walk", "drive"]) -> Words:
        """Keys that say whether a mode may pass and nothing of others, narrowest first.

        Parameters
        ----------
        mode : {'walk', 'drive'}
            On foot or by car.

        Returns
        -------
        list of str
            Keys.
        """
        return self.walk if mode == "walk" else self.drive

    def lets(self, value: str, mode: Literal["walk", "drive"]) -> bool | None:
        """Whether a value lets a mode through.

        Of several values of one street (``a;b``) an open one is enough; of streets that were merged (``a|b``) none may
        be closed.

        Parameters
        ----------
        value : str
            Of a key that says who may pass.
        mode : {'walk', 'drive'}
            On foot or by car.

        Returns
        -------
        bool or None
            None where the table does not know.
        """
        answers = [self._lets({part.strip() for part in street.split(";")}, mode) for street in value.split("|")]
        return False if False in answers else True if True in answers else None

    def _lets(self, words: set[str], mode: Literal["walk", "drive"]) -> bool | None:
        if words & set(self.open):
            return True
        if words & set(self.closed) or (mode == "drive" and words & set(self.closed_to_cars)):
            return False
        return True if words & set(self.closed_to_cars) else None


class Speeds(Strict):
    """Free driving speed by street class where a street has no posted limit, for one country."""

    label: Text
    source: str
    evidence: Evidence
    kmh: dict[str, DriveKmh]
    straight_line_kmh: DriveKmh
    zones: dict[str, DriveKmh]


class SpeedTable(Strict):
    """Speeds by country (ISO 3166 two letters; ``default`` for all others) and the classes one walks or drives."""

    countries: dict[str, Speeds]
    access: Access
    walk_kmh: WalkKmh
    ferry_kmh: FerryKmh
    circuity: Circuity
    no_walking: list[str]
    no_driving: list[str]
    notes: list[str]

    def of(self, country: str) -> Speeds:
        """The speeds of a country, or the default.

        Parameters
        ----------
        country : str
            Two letters (ISO 3166).

        Returns
        -------
        Speeds
            In km/h.
        """
        return self.countries.get(country, self.countries["default"])


def _holds(rule: Rule, tags: Mapping[str, str]) -> bool:
    return all(key in tags and ("*" in words or tags[key] in words) for key, words in rule.items())
