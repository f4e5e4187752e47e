"""From findings to a region: each entry is tried with its reader, and what does not hold stays out, with the reason."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from geojeom.errors import Fault, GeojeomError
from spatial.cells.check import check_sources
from spatial.cells.gather import gather
from spatial.config.region import Sourced, Sources
from spatial.drafting.finding import Box, Finding
from spatial.reading.projection import KOREA_DEGREES
from spatial.store.read import Tables

# One file each; the rest are lists.
SINGLE = ("streets", "zones", "buildings", "land", "dem", "protected", "zoning", "parcels")
FINE = ("polygons", "sgis_grid", "points")
# What counts people by name goes before what estimates them; a table says more of buildings than a map does.
RANK = ("", "resident_register", "zone_table", "table", "osm", "sgis_grid", "polygons", "points", "raster")
VINTAGE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_.]?(0[1-9]|1[0-2]))?(?!\d)")
# Around points whose cells have an extent of their own, and around what a file says it covers.
MARGIN_DEG = 0.005


@dataclass
class Draft:
    """A region in the making: what is used, by key; what is not, with the reason in ``why``; what does not hold."""

    region: str
    name: str
    country: str
    boundary: dict[str, Any] | None
    boundary_from: Finding | None
    used: dict[str, list[Finding]] = field(default_factory=dict)
    unused: list[Finding] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def candidates(self) -> Finding | None:
        """The file of candidate districts, where one was found."""
        return next(iter(self.used.get("candidates", [])), None)

    def plain(self, folder: Path) -> dict[str, Any]:
        """The region with every default filled in and paths as they are seen from ``folder``."""
        candidates = entry(self.candidates, folder) if self.candidates is not None else None
        return Sourced.model_validate(self.content(folder) | {"candidates": candidates}).model_dump(mode="json")

    def content(self, folder: Path) -> dict[str, Any]:
        """What the region file says, but for candidates."""
        keys = [key for key in self.used if key not in ("boundary", "candidates")]
        sources: dict[str, Any] = {}
        for key in sorted(keys, key=list(Sources.model_fields).index):
            entries = [entry(finding, folder) for finding in self.used[key]]
            sources[key] = entries[0] if key in (*SINGLE, "density") else entries
        boundary = self.boundary
        if self.boundary_from is not None:
            boundary = {"path": seen_from(self.boundary_from.path, folder)}
        name = {"ko": self.name, "en": self.name}
        return {
            "region": self.region,
            "name": name,
            "country": self.country,
            "boundary": boundary,
            "sources": sources,
        }


def draft(findings: list[Finding], name: str, folder: Path, tables: Tables, *, hangul: bool) -> Draft:
    """Choose among findings (zones first) and try them.

    Parameters
    ----------
    findings : list of Finding
        What each file seems to be.
    name : str
        What the region is called.
    folder : Path
        Where the region file will stand.
    tables : Tables
        The tables of facts.
    hangul : bool
        Whether what was read is written in Korean letters, so that a box that holds a part of Japan too is Korea.

    Returns
    -------
    Draft
        What does not hold is left out, with the reason.
    """
    recognised = [finding for finding in findings if finding.key]
    out = _frame(recognised, name, hangul=hangul)
    out.unused = [finding for finding in findings if not finding.key]
    if out.boundary is None and out.boundary_from is None:
        out.unused += recognised
        return out
    if faults := _faults(out, folder, tables):
        # Without its border nothing can be tried.
        out.faults = faults
    for group in _groups(recognised, out):
        _take(out, group, folder, tables, try_it=not out.faults)
    if not out.faults:
        _all_together(out, folder, tables)
    return out


def _frame(recognised: list[Finding], name: str, *, hangul: bool) -> Draft:
    """The region's own keys: its border is that of zones, an outline, or a box around people, a map or a raster."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "mycity"
    outline = next((finding for key in ("zones", "boundary") for finding in recognised if finding.key == key), None)
    boxed = [
        finding for key in ("counts", "streets", "dem") for finding in recognised if finding.key == key and finding.box
    ]
    box = (outline or boxed[0]).box if outline or boxed else None
    west, south, east, north = KOREA_DEGREES
    korea = box is not None and west <= box[0] and box[2] <= east and south <= box[1] and box[3] <= north
    boundary = None if outline or box is None else {"bbox": _rounded(box)}
    out = Draft(slug, name, "KR" if korea and (hangul or not outline) else "ZZ", boundary, outline)
    if outline is not None and outline.key == "zones":
        out.used["zones"] = [outline]
    return out


def _groups(recognised: list[Finding], out: Draft) -> list[list[Finding]]:
    """Findings that only hold together: parcels and the tables of their figures. All others stand alone."""
    taken = [*out.used.get("zones", []), out.boundary_from]
    # Of files of one kind the largest goes first.
    rest = sorted(
        (finding for finding in recognised if finding not in taken),
        key=lambda finding: (RANK.index(finding.kind), -finding.size),
    )
    parcels = [finding for finding in rest if finding.key in ("parcels", "parcel_tables")]
    return (
        [parcels, *([finding] for finding in rest if finding not in parcels)]
        if parcels
        else [[finding] for finding in rest]
    )


