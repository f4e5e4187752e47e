"""Resolving a region file: the file and the catalogues it names become one model, every default filled in.

It is written beside the results as ``region.json`` and is the only configuration any job reads.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import parse, read_catalogue, read_yaml
from geojeom.configuration import source_files
from geojeom.errors import Fault, RegionError, cannot_write, raise_if_any
from geojeom.files import NO_FILE, atomic, why_no_file
from geojeom.models import Strict
from geojeom.spelling import on_disk
from spatial.config.arguments import argument_faults
from spatial.config.catalogue import CriteriaSet, Profile, Programme
from spatial.config.minimum import Minimum
from spatial.config.region import Region, RegionFile
from spatial.config.resolved import Resolved

M = TypeVar("M", bound=Strict)


def resolve(path: Path, made_below: str = "") -> Resolved:
    """Read and check a region file with its catalogues; return everything, defaults filled in.

    Parameters
    ----------
    path : Path
        The region file.
    made_below : str
        A folder whose files are made later: that they do not exist is no fault. Empty for none.

    Returns
    -------
    Resolved
        ``services``, ``plan`` and ``simulation`` are handed on as read: the simulation checks its own. ``files`` says
        which file each section was read from. Paths are relative to the folder this runs in, where they lie below it.

    Raises
    ------
    RegionError
        With every fault found: unknown keys, wrong types, missing catalogues, a profile that weighs criteria there are
        not, and with them the source files that do not exist. That these alone are missing raises nothing.
    """
    faults: list[Fault] = []
    path = on_disk(path)
    said = parse(RegionFile, read_yaml(path), str(path), faults)
    raise_if_any(RegionError, faults)
    assert said is not None
    here = path.resolve().parent
    region = _located(said, here, str(path), faults)
    made = {name for name in files_of(region).values() if made_below and name.startswith(made_below)}
    # Where a variable is not set no path that names it is known.
    lacking = [] if faults else missing_files(region, str(path), made)
    files = {"region": str(path), "simulation": str(path)}
    look_up = partial(_raw, here=here, files=files, faults=faults)
    programme = _model(Programme, "programme", look_up("programme", said.round), files, faults)
    criteria = _model(CriteriaSet, "criteria", look_up("criteria", said.criteria), files, faults)
    if criteria is not None:
        faults += argument_faults(criteria, files["criteria"], *kinds())
    profile = _model(Profile, "profile", look_up("profile", said.profile), files, faults)
    services, plan = look_up("services", said.services), look_up("plan", said.plan)
    if not faults and criteria is not None and profile is not None:
        faults += _unknown_criteria(criteria, profile, files["profile"])
        faults += _unknown_of_committee(criteria, said, str(path))
    profiles = _profiles(profile, faults) if not faults and profile is not None else []
    raise_if_any(RegionError, [*faults, *lacking] if faults else [])
    assert criteria is not None
    assert profile is not None
    assert services is not None
    assert plan is not None
    return Resolved(
        region=region,
        programme=programme,
        criteria=criteria,
        profile=profile,
        profiles=profiles,
        services=services,
        plan=plan,
        simulation=said.simulation,
        files=files,
    )


def _located(said: RegionFile, here: Path, file: str, faults: list[Fault]) -> Region:
    """What a region file in the folder ``here`` says of the region, with its paths as they are seen from this one."""
    plain = said.model_dump(mode="json", include=set(Region.model_fields))
    for holder, key in _paths(plain):
        try:
            holder[key] = _from_here(here / _expand(holder[key], file, faults))
        except RegionError as error:
            faults += error.faults
    return Region.model_validate(plain)


def _raw(key: str, name: str | None, here: Path, files: dict[str, str], faults: list[Fault]) -> dict[str, Any] | None:
    """What the catalogue of a section says, its file added to ``files``; None where none is named or it is at fault."""
    if name is None:
        return None
    try:
        files[key] = _from_here(_catalogue(key, name, here))
        return read_yaml(Path(files[key]))
    except RegionError as error:
        faults += error.faults
        return None


def _model(
    shape: type[M], key: str, raw: dict[str, Any] | None, files: dict[str, str], faults: list[Fault]
) -> M | None:
    """A section as the model that it is checked against; None where there is none, or it does not hold."""
    return None if raw is None else parse(shape, raw, files[key], faults)


def kinds() -> tuple[list[str], list[str]]:
    """The kinds a facility may be of, and those of them that the national minimum names.

    Returns
    -------
    facilities : list of str
        All kinds.
    minimum : list of str
        Those of the national minimum.
    """
    standard = read_catalogue(CATALOGUES / "minimum.yaml", Minimum)
    return list(read_yaml(CATALOGUES / "osm_kinds.yaml")), list(standard.kinds)


def _unknown_criteria(criteria: CriteriaSet, profile: Profile, file: str) -> list[Fault]:
    """Faults for criteria the profile weighs and the catalogue does not have, with the nearest name there is."""
    known = [criterion.id for criterion in criteria.criteria]
    faults = []
    for name in profile.named:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else "Take it out, or add the criterion."
            faults.append(Fault(file, "a criterion that is compared", repr(name), remedy, column=f"weights.{name}"))
    return faults


def _unknown_of_committee(criteria: CriteriaSet, region: Region, file: str) -> list[Fault]:
    """Faults for criteria that the papers and the table of points name and the catalogue does not have."""
    known = {criterion.id for criterion in criteria.criteria}
    named = [(f"evidence[{at}].criterion", paper.criterion) for at, paper in enumerate(region.evidence)]
    named += [(f"points[{at}].criteria", name) for at, item in enumerate(region.points) for name in item.criteria]
    remedy = "Write its id as in the criteria, or take it out."
    return [
        Fault(file, "a criterion that is compared", repr(name), remedy, column=column)
        for column, name in named
        if name not in known
    ]


def write(resolved: Resolved, folder: Path) -> None:
    """Write the resolved region to ``folder/region.json``, unless that is what it holds already.

    Parameters
    ----------
    resolved : Resolved
        The region.
    folder : Path
        Its results folder; made where there is none.

    Raises
    ------
    FolderError
        Where the file cannot be written, or what stands there cannot be read.
    """
    path = folder / "region.json"
    text = json.dumps(resolved.plain, ensure_ascii=False, indent=1)
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return
    except OSError as error:
        raise cannot_write(path, error) from None
    with atomic(path) as partial:
        partial.write_text(text, encoding="utf-8")


def missing_files(region: Region, region_file: str, made_later: set[str]) -> list[Fault]:
    """A fault for every source file that does not exist, but for those the pipeline makes itself.

    Parameters
    ----------
    region : Region
        The region, its paths as they can be opened from here.
    region_file : str
        The region file, as faults name it.
    made_later : set of str
        Paths that may be missing.

    Returns
    -------
    list of Fault
        In the order of the region file.
    """
    return [
        Fault(
            file=region_file,
            column=f"{key}.path",
            expected="a file that exists",
            found=f"{'nothing' if found == NO_FILE else found} at {path}",
            remedy="Put the file there, or name the right path (it is read from the region file's own folder).",
        )
        for key, path in files_of(region).items()
        if path not in made_later and (found := why_no_file(path))
    ]


def files_of(region: Region) -> dict[str, str]:
    """Every file that a region is read from, by its key in the region file.

    Parameters
    ----------
    region : Region
        The region.

    Returns
    -------
    dict
        Key (``sources.counts[0]``) -> path.
    """
    return source_files({"region": region.model_dump(mode="json")})


def _profiles(own: Profile, faults: list[Fault]) -> list[Profile]:
    """The region's profile and the shipped ones: what a planner may want to see the ranking by instead."""
    shipped = [
        parse(Profile, read_yaml(Path(_from_here(file))), _from_here(file), faults)
        for file in sorted(CATALOGUES.glob("profiles/*.yaml"))
    ]
    return [own, *(profile for profile in shipped if profile is not None and profile.id != own.id)]


