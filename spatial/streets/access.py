"""Who may pass a street or a barrier, and which way, by tags; every word's meaning is in ``data/speeds.yaml``.

For each mode the narrowest key that says something decides (``foot`` before ``access``; ``motorcar`` before
``motor_vehicle``, ``vehicle`` and ``access``), and of one key what it says of the direction goes first. What a class of
street is not made for (a footpath for cars, a motorway for walkers) is closed unless a tag of that very mode opens it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spatial.reading.provenance import Ledger
from spatial.reading.tags import Access, SpeedTable
from spatial.streets.limits import posted
from spatial.streets.tagged import Tagged

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Mode = Literal["walk", "drive"]
Way = Literal["forward", "backward"]
WAYS: tuple[Way, Way] = ("forward", "backward")

METRES = {"": 1.0, "m": 1.0, "cm": 0.01, "ft": 0.3048, "in": 0.0254, "t": 1.0, "kg": 0.001, "lbs": 0.00045359237}


@dataclass(frozen=True)
class Passage:
    """Per street (S,), along and against its drawing: may one walk, and how fast drive (km/h, NaN: not at all)."""

    walk_forward: Bools
    walk_backward: Bools
    forward_kmh: Floats
    backward_kmh: Floats


def passage(frame: pd.DataFrame, table: SpeedTable, country: str, ledger: Ledger) -> Passage:
    """Read of streets' tags who may pass them, each way, and how fast cars go.

    Parameters
    ----------
    frame
        Tags of S streets: columns ``table.access.of_ways``, those that are there; null where untagged.
    table
        What words mean, and the speed of each class of street.
    country
        Two letters (ISO 3166), for the speeds of classes.
    ledger
        Takes what was not applied: conditions, unknown words, unreadable limits.

    Returns
    -------
    Passage
        Four arrays (S,), along and against the drawing of each street; speeds in km/h.
    """
    tags, access = Tagged(frame), table.access
    gone = _not_in_use(tags, access)
    if gone.any():
        ledger.note("unused", n=int(gone.sum()))
    if conditional := _conditional(tags, access):
        ledger.note("conditional", n=conditional)
    if strange := _unknown(tags, access):
        ledger.note("access", list=strange)
    along, against = _oneway(tags, access)
    if (swung := along & against).any():
        ledger.note("reversible", n=int(swung.sum()))
    kmh = posted(tags, table, country, ledger)
    forward, backward = (np.where(_drives(tags, table, way) & ~gone, kmh[way], np.nan) for way in WAYS)
    return Passage(
        _walks(tags, table, "forward") & ~gone,
        _walks(tags, table, "backward") & ~gone,
        np.where(against, np.nan, forward),
        np.where(along, np.nan, backward),
    )


def usable_classes(highway: pd.Series, table: SpeedTable, country: str, ledger: Ledger) -> Bools:
    """Tell streets of a class that one walks or drives; the others are dropped and counted by class.

    Parameters
    ----------
    highway
        The class of each of S streets, null where untagged; a merged street has several (``a|b``).
    table, country
        The classes known, and the country whose speeds name some.
    ledger
        Counts the streets dropped.

    Returns
    -------
    Bools
        (S,) true where every class of a street is known.
    """
    known = set(table.of(country).kmh) | set(table.no_driving)
    usable = np.array([value is not None and set(value.split("|")) <= known for value in highway.tolist()], np.bool_)
    for name, rows in highway[~usable].value_counts().items():
        ledger.drop("drop.street", int(rows), kind=name)
    ledger.drop("drop.class", int(highway.isna().sum()))
    return usable


def closing_barriers(frame: pd.DataFrame, access: Access, ledger: Ledger) -> pd.DataFrame:
    """Tell nodes that stop somebody.

    A node with neither a barrier nor a tag of access, and one whose tags of access are about something else that it is,
    stop nobody.

    Parameters
    ----------
    frame
        Tags of nodes: columns ``access.of_nodes``, null where untagged; the index numbers them.
    access
        What words mean.
    ledger
        Takes kinds of barrier that are not known, and conditions.

    Returns
    -------
    pd.DataFrame
        Those that stop walkers or cars: ``walk`` and ``drive``, whether each passes; by the index of ``frame``.
    """
    tags, barriers = Tagged(frame), access.barriers
    kinds = [*barriers.open, *barriers.closed_to_cars, *barriers.closed]
    # What was once tagged highway=gate, and is in graphs that keep `highway` of nodes only.
    key = np.where(tags.has("barrier"), "barrier", np.where(tags.isin("highway", kinds), "highway", ""))
    barred = key != ""

    def is_one_of(words: list[str]) -> Bools:
        return np.where(key == "barrier", tags.isin("barrier", words), barred & tags.isin("highway", words))

    of_itself = ~barred & np.logical_or.reduce([tags.has(feature) for feature in barriers.features])
    if strange := sorted(set(tags.words("barrier")) - set(kinds)):
        ledger.note("barriers.unknown", list=strange)
    if conditional := _conditional(tags, access):
        ledger.note("conditional.barriers", n=conditional)
    locked = tags.isin("locked", barriers.locked)
    let_down = np.zeros(len(frame), np.bool_)
    for name, words in barriers.opening.items():
        let_down |= is_one_of([name]) & tags.isin(name, words)
    stops: dict[Mode, Bools] = {
        "walk": is_one_of(barriers.closed),
        "drive": barred & ~is_one_of(barriers.open) & ~let_down,
    }
    closed = pd.DataFrame(index=frame.index)
    for mode, stopped in stops.items():
        tagged = _said(tags, access, mode, [*access.own(mode), access.everybody])
        closed[mode] = np.where(np.isnan(tagged), ~stopped & ~locked, tagged == 1) | of_itself
    closed["drive"] &= ~_too_small(tags, access) | of_itself
    return closed[~(closed["walk"] & closed["drive"])]


def _said(tags: Tagged, access: Access, mode: Mode, keys: list[str], way: Way | None = None) -> Floats:
    """1 where a key lets the mode through, 0 where one does not, NaN where none says."""
    answer = np.full(tags.size, np.nan)
    for key in keys:
        for name in (f"{key}:{way}", key):
            answer = np.where(np.isnan(answer), tags.number(name, lambda value: access.lets(value, mode)), answer)
    return answer


def _walks(tags: Tagged, table: SpeedTable, way: Way) -> Bools:
    access = table.access
    not_made_for = tags.any_of({"highway": table.no_walking} | access.not_for_walkers)
    may = _may(tags, access, "walk", way, not_made_for)
    only = access.oneway.against if way == "forward" else access.oneway.along
    return may & ~tags.any_of({"oneway:foot": only, "conveying": ["backward" if way == "forward" else "forward"]})


def _drives(tags: Tagged, table: SpeedTable, way: Way) -> Bools:
    access = table.access
    not_made_for = tags.any_of({"highway": table.no_driving} | access.not_for_cars)
    may = _may(tags, access, "drive", way, not_made_for)
    return may & ~tags.any_of(access.never_for_cars) & ~_too_small(tags, access)


def _may(tags: Tagged, access: Access, mode: Mode, way: Way, not_made_for: Bools) -> Bools:
    """Whether a mode's own keys let it through; where silent, the key of all does if it is made for the mode."""
    of_mode = _said(tags, access, mode, access.own(mode), way)
    of_all = (_said(tags, access, mode, [access.everybody], way) != 0) & ~not_made_for
    may: Bools = np.where(np.isnan(of_mode), of_all, of_mode == 1)
    return may


