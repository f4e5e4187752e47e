"""Codes and names of places as they stand in different years: what joins a table to zones when codes have changed."""

from __future__ import annotations

import re

import pandas as pd
from pydantic import Field

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.models import Strict
from spatial.config.catalogue import Evidence
from spatial.reading.provenance import Ledger
from spatial.reading.tabular import ROUNDED

# What people and spreadsheets set between the digits of a code or before them.
MARKS = r"[\s,\-\u2010-\u2015'’\"=]"
TEXT_AGAIN = "export it again with the column as text."

OTHER_OFFICE = (
    "The zones have codes of Statistics Korea (7 or 8 digits), the table those of the Ministry of the Interior "
    "(10 digits), and neither follows from the other: take zones with 행정동 codes (행정기관코드), or say what "
    "the zones lie in, so that names join (`within: [sido, sigungu]`, or the columns `sido:` and `sigungu:`)."
)


class Change(Strict):
    """One change of administrative codes: the first digits before and after, the names, and the day it took effect."""

    old: str = Field(pattern=r"^\d+$")
    new: str = Field(pattern=r"^\d+$")
    since: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    old_name: str
    new_name: str
    source: str
    evidence: Evidence

    def __str__(self) -> str:
        return f"{self.old} to {self.new}, {self.since}"


class CodeAliases(Strict):
    """All changes known (``data/code_aliases.yaml``)."""

    changes: list[Change]

    def joined(self, code: pd.Series, known: pd.Series, ledger: Ledger) -> pd.Series:
        """What each code of a source is called among the known ones of the region: as written where nothing fits.

        Tried in turn: the code as written; freed of a decimal point, spaces, dashes and the like; with the 00 at its
        end that some tables leave out; and with the first digits it had before or got after a change by law. A table
        may be older or newer than the zones, so changes are tried both ways.

        Parameters
        ----------
        code : Series (n,)
            Codes of the source, as text.
        known : Series
            Those of the region, as text.
        ledger : Ledger
            Gets each way but the first, with its number.

        Returns
        -------
        Series (n,)
            By the index of ``code``.

        Raises
        ------
        SourceError
            For codes that a spreadsheet has rounded, or whose leading zeros it has taken.
        """
        known = known.dropna().astype("str").drop_duplicates()
        joined = code.where(code.isin(known))
        bare = plain_codes(code)
        _refuse_spoilt(code, bare, joined.isna(), known, ledger.path)
        by_plain = known.set_axis(plain_codes(known))
        by_plain = by_plain[~by_plain.index.duplicated(keep=False)]
        joined, number = _filled(joined, bare.map(by_plain))
        ledger.repair("mend.plaincodes", number)
        if joined.isna().all() and (short := (bare + "00").map(by_plain)).notna().any():
            # 행정동 codes are ten digits; some tables leave out the last two, which are always 00.
            bare = bare + "00"
            ledger.note("codes")
            joined = short
        for change, other in self._other_side(bare[joined.isna()]).items():
            joined, number = _filled(joined, other.map(by_plain))
            ledger.repair("mend.codes", number, change=change)
        return joined.where(joined.notna(), code)

    def spellings(self, code: pd.Series) -> list[pd.Series]:
        """Codes as each change knows them from its other side, null for those it does not concern.

        Parameters
        ----------
        code : Series (n,)
            Codes of digits.

        Returns
        -------
        list of Series (n,)
            One per change that concerns any.
        """
        return [other.reindex(code.index) for other in self._other_side(code).values()]

    def _other_side(self, code: pd.Series) -> dict[str, pd.Series]:
        """For each change, codes of the one side written as the other (rows it does not concern are left out).

        The longest prefix counts: a county that moved goes by its own change, not by its province's.
        """
        ways = [(change.old, change.new, change) for change in self.changes]
        ways += [(change.new, change.old, change) for change in self.changes]
        left, renamed = code, {}
        for from_, to, change in sorted(ways, key=lambda way: -len(way[0])):
            mine = left[left.str.startswith(from_)]
            left = left.drop(mine.index)
            if len(mine):
                renamed[str(change)] = to + mine.str[len(from_) :]
        return renamed

    def renamed(self, place_name: pd.Series) -> pd.Series:
        """Place keys with every old name written as the new one.

        Parameters
        ----------
        place_name : Series (n,)
            As ``place_key`` writes them; null where there is none.

        Returns
        -------
        Series (n,)
            The same keys.
        """
        for change in self.changes:
            old, new = (place_key(*_split(name)) for name in (change.old_name, change.new_name))
            place_name = place_name.str.replace("^" + re.escape(old), new, regex=True)
        return place_name


