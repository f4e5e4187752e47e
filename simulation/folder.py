"""What the commands that run scenarios share: reading a region's results, writing a dataset."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from geojeom.tables import read_arrays, read_table
from simulation.plans.settings import Scheme
from simulation.runs import inputs
from simulation.runs.inputs import Inputs
from spatial.streets.network import Network

log = logging.getLogger("geojeom.simulation")


def watched(some: Iterable[Any], what: str, unit: str) -> Iterable[Any]:
    """Show on the terminal how far ``some`` are gone through, and how long the rest will take.

    Parameters
    ----------
    some : iterable
        What is gone through.
    what, unit : str
        What it is, and the unit it is counted in.

    Returns
    -------
    iterable
        The same members.
    """
    return tqdm(some, desc=what, unit=unit, delay=3)


def gather(folder: Path) -> tuple[Inputs, list[str]]:
    """Read everything the simulation needs of a region, and the ids of its districts.

    Parameters
    ----------
    folder : Path
        The region's results folder, with what ``spatial`` makes.

    Returns
    -------
    data : Inputs
        Without ``backdrop``, which ``checked`` adds.
    district_ids : list of str
        In the order of districts.parquet.

    Raises
    ------
    SourceError
        Where a file is damaged, or arrays are missing.
    TableError
        Where a table is missing or not as its schema has it.
    """
    districts = read_table(folder / "districts.parquet", "districts")
    ids = [str(name) for name in districts["district_id"]]
    data = inputs.Inputs(
        cells=read_table(folder / "cells.parquet", "cells"),
        network=Network.load(folder / "streets.npz"),
        travel=read_arrays(folder / "travel.npz", inputs.TRAVEL),
        district_travel=read_arrays(folder / "district_travel.npz", inputs.DISTRICT_TRAVEL),
        history=read_table(folder / "history.parquet", "history"),
        area_m2=dict(zip(ids, districts["area_m2"].astype(float), strict=True)),
    )
    return data, ids


def hashes(folder: Path, data: Inputs, *further: Path) -> dict[str, str]:
    """SHA-256 of the files that ``gather`` read, and of others, by name.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    data : Inputs
        As ``gather`` read them: backdrop.parquet counts where they have it.
    *further : Path
        Other files.

    Returns
    -------
    dict of str
        Name of the file -> 64 hexadecimal digits.
    """
    names = [
        "cells.parquet",
        "history.parquet",
        "streets.npz",
        "travel.npz",
        "districts.parquet",
        "district_travel.npz",
    ]
    names += ["backdrop.parquet"] if data.backdrop is not None else []
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (*(folder / n for n in names), *further)
    }


def checked(folder: Path, data: Inputs, scheme: Scheme, district_ids: list[str]) -> Inputs:
    """Check what was gathered against the scheme, and add the barriers it names.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    data : Inputs
        As ``gather`` read them.
    scheme : Scheme
        What is simulated.
    district_ids : list of str
        The districts that are looked at.

    Returns
    -------
    Inputs
        With ``backdrop`` where the settings name barriers.

    Raises
    ------
    SourceError
        With every fault, where the files do not belong together.
    TableError
        Where backdrop.parquet is needed, and missing or not as its schema has it.
    """
    inputs.check_inputs(data, scheme, district_ids)
    if scheme.settings.barriers.hindering:
        data = replace(data, backdrop=read_table(folder / "backdrop.parquet", "backdrop"))
    for note in inputs.absent_barriers(data, scheme):
        log.warning("%s", note)
    return data