def _oneway(tags: Tagged, access: Access) -> tuple[Bools, Bools]:
    """Whether cars may go along only, and against only; both where they may go neither way."""
    words = access.oneway
    meaning = {
        word: float(number)
        for number, alike in enumerate((words.both, words.along, words.against, words.neither))
        for word in alike
    }
    stated = np.full(tags.size, np.nan)
    for key in access.oneways:
        stated = np.where(np.isnan(stated), tags.number(key, meaning.get), stated)
    along = (stated == 1) | (stated == 3) | (np.isnan(stated) & tags.any_of(words.implied))
    return along, (stated == 2) | (stated == 3)


def _not_in_use(tags: Tagged, access: Access) -> Bools:
    gone = tags.any_of(access.not_in_use)
    for key, words in access.in_use.items():
        gone |= tags.number(key, partial(_all_of, set(words))) == 0
    return gone


def _all_of(words: set[str], value: str) -> float:
    return float(set(value.split("|")) <= words)


def _too_small(tags: Tagged, access: Access) -> Bools:
    """Whether a posted height, width, length or weight admits no car; what cannot be read admits one."""
    small = np.zeros(tags.size, np.bool_)
    for key, needed in access.car.items():
        small |= tags.number(key, _size) < needed
    return small


def _size(text: str) -> float | None:
    """Metres or tonnes, as written on a sign: ``2.1``, ``2.1 m``, ``6'7"``, ``3.5 t``; the least of merged streets."""
    sizes = []
    for part in re.split(r"[;|]", text):
        if feet := re.fullmatch(r"\s*(\d+)'\s*(?:(\d+)\")?\s*", part):
            sizes.append(int(feet[1]) * METRES["ft"] + int(feet[2] or 0) * METRES["in"])
        elif (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", part)) and match[2] in METRES:
            sizes.append(float(match[1]) * METRES[match[2]])
    return min(sizes, default=None)


def _conditional(tags: Tagged, access: Access) -> int:
    """How many objects have a rule of access that holds at times or for some loads only."""
    return int(np.logical_or.reduce([tags.has(key) for key in access.conditions]).sum())


def _unknown(tags: Tagged, access: Access) -> list[str]:
    return sorted(
        f"{key}={value}" for key in access.modes for value in tags.words(key) if access.lets(value, "drive") is None
    )
