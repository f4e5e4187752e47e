"""The tables of a region's sources in its results folder: which are read again, which stay.

Each source is read again when the region file says something else of it, or its file, the region's area, a table of
facts or the code that reads has changed. A table that comes out the same stays the file it was, so that nothing that
reads it runs again; it then keeps naming the hash of the file it was first made of.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geojeom.between import damaged
from geojeom.errors import SourceError
from geojeom.files import atomic
from geojeom.fingerprint import contents_now, module_digest
from geojeom.tables import read_table, write_table
from spatial.config.region import ResidentRegister, Sourced, ZoneTable
from spatial.reading.boundary import Area, area_of
from spatial.reading.provenance import Account
from spatial.store.entries import Entry, entries
from spatial.store.read import READERS, Collected, Source, Tables, read_all, read_boundary, shared_by

FOLDER = "sources"
INDEX = "index.json"
# What the boundary depends on besides its own entry; all others depend on the area it makes.
PLACE = {"country", "crs", "cell_size_m", "cells_max"}


def load(folder: Path, region: Sourced, *kinds: str) -> Collected:
    """The sources of some kinds, and the region's area, as ``bring_up_to_date`` left them in a results folder.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    region : Sourced
        The region.
    *kinds : str
        Kinds of entries; none but the boundary without any.

    Returns
    -------
    Collected
        Without faults.

    Raises
    ------
    SourceError
        Where a table is damaged.
    TableError
        Where one is missing or not as its schema has it.
    """
    boundary, *others = entries(region, "boundary", *kinds)
    source = _load(folder / FOLDER, boundary)
    collected = Collected(area_of(source.table, region), {boundary.key: source})
    collected.sources.update((entry.key, _load(folder / FOLDER, entry)) for entry in others)
    return collected


def bring_up_to_date(folder: Path, region: Sourced, tables: Tables, catalogues: Path) -> tuple[Collected, list[str]]:
    """Read again what has changed.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    region : Sourced
        The region.
    tables : Tables
        The tables of facts.
    catalogues : Path
        The folder those are in: a source is read again where one that its reader uses has changed.

    Returns
    -------
    collected : Collected
        What was read. Where there is any fault it is in here, with all sources, and nothing is written.
    written : list of str
        The keys of all entries whose tables were written.

    Raises
    ------
    FolderError
        Where they cannot be written.
    """
    own, wanted = folder / FOLDER, list(entries(region))
    # A file is parsed once, whichever entries name it.
    with shared_by(wanted):
        collected, stale, keys = _read_stale(own, region, wanted, tables, catalogues)
    if collected.faults:
        return collected, []
    written = [entry.key for entry in stale if _write(own, entry, collected.sources[entry.key])]
    for path in sorted(own.glob("*.parquet")):
        if path.name.partition(".")[0] not in keys:
            path.unlink()
    with atomic(own / INDEX) as partial:
        partial.write_text(json.dumps(keys, indent=1), encoding="utf-8")
    return collected, written


def _read_stale(
    own: Path, region: Sourced, wanted: Sequence[Entry], tables: Tables, catalogues: Path
) -> tuple[Collected, list[Entry], dict[str, str]]:
    """Read what has changed; returns it with the boundary, its entries, and what all tables depend on by name.

    Where there is any fault all others are loaded too.
    """
    index, code = _stored_index(own), module_digest("spatial.store.read")
    boundary, *others = wanted
    keys = {boundary.name: _key(boundary, code, region.model_dump(mode="json", include=PLACE))}
    stays = _stays(own, boundary, index, keys)
    try:
        source = _load(own, boundary) if stays else read_boundary(region)
    except SourceError as error:
        return Collected(None, faults=error.faults), [], keys
    collected = Collected(area_of(source.table, region), {boundary.key: source})
    assert collected.area is not None
    area = _of_area(collected.area)
    for entry in others:
        facts = contents_now(catalogues / f"{table}.yaml" for table in READERS[entry.kind][1])
        keys[entry.name] = _key(entry, code, [area, region.country, facts])
    stale = [entry for entry in others if not _stays(own, entry, index, keys)]
    read_all(collected, stale, tables)
    if collected.faults:
        collected.sources.update((entry.key, _load(own, entry)) for entry in others if entry not in stale)
    return collected, stale if stays else [boundary, *stale], keys


def _key(entry: Entry, code: str, depends_on: Any) -> str:
    """What the tables of an entry depend on, as one hash."""
    parts = [
        entry.spec.model_dump(mode="json"),
        contents_now([entry.path] if entry.path else []),
        code,
        depends_on,
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _of_area(area: Area) -> str:
    text = json.dumps([area.polygon.wkb_hex, area.crs.to_wkt(), area.degrees, area.cell_size_m])
    return hashlib.sha256(text.encode()).hexdigest()


def _stored_index(own: Path) -> dict[str, str]:
    try:
        stored = json.loads((own / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _stays(own: Path, entry: Entry, index: dict[str, str], keys: dict[str, str]) -> bool:
    return index.get(entry.name) == keys[entry.name] and (own / f"{entry.name}.parquet").is_file()


def _files(own: Path, entry: Entry) -> Iterator[tuple[str, Path]]:
    """The parts of an entry that are there, the main one first."""
    yield "", own / f"{entry.name}.parquet"
    for path in sorted(own.glob(f"{entry.name}.*.parquet")):
        yield path.name.split(".")[1], path


def _schema(entry: Entry, part: str) -> str:
    """The schema that the tables of an entry are held to."""
    if entry.kind in ("counts", "cross_checks", "density"):
        return "source_rows" if isinstance(entry.spec, ResidentRegister | ZoneTable) else "source_units"
    return f"source_{entry.kind}" + (f"_{part}" if part else "")


def _load(own: Path, entry: Entry) -> Source:
    parts = {part: read_table(path, _schema(entry, part)) for part, path in _files(own, entry)}
    try:
        account = Account.of(parts[""].attrs.pop("account"))
    except (KeyError, TypeError) as error:
        raise damaged(own / f"{entry.name}.parquet", error) from None
    return Source(parts, account)


def _write(own: Path, entry: Entry, source: Source) -> bool:
    """Write the tables of an entry, unless they are what is there already; returns whether they were written."""
    old = dict(_files(own, entry))
    if all(path.is_file() for path in old.values()) and old.keys() == source.parts.keys():
        try:
            before = _load(own, entry).account
        except (SourceError, KeyError):
            before = None
        if before is not None and _same(own, entry, source, before):
            return False
    for part, path in old.items():
        if part not in source.parts:
            path.unlink()
    for part, frame in source.parts.items():
        _write_part(own / _file(entry, part), entry, part, frame, source.account.as_dict())
    return True


def _same(own: Path, entry: Entry, source: Source, before: Account) -> bool:
    """Whether the tables, written with the hash of the file that those before were made of, are the same files."""
    account = source.account.as_dict()
    for now, held in zip(account["sources"], before.ledgers, strict=False):
        now["sha256"] = held.sha256
    for part, frame in source.parts.items():
        trial = own / f".trial.{_file(entry, part)}"
        try:
            _write_part(trial, entry, part, frame, account)
            if not filecmp.cmp(trial, own / _file(entry, part), shallow=False):
                return False
        finally:
            trial.unlink(missing_ok=True)
    return True


def _file(entry: Entry, part: str) -> str:
    return f"{entry.name}.{part}.parquet" if part else f"{entry.name}.parquet"


def _write_part(path: Path, entry: Entry, part: str, frame: pd.DataFrame, account: dict[str, Any]) -> None:
    attrs = dict(frame.attrs)
    if not part:
        frame.attrs = attrs | {"account": account}
    write_table(frame, path, _schema(entry, part))
    frame.attrs = attrs
