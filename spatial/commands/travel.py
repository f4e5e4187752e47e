"""Walking seconds between inhabited cells, as far as the simulation's contacts reach (1800 s unless it says)."""

from __future__ import annotations

import logging

import numpy as np

from geojeom.command import Command
from geojeom.files import atomic
from geojeom.results import Folder
from geojeom.tables import read_table
from spatial.config.resolved import stored_region
from spatial.streets.network import Network
from spatial.streets.travel import cells_to_cells, prepare_pairs

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("cells.parquet", "streets.npz"),
    writes=("travel.npz",),
    settings=("simulation.mixing",),
    threads=8,
)


def prepare() -> None:
    """Have the kernels compiled that the command calls."""
    prepare_pairs()


def run(folder: Folder) -> None:
    """Walking seconds between inhabited cells, as far as the simulation's contacts reach (1800 s unless it says)."""
    mixing = stored_region(folder).simulation.get("mixing") or {}
    limit_s = float(mixing.get("contact_limit_s", 1800.0))
    cells = read_table(folder / "cells.parquet", "cells")
    inhabited = (cells["population"].fillna(0) > 0) | (cells["jobs"].fillna(0) > 0)
    cell = np.flatnonzero(inhabited).astype(np.int32)
    indptr, indices, travel_s = cells_to_cells(Network.load(folder / "streets.npz"), cell, limit_s)
    with atomic(folder / "travel.npz") as partial:
        np.savez(partial, cell=cell, indptr=indptr, indices=indices, travel_s=travel_s, limit_s=limit_s)
    log.info("travel: %s cells, %s pairs within %g s on foot", f"{cell.size:,}", f"{indices.size:,}", limit_s)
