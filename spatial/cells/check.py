"""Whether a region's sources can be used: everything read, nothing written, every fault of every source told."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from geojeom.errors import Fault, GeojeomError
from geojeom.formats import percent
from spatial.cells.gather import join
from spatial.cells.survey import assemble
from spatial.config.region import Sourced
from spatial.districts.candidates import check_districts
from spatial.reading.provenance import Account, Ledger, covers
from spatial.store.read import Collected, Tables, collect

HEAD = ("source", "read", "kept", "dropped", "repaired", "covers", "vintage", "sha256", "licence")
RIGHT = 5


def check_sources(region: Sourced, tables: Tables) -> tuple[Account, list[Fault]]:
    """Read all sources of a resolved region, and lay them on cells where each holds on its own.

    A region in the making may have no candidates yet. Only a boundary that cannot be read ends it early.

    Parameters
    ----------
    region, tables : Sourced, Tables
        The region, and the tables of facts.

    Returns
    -------
    account : Account
        Of every source.
    faults : list of Fault
        All, each once.
    """
    return judge(region, tables, collect(region, tables))


def judge(region: Sourced, tables: Tables, collected: Collected) -> tuple[Account, list[Fault]]:
    """The account and all faults of what was read of a region.

    Parameters
    ----------
    region, tables : Sourced, Tables
        The region, and the tables of facts.
    collected : Collected
        What was read of it.

    Returns
    -------
    account : Account
        Of every source.
    faults : list of Fault
        All, each once.
    """
    account = Account()
    if collected.area is None:
        return account, collected.faults
    gathered = join(region, tables, collected, account)
    faults = [*gathered.faults, *_candidates(collected, account)]
    if not faults:
        try:
            assemble(gathered)
        except GeojeomError as error:
            faults += error.faults
    return account, list(dict.fromkeys(faults))


def report(account: Account, faults: list[Fault], unusual: Sequence[Fault] = ()) -> str:
    """The account as a table for a terminal, what was lost and noted under each source, then all faults.

    Parameters
    ----------
    account : Account
        Of every source.
    faults : list of Fault
        What the region cannot be used with.
    unusual : sequence of Fault
        Settings that hold but may be slips.

    Returns
    -------
    str
        Of several lines.
    """
    rows = [_row(ledger, account) for ledger in account.ledgers]
    width = [max(_columns(row[at]) for row in [HEAD, *rows]) for at in range(len(HEAD))]
    lines = [_line(HEAD, width), "  ".join("-" * size for size in width)]
    for ledger, row in zip(account.ledgers, rows, strict=True):
        lines.append(_line(row, width))
        lines += [f"    dropped {number:,}: {reason}" for reason, number in ledger.dropped.items()]
        lines += [f"    repaired {number:,}: {what}" for what, number in ledger.repaired.items()]
        lines += [f"    note: {text}" for text in ledger.notes]
    lines += [f"missing: {key}. {remark}" for key, remark in account.missing.items()]
    lines += [f"estimate: {column}. {remark}" for column, remark in account.estimates]
    lines += [f"warning: {remark}" for remark in account.warnings]
    lines += [f"warning: {warning}" for warning in unusual]
    lines.append(f"{len(faults)} fault{'s' if len(faults) != 1 else ''}" + (":" if faults else "."))
    lines += [f"  {number}. {fault}" for number, fault in enumerate(faults, 1)]
    return "\n".join(lines)


def _candidates(collected: Collected, account: Account) -> list[Fault]:
    area, source = collected.area, collected.sources.get("candidates")
    if area is None or source is None:
        return []
    account.take(source.account)
    if not source.parts:
        return []  # its faults are told with those of the others
    size, ledger = area.cell_size_m, source.ledger
    try:
        check_districts(source.table, area.polygon, area.crs, ledger.path, cell_size_m=size, ledger=ledger)
    except GeojeomError as error:
        return error.faults
    return []


def _row(ledger: Ledger, account: Account) -> tuple[str, ...]:
    share = covers(ledger.extent, account.box)
    return (
        ledger.key,
        f"{ledger.read:,}",
        f"{ledger.kept:,}",
        f"{sum(ledger.dropped.values()):,}",
        f"{sum(ledger.repaired.values()):,}",
        "-" if share is None else percent(share),
        ledger.vintage or "unknown",
        ledger.sha256[:12] or "-",
        ledger.licence or "unknown",
    )


def _line(row: tuple[str, ...], width: list[int]) -> str:
    cells = []
    for at, (text, size) in enumerate(zip(row, width, strict=True)):
        gap = " " * (size - _columns(text))
        cells.append(gap + text if 0 < at <= RIGHT else text + gap)
    return "  ".join(cells).rstrip()


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
