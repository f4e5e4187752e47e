"""Where every row of every source went: read, kept, dropped and why, repaired; what is missing; what was estimated.

A ``Ledger`` belongs to one source; an ``Account`` is all of ``sources.json`` or ``candidates.json`` (docs/files.md).
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from geojeom.files import why_no_file
from geojeom.messages import Remark, from_data
from spatial.config.region import Sources, Spec, path_of
from spatial.reading.shared import parsed

Degrees = tuple[float, float, float, float]
# A loss of more than this share of what is counted is a warning on every page, not a remark.
LOSS_MAX = 0.005

log = logging.getLogger("geojeom.spatial")


@dataclass
class Ledger:
    """What happened to the rows (or objects) of one source.

    ``read`` is the number of rows or objects looked at, ``kept`` how many of them were used; the rest is in
    ``dropped`` by reason. ``repaired`` counts what was mended and kept. ``extent`` is the box (west, south, east,
    north) in degrees of what was placed; null for tables that are placed by joining them to another source.
    """

    key: str
    path: str = ""
    sha256: str = ""
    vintage: str = ""
    licence: str = ""
    attribution: str = ""
    read: int = 0
    kept: int = 0
    dropped: dict[Remark, int] = field(default_factory=dict)
    repaired: dict[Remark, int] = field(default_factory=dict)
    notes: list[Remark] = field(default_factory=list)
    extent: Degrees | None = None

    def drop(self, code: str, number: int, /, **values: Any) -> None:
        """Count rows left out, for the reason that a code of the messages says; nothing is recorded for zero.

        Parameters
        ----------
        code : str
            Of the messages.
        number : int
            Rows.
        **values : any
            What the code's texts name.
        """
        if number:
            reason = Remark(code, **values)
            self.dropped[reason] = self.dropped.get(reason, 0) + int(number)

    def repair(self, code: str, number: int, /, **values: Any) -> None:
        """Count rows mended and kept, in the way that a code says; nothing is recorded for zero.

        Parameters
        ----------
        code : str
            Of the messages.
        number : int
            Rows.
        **values : any
            What the code's texts name.
        """
        if number:
            what = Remark(code, **values)
            self.repaired[what] = self.repaired.get(what, 0) + int(number)

    def note(self, code: str, /, **values: Any) -> None:
        """Remember something a reader of the results should know about this source.

        Parameters
        ----------
        code : str
            Of the messages.
        **values : any
            What the code's texts name.
        """
        remark = Remark(code, **values)
        if remark not in self.notes:
            self.notes.append(remark)

    def reach(self, lon: ArrayLike, lat: ArrayLike) -> None:
        """Widen the extent to hold some points in degrees; those that are not finite do not count.

        Parameters
        ----------
        lon, lat : array
            Degrees, of one shape.
        """
        x, y = np.asarray(lon, float), np.asarray(lat, float)
        held = np.isfinite(x) & np.isfinite(y)
        if held.any():
            x, y = x[held], y[held]
            west, south, east, north = self.extent or (np.inf, np.inf, -np.inf, -np.inf)
            low, high = (min(west, x.min()), min(south, y.min())), (max(east, x.max()), max(north, y.max()))
            self.extent = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def as_dict(self) -> dict[str, Any]:
        """The ledger for JSON.

        Returns
        -------
        dict
            Remarks with both texts.
        """
        plain = {item.name: getattr(self, item.name) for item in fields(self)}
        counted = {
            name: [reason.as_file() | {"number": number} for reason, number in plain[name].items()]
            for name in ("dropped", "repaired")
        }
        return plain | counted | {"notes": [note.as_file() for note in self.notes]}

    def tell(self) -> None:
        """Write the balance to the log."""
        lost = "; ".join(f"{number:,} {reason}" for reason, number in self.dropped.items())
        mended = "; ".join(f"{number:,} {what}" for what, number in self.repaired.items())
        log.info(
            "%s: read %s, kept %s%s%s",
            self.key,
            f"{self.read:,}",
            f"{self.kept:,}",
            f"; dropped: {lost}" if lost else "",
            f"; repaired: {mended}" if mended else "",
        )
        for text in self.notes:
            log.info("%s: %s", self.key, text)


@dataclass
class Account:
    """All ledgers of a region, what it lacks, what was estimated and what to beware of, each in both languages.

    ``box`` is the region's own box in degrees, once it is known.
    """

    ledgers: list[Ledger] = field(default_factory=list)
    missing: dict[str, Remark] = field(default_factory=dict)
    estimates: list[tuple[str, Remark]] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    box: Degrees | None = None

    def open(self, key: str, source: Spec) -> Ledger:
        """Start the ledger of one entry of the region file.

        Parameters
        ----------
        key : str
            The entry's, as ``counts[0]``.
        source : Spec
            The entry.

        Returns
        -------
        Ledger
            With the SHA-256 of its file.
        """
        path = path_of(source)
        ledger = Ledger(
            key, path, sha256(Path(path)) if path else "", source.vintage, source.licence, source.attribution
        )
        self.ledgers.append(ledger)
        return ledger

    def lack(self, key: str, code: str = "", /, **values: Any) -> None:
        """Say that a layer or column is missing and what follows from it, by the code ``lack.KEY`` or another.

        Parameters
        ----------
        key : str
            Of the layer or column.
        code : str
            Of the messages; ``lack.KEY`` where empty.
        **values : any
            What the code's texts name.
        """
        self.missing[key] = Remark(code or f"lack.{key}", **values)

    def estimate(self, column: str, code: str, /, **values: Any) -> None:
        """Say that the values of a column are, in part or whole, an estimate, and how it was made.

        Parameters
        ----------
        column : str
            The column.
        code : str
            Of the messages.
        **values : any
            What the code's texts name.
        """
        remark = Remark(code, **values)
        if (column, remark) not in self.estimates:
            self.estimates.append((column, remark))

    def warn(self, code: str, /, **values: Any) -> None:
        """Say what makes the figures of the whole region wrong by more than a reader would expect.

        Parameters
        ----------
        code : str
            Of the messages.
        **values : any
            What the code's texts name.
        """
        remark = Remark(code, **values)
        if remark not in self.warnings:
            self.warnings.append(remark)

    def lost(self, column: str, lost: int, kept: int, code: str, /, **values: Any) -> None:
        """Warn of counts left out where they are more than half a per cent of all; the code says why they are.

        Parameters
        ----------
        column : str
            The column.
        lost, kept : int
            Counts left out, and the others.
        code : str
            Of the messages.
        **values : any
            What the code's texts name.
        """
        if lost > LOSS_MAX * (kept + lost):
            share, why = lost / (kept + lost), Remark(code, **values)
            self.warn("lost", column=column, lost=lost, share=share, limit=LOSS_MAX, why=why)

    def take(self, other: Account) -> None:
        """Add all that another account tells; ledgers stay the same objects.

        Parameters
        ----------
        other : Account
            Stays as it is.
        """
        self.ledgers += other.ledgers
        self.missing |= other.missing
        self.estimates += [estimate for estimate in other.estimates if estimate not in self.estimates]
        self.warnings += [warning for warning in other.warnings if warning not in self.warnings]

    @staticmethod
    def of(stored: dict[str, Any]) -> Account:
        """An account again from what ``as_dict`` gave.

        Parameters
        ----------
        stored : dict
            As ``as_dict`` gives it.

        Returns
        -------
        Account
            Without ``box``.
        """
        ledgers = []
        for source in stored["sources"]:
            # Plain dictionaries, whatever kind they were read as.
            values: dict[str, Any] = dict(source)
            del values["covers"]
            extent = values.pop("extent")
            for name in ("dropped", "repaired"):
                values[name] = {from_data(item): int(item["number"]) for item in values[name]}
            values["notes"] = [from_data(item) for item in values["notes"]]
            ledgers.append(Ledger(**values, extent=tuple(extent) if extent else None))
        return Account(
            ledgers,
            {item["key"]: from_data(item["consequence"]) for item in stored["missing"]},
            [(item["column"], from_data(item["note"])) for item in stored["estimates"]],
            [from_data(item) for item in stored["warnings"]],
        )

    def as_dict(self) -> dict[str, Any]:
        """The content of ``sources.json``.

        Returns
        -------
        dict
            docs/files.md, sources.json.
        """
        return {
            "sources": [ledger.as_dict() | {"covers": covers(ledger.extent, self.box)} for ledger in self.ledgers],
            "missing": [{"key": key, "consequence": remark.as_file()} for key, remark in self.missing.items()],
            "estimates": [{"column": column, "note": remark.as_file()} for column, remark in self.estimates],
            "warnings": [remark.as_file() for remark in self.warnings],
        }

    def tell(self) -> None:
        """Write every balance, lack and estimate to the log."""
        for ledger in self.ledgers:
            ledger.tell()
        for key, remark in self.missing.items():
            log.warning("missing: %s. %s", key, remark)
        for column, remark in self.estimates:
            log.info("estimate: %s. %s", column, remark)
        for remark in self.warnings:
            log.warning("%s", remark)


def dated(sources: Sources, account: Account) -> Sources:
    """The sources of a region, with the vintages of their account where the region file gives none.

    A reader may find the day of a file in the file itself.

    Parameters
    ----------
    sources : Sources
        The entries of the region file.
    account : Account
        Of what was read of them.

    Returns
    -------
    Sources
        A copy.
    """
    vintages = {ledger.key: ledger.vintage for ledger in account.ledgers}

    def fill(key: str, entry: Any) -> Any:
        if isinstance(entry, list):
            return [fill(f"{key}[{at}]", item) for at, item in enumerate(entry)]
        return entry and entry.model_copy(update={"vintage": entry.vintage or vintages.get(key, "")})

    return sources.model_copy(update={key: fill(key, entry) for key, entry in sources})


def covers(extent: Degrees | None, box: Degrees | None) -> float | None:
    """The share of the region's box that a source's extent covers, 0 to 1; null where either is unknown.

    Parameters
    ----------
    extent, box : Degrees or None
        West, south, east, north in degrees.

    Returns
    -------
    float or None
        Share of 1.
    """
    if extent is None or box is None:
        return None
    width = min(extent[2], box[2]) - max(extent[0], box[0])
    height = min(extent[3], box[3]) - max(extent[1], box[1])
    return max(width, 0.0) * max(height, 0.0) / ((box[2] - box[0]) * (box[3] - box[1]))


def sha256(path: Path) -> str:
    """SHA-256 of a file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        64 hexadecimal digits; empty for a file that is not there (its reader will say so).
    """
    if why_no_file(path):
        return ""
    return parsed(str(path), "sha256", parse=lambda: _hash(path))


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
