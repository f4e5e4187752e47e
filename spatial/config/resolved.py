"""The resolved configuration of a region, as ``region.json`` has it: read, checked and typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from geojeom import figures
from geojeom.checked_yaml import parse
from geojeom.errors import Fault, RegionError, raise_if_any
from geojeom.models import Strict
from geojeom.results import configuration
from spatial.config.arguments import arguments
from spatial.config.catalogue import CriteriaSet, Profile, Programme
from spatial.config.region import Region


class Resolved(Strict):
    """A region with everything its file names, every default filled in.

    ``profiles`` are the region's own and the shipped ones. ``programme`` is None where no round's
    rules are applied. ``services``, ``plan`` and ``simulation`` are as read: the
    simulation checks them and makes models of them (simulation.plans.settings). ``files`` says which file each section
    was read from.
    """

    region: Region
    programme: Programme | None
    criteria: CriteriaSet
    profile: Profile
    profiles: list[Profile]
    services: dict[str, Any]
    plan: dict[str, Any]
    simulation: dict[str, Any]
    files: dict[str, str]

    @property
    def plain(self) -> dict[str, Any]:
        """Everything as JSON has it."""
        return self.model_dump(mode="json")


def stored_region(folder: Path) -> Resolved:
    """The resolved configuration of a region's results folder.

    Parameters
    ----------
    folder : Path
        The results folder; it holds ``region.json``.

    Returns
    -------
    Resolved
        Checked again.

    Raises
    ------
    SourceError
        Where there is no ``region.json`` or it is damaged.
    RegionError
        With every fault where it does not hold: changed by hand, or written by another version.
    """
    file = str(folder / "region.json")
    faults: list[Fault] = []
    stored = parse(Resolved, configuration(folder), file, faults)
    again = "It is made from the region file: correct that, and run the pipeline or `geojeom spatial resolve` again."
    raise_if_any(RegionError, [replace(fault, remedy=again) for fault in faults])
    assert stored is not None
    return stored


def unusual(held: Resolved) -> list[Fault]:
    """Say which numbers of the region, its round, criteria and weights may be meant, but are not usually given.

    Parameters
    ----------
    held : Resolved
        The region.

    Returns
    -------
    list of Fault
        One per number, for warnings: each number passes.
    """
    files = held.files
    sections = {"region": held.region, "criteria": held.criteria, "profile": held.profile}
    sections |= {"programme": held.programme} if held.programme is not None else {}
    return [
        *(warning for name, section in sections.items() for warning in figures.unusual(section, files[name])),
        *(
            warning
            for key, shape in arguments(held.criteria)
            for warning in figures.unusual(shape, files["criteria"], f"{key}.args")
        ),
    ]
