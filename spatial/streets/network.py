"""The street network as arrays (``streets.npz``; docs/files.md gives each array's shape and unit)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geojeom.files import atomic
from geojeom.messages import Remark
from geojeom.tables import read_arrays

Mode = Literal["walk", "drive"]


@dataclass(frozen=True)
class Network:
    """Directed streets in CSR form, and the node by which each cell joins them on foot and by car.

    Seconds are infinite where a mode may not pass; ``ferry`` marks links by boat. Reaching or leaving a cell costs
    ``cell_access_m`` on foot at ``access_kmh``; a trip by car begins and ends with ``cell_drive_access_m`` on foot
    (where no node by car is given it is the one on foot). Access is infinite where a cell joins no street;
    ``cell_part`` is the bit of land it joins, then -1. Without streets (``straight``) there are no edges, every cell is
    its own node, and trips are straight lines times ``circuity`` at ``walk_kmh`` and ``drive_kmh``; with streets
    ``circuity`` is 1 and ``drive_kmh`` NaN. The last K nodes are copies of ``copy_of`` (K,), on which cars drive where
    a turn restriction binds them; a trip begins at a node and ends at it or at any copy of it.
    """

    node_x_m: NDArray[np.float64]
    node_y_m: NDArray[np.float64]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    length_m: NDArray[np.float32]
    walk_s: NDArray[np.float32]
    drive_s: NDArray[np.float32]
    cell_node: NDArray[np.int32]
    cell_access_m: NDArray[np.float32]
    kind: str
    circuity: float
    walk_kmh: float
    access_kmh: float
    drive_kmh: float = float("nan")
    ferry: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    cell_part: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    cell_drive_node: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    cell_drive_access_m: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    copy_of: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))

    def __post_init__(self) -> None:
        """Let cars join where walkers do, and no link be a ferry, unless told otherwise."""
        if not self.ferry.size:
            object.__setattr__(self, "ferry", np.zeros(self.indices.size, np.bool_))
        if not self.cell_drive_node.size:
            object.__setattr__(self, "cell_drive_node", self.cell_node)
            object.__setattr__(self, "cell_drive_access_m", self.cell_access_m)

    def joins(self, mode: Mode) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Each cell's node and the seconds on foot between it and the cell's centre.

        Parameters
        ----------
        mode : {'walk', 'drive'}
            On foot or by car.

        Returns
        -------
        node : int32 (C,)
            Position of the node in ``node_x_m``.
        access_s : float64 (C,)
            Seconds at ``access_kmh``; infinite out of reach.
        """
        node = self.cell_node if mode == "walk" else self.cell_drive_node
        metres = self.cell_access_m if mode == "walk" else self.cell_drive_access_m
        return node, metres.astype(np.float64) / (self.access_kmh / 3.6)

    @property
    def straight(self) -> bool:
        """Whether straight lines stand in for streets."""
        return self.kind == "straight_line"

    @property
    def remark(self) -> Remark | None:
        """What to say beside every figure made of travel times that no street was measured for."""
        return Remark("straight_line", circuity=self.circuity) if self.straight else None

    def save(self, path: Path) -> None:
        """Write all arrays to one ``.npz``, whole or not at all.

        Parameters
        ----------
        path : Path
            The file.

        Raises
        ------
        FolderError
            Where it cannot be written.
        """
        with atomic(path) as partial:
            arrays = {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}
            np.savez(partial, allow_pickle=False, **arrays)

    @staticmethod
    def load(path: Path) -> Network:
        """Read what ``save`` wrote.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        Network
            The same arrays.

        Raises
        ------
        SourceError
            Where the file is not there, broken, or lacks an array.
        """
        values = read_arrays(path, [field.name for field in fields(Network)])
        for name in ("circuity", "walk_kmh", "access_kmh", "drive_kmh"):
            values[name] = float(values[name])
        values["kind"] = str(values["kind"])
        return Network(**values)