def _take(out: Draft, group: list[Finding], folder: Path, tables: Tables, *, try_it: bool) -> None:
    """Use a group of findings, or put them among the unused with the reason."""
    placed = []
    for finding in group:
        key, why = _place(out, finding)
        if why:
            out.unused.append(replace(finding, why=why))
        else:
            people = {"columns": {"population": finding.spec["columns"]["population"]}} if key == "density" else {}
            placed.append(replace(finding, key=key, spec=finding.spec | people))
    if any(finding.key == "parcel_tables" for finding in placed) and not any(
        finding.key == "parcels" for finding in placed
    ):
        out.unused += [replace(finding, why="no file of parcels to join it to") for finding in placed]
        return
    trial = Draft(out.region, out.name, out.country, out.boundary, out.boundary_from)
    trial.used = {"zones": out.used["zones"]} if "zones" in out.used else {}
    for finding in placed:
        trial.used.setdefault(finding.key, []).append(finding)
    faults = _faults(trial, folder, tables) if try_it and placed else []
    if faults:
        out.unused += [replace(finding, why=str(faults[0])) for finding in placed]
        return
    for finding in placed:
        out.used.setdefault(finding.key, []).append(finding)


def _place(out: Draft, finding: Finding) -> tuple[str, str]:
    """Where a finding goes, or why nowhere: a count that another file gives already can only be compared with it."""
    if finding.key in SINGLE or finding.key in ("candidates", "boundary"):
        if finding.key == "boundary" or finding.key in out.used:
            other = out.used.get(finding.key, [out.boundary_from])[0]
            return "", f"another file is used already: {other.path.name if other else 'the box'}"
        return finding.key, ""
    if finding.key == "facilities" and finding.kind == "osm" and "facilities" in out.used:
        return "", "tables give facilities; add it for kinds that they lack (`kinds: [...]`)"
    return (_place_of_counts(out, finding) if finding.key == "counts" else finding.key), ""


def _place_of_counts(out: Draft, finding: Finding) -> str:
    counts = out.used.get("counts", [])
    taken = {column for other in counts for column in _columns(other)}
    if not taken & set(_columns(finding)):
        return "counts"
    by_zone = any(other.kind in ("resident_register", "zone_table") for other in counts)
    fine = finding.kind in FINE and "population" in finding.spec["columns"]
    return "density" if by_zone and fine and "density" not in out.used else "cross_checks"


def _columns(finding: Finding) -> list[str]:
    if finding.kind == "resident_register":
        return ["population", "elderly", "youth"]
    return [finding.spec["gives"]] if finding.kind == "raster" else list(finding.spec["columns"])


def _faults(out: Draft, folder: Path, tables: Tables) -> list[Fault]:
    """What the readers say of the region as it is, without laying anything on cells."""
    try:
        return gather(_absolute(out, folder), tables).faults
    except GeojeomError as error:
        return error.faults


def _all_together(out: Draft, folder: Path, tables: Tables) -> None:
    """Try the whole; while something does not hold, leave out the files that the faults name."""
    while True:
        _, out.faults = check_sources(_absolute(out, folder), tables)
        why = {Path(fault.file).resolve(): str(fault) for fault in reversed(out.faults)}
        used = [finding for group in out.used.values() for finding in group if finding.key != "zones"]
        bad = [finding for finding in used if finding.path.resolve() in why]
        if not bad:
            return
        for finding in bad:
            out.used[finding.key].remove(finding)
            out.unused.append(replace(finding, why=why[finding.path.resolve()]))
        out.used = {key: group for key, group in out.used.items() if group}


def _absolute(out: Draft, folder: Path) -> Sourced:
    """The region with paths that can be opened from here."""

    def opened(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: os.path.normpath(folder / value) if key == "path" and value else opened(value)
                for key, value in node.items()
            }
        return [opened(item) for item in node] if isinstance(node, list) else node

    return Sourced.model_validate(opened(out.plain(folder)))


def entry(finding: Finding, folder: Path) -> dict[str, Any]:
    """The entry of a finding, with its path as seen from the region file and the date that the file's name says."""
    kind = {"kind": finding.spec["kind"]} if "kind" in finding.spec else {}
    rest = {key: value for key, value in finding.spec.items() if key not in ("kind", "vintage")}
    dated = VINTAGE.search(finding.path.stem)
    vintage = "-".join(part for part in dated.groups() if part) if dated else finding.spec.get("vintage", "")
    return (
        kind | {"path": seen_from(finding.path, folder)} | rest | {"vintage": vintage, "licence": "", "attribution": ""}
    )


def seen_from(path: Path, folder: Path) -> str:
    """A path as a region file in ``folder`` writes it: with slashes, relative where it can be."""
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _rounded(box: Box) -> list[float]:
    west, south, east, north = box
    return [
        round(west - MARGIN_DEG, 3),
        round(south - MARGIN_DEG, 3),
        round(east + MARGIN_DEG, 3),
        round(north + MARGIN_DEG, 3),
    ]