def _catalogue(folder: str, name: str, here: Path) -> Path:
    """A catalogue is named by a path (ends in .yaml, seen from the region file) or by its name under ``data/``."""
    if name.endswith((".yaml", ".yml")):
        return here / name
    directory = {"profile": "profiles", "plan": "plans"}.get(folder, folder)
    return CATALOGUES / directory / f"{name}.yaml"


def _paths(node: Any) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(node, dict):
        if node.get("path") is not None:
            yield node, "path"
        for value in node.values():
            yield from _paths(value)
    elif isinstance(node, list):
        for value in node:
            yield from _paths(value)


def _expand(path: str, file: str, faults: list[Fault]) -> str:
    """Replace ``${NAME}`` in a path by the environment variable; a fault where it is not set."""

    def value(match: re.Match[str]) -> str:
        variable = os.environ.get(match[1])
        if not variable:
            faults.append(
                Fault(
                    file,
                    f"the environment variable {match[1]}",
                    "not set",
                    f"Set it to the folder the files are in: export {match[1]}=/path/to/folder",
                    column=path,
                )
            )
        return variable or ""

    return re.sub(r"\$\{(\w+)\}", value, path)


def _from_here(path: Path) -> str:
    absolute = on_disk(Path(os.path.normpath(path)))
    try:
        return str(absolute.relative_to(Path.cwd()))
    except ValueError:
        return str(absolute)
