"""The street network as arrays (``streets.npz``; docs/files.md gives each array's shape and unit)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geojeom.tables import atomic, read_arrays


@dataclass(frozen=True)
class Network:
    """Directed streets in CSR form, and the node by which each cell joins them.

    Seconds are infinite where a mode may not pass. Reaching or leaving a cell costs ``cell_access_m`` on foot at
    ``access_kmh``, whatever the mode. Without streets (``straight``) there are no edges, every cell is its own node,
    and trips are straight lines times ``circuity`` at ``walk_kmh`` and ``drive_kmh``; with streets ``circuity`` is 1
    and ``drive_kmh`` NaN.
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

    @property
    def straight(self) -> bool:
        """Whether straight lines stand in for streets."""
        return self.kind == "straight_line"

    @property
    def remark(self) -> tuple[str, str] | None:
        """What to say (Korean, English) beside every figure made of travel times that no street was measured for."""
        if not self.straight:
            return None
        return f"도로망 없음: 직선거리 × {self.circuity:g}", f"no streets: straight line × {self.circuity:g}"

    def save(self, path: Path) -> None:
        """Write all arrays to one ``.npz``, whole or not at all."""
        with atomic(path) as partial:
            arrays = {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}
            np.savez(partial, allow_pickle=False, **arrays)

    @staticmethod
    def load(path: Path) -> Network:
        """Read what ``save`` wrote; SourceError when the file is not there or broken."""
        values = read_arrays(path, [field.name for field in fields(Network)], "geojeom spatial streets")
        for name in ("circuity", "walk_kmh", "access_kmh", "drive_kmh"):
            values[name] = float(values[name])
        values["kind"] = str(values["kind"])
        return Network(**values)
