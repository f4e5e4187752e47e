"""Region files made ready for a run: each checked with all it names, every fault of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geojeom.errors import Fault, GeojeomError, RegionError, raise_if_any
from simulation.plans.settings import check_settings, unusual
from spatial.config.resolve import files_of, missing_files, resolve
from spatial.config.resolved import Resolved
from spatial.config.resolved import unusual as unusual_of_region


def unusual_settings(resolved: Resolved) -> list[Fault]:
    """Say which numbers of everything that a checked region file names may be meant, but are not usually given.

    Parameters
    ----------
    resolved : Resolved
        The region.

    Returns
    -------
    list of Fault
        One per number, for warnings: each number passes.
    """
    return [*unusual_of_region(resolved), *unusual(resolved.plain)]


def read_regions(files: Iterable[Path], made_below: str = "") -> dict[str, Resolved]:
    """The resolved configuration of every region file.

    Parameters
    ----------
    files : iterable of Path
        Region files.
    made_below : str
        A folder whose files are made later: source files in it need not exist. Empty for none.

    Returns
    -------
    dict of Resolved
        By the name of the region, in the order of the files.

    Raises
    ------
    RegionError
        With the faults of all region files, their catalogues, services and plans, and for two files of one region.
    """
    faults: list[Fault] = []
    regions: dict[str, Resolved] = {}
    for file in files:
        try:
            resolved = resolve(file, made_below=made_below)
        except GeojeomError as error:
            faults += error.faults
            continue
        name = resolved.region.region
        if name in regions:
            found, remedy = f"{name}, as in {regions[name].files['region']}", "Name one of them otherwise."
            faults.append(Fault(str(file), "a region of its own results folder", found, remedy, column="region"))
        regions[name] = resolved
        later = {path for path in files_of(resolved.region).values() if made_below and path.startswith(made_below)}
        faults += missing_files(resolved.region, str(file), later)
        faults += check_settings(resolved.plain, str(file))
    raise_if_any(RegionError, faults)
    return regions