def plain_codes(code: pd.Series) -> pd.Series:
    """Codes of digits without what is set between or after them (4311010100.0, 43110-10100); others as written.

    Digits of full width become plain ones, as Python's own ``int`` reads them.

    Parameters
    ----------
    code : Series (n,)
        As they are written.

    Returns
    -------
    Series (n,)
        Text.
    """
    text = code.astype("str").str.strip()
    bare = text.str.replace(r"\.0+$", "", regex=True).str.replace(MARKS, "", regex=True)
    digits = bare.map(str.isdecimal, na_action="ignore").fillna(False).astype(bool)
    return text.mask(digits, bare.where(digits, "").map(_plain_digits))


def _plain_digits(run: str) -> str:
    return run if run.isascii() else "".join(str(int(digit)) for digit in run)


def other_office(code: pd.Series, known: pd.Series) -> bool:
    """Whether the known codes are Statistics Korea's and the table's the Ministry of the Interior's.

    Parameters
    ----------
    code : Series
        Codes of the table; blank ones are passed over.
    known : Series
        Those of the zones.

    Returns
    -------
    bool
        True where neither follows from the other.
    """
    codes = plain_codes(code[code != ""])
    return bool(plain_codes(known).str.fullmatch(r"\d{7,8}").all() and codes.str.fullmatch(r"\d{10}").all())


def _filled(codes: pd.Series, other: pd.Series) -> tuple[pd.Series, int]:
    """Matches found so far and, where there is none yet, those of another way; with the number of these."""
    new = codes.isna() & other.reindex(codes.index).notna()
    return codes.where(~new, other), int(new.sum())


def _refuse_spoilt(code: pd.Series, bare: pd.Series, open_: pd.Series, known: pd.Series, path: str) -> None:
    """Faults for codes of which a spreadsheet has kept too little to tell the place."""
    digits = known.map(str.isdecimal)
    width = int(known.str.len().max()) if len(known) and digits.all() else 0
    rounded = open_ & code.str.fullmatch(ROUNDED)
    cut = open_ & ~rounded & ~bare.isin(known) & (bare.str.len() < width) & bare.str.zfill(width).isin(known)
    faults = []
    for rows, what, remedy in (
        (rounded, "codes with all their digits", f"A spreadsheet has rounded the codes (4.11E+09): {TEXT_AGAIN}"),
        (cut, f"codes of {width} digits", f"The table's codes have lost their leading zeros: {TEXT_AGAIN}"),
    ):
        if rows.any():
            shown = ", ".join(code[rows].unique()[:3])
            first = int(rows.to_numpy(bool).argmax()) + 1
            faults.append(
                Fault(path, what, f"{int(rows.sum()):,} such as {shown}", remedy, first, str(code.name or ""))
            )
    raise_if_any(SourceError, faults)


def place_key(sido: str, sigungu: str = "", name: str = "") -> str:
    """``sido|sigungu|name`` without blanks, one kind of middle dot; parts left out at the end stay open.

    Parameters
    ----------
    sido, sigungu, name : str
        Province, city or county, and the place; empty where not said.

    Returns
    -------
    str
        Equal for names that are taken for the same.
    """
    parts = [re.sub(r"\s+", "", part) for part in (sido, sigungu, name)]
    return re.sub("[.,ㆍ‧・]", "·", "|".join(part for part in parts if part))


def full_names(column: pd.Series) -> pd.Series:
    """Place keys of full names (강원도 춘천시 신북읍); null for names of fewer than three words.

    Parameters
    ----------
    column : Series (n,)
        Names, null for none.

    Returns
    -------
    Series (n,)
        As ``place_key`` writes them.
    """
    words = column.fillna("").astype(str).str.split()
    keys = [place_key(part[0], "".join(part[1:-1]), part[-1]) if len(part) >= 3 else None for part in words]
    return pd.Series(keys, index=column.index, dtype="str")


def _split(name: str) -> tuple[str, str]:
    sido, _, sigungu = name.partition(" ")
    return sido, sigungu
