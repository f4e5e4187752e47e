"""What published files call their columns (``data/column_names.yaml``), and finding such a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.models import Strict
from spatial.config.catalogue import Evidence


class Words(Strict):
    """The table ``data/column_names.yaml``: regular expressions of whole names, by what a region file asks for."""

    source: str
    evidence: Evidence
    counts: dict[str, list[str]]
    yearly: dict[str, list[str]]
    totals: list[str]
    roles: dict[str, list[str]]
    protected: list[str]
    heights: list[str]
    facilities: dict[str, list[str]]
    statistics: dict[str, str]

    def column(self, role: str, columns: Iterable[str]) -> str | None:
        """The first column whose name is that of a role (``lon``, ``code``, ``price`` …), or none."""
        return next((name for name in columns if _whole(self.roles[role], name)), None)

    def counted(self, columns: Sequence[str], *, yearly: bool = False) -> dict[str, str]:
        """Columns of counts by what they count; other parts of a stacked name are totals (2016 / 합계 / 종사자)."""
        counted = {}
        for count, names in (self.yearly if yearly else self.counts).items():
            for column in columns:
                parts = column.split(" / ")
                named = [part for part in parts if _whole(names, part)]
                if named and all(part in named or _whole(self.totals, part) for part in parts):
                    counted[count] = column
                    break
        return counted

    def facility(self, texts: Iterable[str]) -> str | None:
        """The kind of facility that some text speaks of: a file's name, a header."""
        kinds = [kind for kind, names in self.facilities.items() if any(holds(names, text) for text in texts)]
        return kinds[0] if kinds else None


def read_words() -> Words:
    """The shipped table.

    Returns
    -------
    Words
        Checked.
    """
    return read_catalogue(CATALOGUES / "column_names.yaml", Words)


def holds(names: Iterable[str], text: str) -> bool:
    """Whether one of the expressions stands anywhere in the text, in whatever letters."""
    return any(re.search(name, text, re.IGNORECASE) for name in names)


def _whole(names: Iterable[str], text: str) -> bool:
    plain = re.sub(r"[\s_·.,()\[\]\-/]", "", text).lower()
    return any(re.fullmatch(name, plain) for name in names)
