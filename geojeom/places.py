"""What people call a place: its name without the wider units that it lies in."""

from __future__ import annotations

import re

_WIDER = re.compile(r"[가-힣](시|도|군|구)$")


def short_names(name: str) -> list[str]:
    """The name without the province, then also without the city, then the district (시·도·군·구) it lies in.

    Parameters
    ----------
    name : str
        A name as Korean addresses have it, from the widest unit to the narrowest.

    Returns
    -------
    list of str
        From the longest to the shortest, without the whole name; empty where it stands in no wider unit.
    """
    words, short = name.split(), []
    while len(words) > 1 and _WIDER.search(words[0]):
        words.pop(0)
        short.append(" ".join(words))
    return short
