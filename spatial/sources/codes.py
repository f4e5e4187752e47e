"""Codes and names of places as they stand in different years: what joins a table to zones when codes have changed."""

from __future__ import annotations

import re

import pandas as pd
from pydantic import Field

from spatial.config.catalogue import Mark, Strict


class Change(Strict):
    """One change of administrative codes: the first digits before and after, the names, and the day it took effect."""

    old: str = Field(pattern=r"^\d+$")
    new: str = Field(pattern=r"^\d+$")
    since: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    old_name: str
    new_name: str
    source: str
    mark: Mark

    def __str__(self) -> str:
        return f"{self.old} to {self.new}, {self.since}"


class CodeAliases(Strict):
    """All changes known (``data/code_aliases.yaml``)."""

    changes: list[Change]

    def other_side(self, code: pd.Series) -> dict[str, pd.Series]:
        """For each change, codes of the one side written as the other (rows it does not concern are left out).

        A table may be older or newer than the zones, so both ways are offered. The longest prefix counts: a county
        that moved goes by its own change, not by its province's.
        """
        ways = [(change.old, change.new, change) for change in self.changes]
        ways += [(change.new, change.old, change) for change in self.changes]
        left, found = code, {}
        for from_, to, change in sorted(ways, key=lambda way: -len(way[0])):
            mine = left[left.str.startswith(from_)]
            left = left.drop(mine.index)
            if len(mine):
                found[str(change)] = to + mine.str[len(from_) :]
        return found

    def renamed(self, place: pd.Series) -> pd.Series:
        """Place keys with every old name written as the new one."""
        for change in self.changes:
            old, new = (place_key(*_split(name)) for name in (change.old_name, change.new_name))
            place = place.str.replace("^" + re.escape(old), new, regex=True)
        return place


def place_key(sido: str, sigungu: str = "", name: str = "") -> str:
    """``sido|sigungu|name`` without blanks, one kind of middle dot; parts left out at the end stay open."""
    parts = [re.sub(r"\s+", "", part) for part in (sido, sigungu, name)]
    return re.sub("[.,ㆍ‧・]", "·", "|".join(part for part in parts if part))


def full_names(column: pd.Series) -> pd.Series:
    """Place keys of full names (강원도 춘천시 신북읍); null for names of fewer than three words."""
    words = column.fillna("").astype(str).str.split()
    keys = [place_key(part[0], "".join(part[1:-1]), part[-1]) if len(part) >= 3 else None for part in words]
    return pd.Series(keys, index=column.index, dtype="str")


def _split(name: str) -> tuple[str, str]:
    sido, _, sigungu = name.partition(" ")
    return sido, sigungu
