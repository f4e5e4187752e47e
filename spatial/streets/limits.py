"""Driving speeds: the limit posted (``maxspeed``) each way, else the one of the class of street and the country."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from geojeom.messages import in_both
from spatial.reading.provenance import Ledger
from spatial.reading.tags import SpeedTable
from spatial.streets.tagged import Tagged

Floats = NDArray[np.float64]
KEYS = ("maxspeed", "maxspeed:forward", "maxspeed:backward")


def posted(tags: Tagged, table: SpeedTable, country: str, ledger: Ledger) -> dict[str, Floats]:
    """Speed at which cars go: the posted limit, else that of the class of street.

    A way of walkers or buses, which cars drive only where a tag opens it, goes at ``opened_kmh`` at most.

    Parameters
    ----------
    tags
        Tags of S streets.
    table, country
        Speeds of classes, and how limits are written.
    ledger
        Takes limits that could not be read, and how many streets have one.

    Returns
    -------
    dict[str, Floats]
        ``forward`` and ``backward``: km/h (S,), NaN where neither limit nor class gives one.
    """
    classes, opened = table.of(country).kmh, table.access.opened_kmh
    by_class = tags.number("highway", lambda value: min(classes.get(part, opened) for part in value.split("|")))
    most = np.where(tags.isin("highway", table.no_driving), opened, np.inf)
    limit = {key: tags.number(key, lambda value: limit_kmh(value, table) or None) for key in KEYS}
    unreadable = sorted({word for key in KEYS for word in tags.words(key) if limit_kmh(word, table) is None})
    if unreadable:
        ledger.note("limits", limits=unreadable)
    both = limit["maxspeed"]
    ledger.note("speeds", posted=int(np.isfinite(both).sum()), all=tags.size, source=in_both(table.of(country).source))
    of_both = np.where(np.isnan(both), by_class, both)
    return {
        way: np.minimum(np.where(np.isnan(way_limit), of_both, way_limit), most)
        for way, way_limit in (("forward", limit["maxspeed:forward"]), ("backward", limit["maxspeed:backward"]))
    }


def limit_kmh(value: str, table: SpeedTable) -> float | None:
    """``maxspeed`` in km/h, the lowest of several.

    Parameters
    ----------
    value
        What the tag says: ``50``, ``30 mph``, ``KR:urban``, ``walk``, ``60;40``.
    table
        Units, words without a speed, and speeds of zones by country.

    Returns
    -------
    float | None
        km/h; 0 for words that name no speed; None for what is not understood, or for a speed that cannot be meant.
    """
    parts = [_part(part.strip(), table) for part in re.split(r"[;|,]", value)]
    if any(kmh is None for kmh in parts):
        return None
    return min((kmh for kmh in parts if kmh), default=0.0)


def _part(part: str, table: SpeedTable) -> float | None:
    limits = table.access.limits
    word = part.lower()
    if word in limits.unnamed:
        return 0.0
    if word == "walk":
        return limits.walk_kmh
    if code := re.fullmatch(r"([a-z]{2})(?:-\w+)?:(?:zone:?)?(\w+)", word):
        return _by_code(code[1].upper(), code[2], table)
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z/]*)", word)
    if match is None or (match[2] and match[2] not in limits.units):
        return None
    kmh = float(match[1]) * limits.units.get(match[2], 1.0)
    low, high = limits.plausible_kmh
    return kmh if low <= kmh <= high else None


def _by_code(country: str, zone: str, table: SpeedTable) -> float | None:
    """``KR:urban``, ``DE:zone:30``, ``DE:zone30``, ``RU:living_street``, ``DE:walk``."""
    if zone == "walk" or zone.isdigit():
        return _part(zone, table)
    speeds = table.of(country)
    return speeds.kmh.get(zone) if zone == "living_street" else speeds.zones.get(zone)
