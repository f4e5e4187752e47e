"""Street patterns that fill one block of main roads: grids, crooked lanes, apartment estates, yards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from curves import lines
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

# Lines reach this far past the block's edge, so that they truly cross the main road there; the stub is cut off later.
OVERSHOOT_M = 1.5


@dataclass(frozen=True)
class Street:
    """A line with what OSM says of it."""

    line: LineString
    highway: str
    name: str = ""
    maxspeed: int | None = None
    oneway: bool = False
    bridge: str | None = None  # name of the bridge; "" is a bridge without one


class Lattice:
    """A grid turned to the block's longest side: lines at ``rows`` and ``columns``, bent by a slow wave."""

    def __init__(self, area: Polygon, along_m: float, across_m: float, bend_m: float, rng: np.random.Generator) -> None:
        corners = np.asarray(shapely.oriented_envelope(area).exterior.coords) if area.area > 0 else np.zeros((5, 2))
        side = max(np.diff(corners, axis=0)[:2], key=lambda edge: float(np.hypot(*edge)))
        angle = np.arctan2(side[1], side[0])
        self.axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        self.centre = corners[:4].mean(axis=0)
        half = np.abs((corners - self.centre) @ self.axes.T).max(axis=0) + 60
        stretch = rng.uniform(0.92, 1.12)
        self.columns = _steps(half[0], along_m * stretch, rng)
        self.rows = _steps(half[1], across_m * stretch, rng)
        self.half, self.bend_m, self.phase = half, bend_m, rng.uniform(0, 6.28, 2)

    def ground(self, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Grid coordinates to metres on the ground (n, 2)."""
        bent = np.column_stack(
            [u + self.bend_m * np.sin(v / 190 + self.phase[0]), v + self.bend_m * np.sin(u / 240 + self.phase[1])]
        )
        placed: np.ndarray = self.centre + bent @ self.axes
        return placed

    def lines(self) -> Iterator[tuple[bool, int, LineString]]:
        """(is a row, its number, line)."""
        for number, v in enumerate(self.rows):
            u = np.arange(-self.half[0], self.half[0] + 30, 30.0)
            yield True, number, LineString(self.ground(u, np.full(len(u), v)))
        for number, u in enumerate(self.columns):
            v = np.arange(-self.half[1], self.half[1] + 30, 30.0)
            yield False, number, LineString(self.ground(np.full(len(v), u), v))

    def rectangle(self, west: float, south: float, east: float, north: float) -> Polygon:
        """A cell's outline on the ground."""
        return Polygon(self.ground(np.array([west, east, east, west]), np.array([south, south, north, north])))

    def cells(self) -> Iterator[tuple[float, float, float, float]]:
        """West, south, east and north of every cell, in grid coordinates."""
        for south, north in zip(self.rows[:-1], self.rows[1:], strict=True):
            for west, east in zip(self.columns[:-1], self.columns[1:], strict=True):
                yield west, south, east, north


def _steps(half: float, step: float, rng: np.random.Generator) -> np.ndarray:
    count = max(2, int(2 * half / step))
    return (np.arange(count + 1) - count / 2) * step + rng.uniform(-0.13, 0.13, count + 1) * step


def fill(kind: str, name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    """The streets of one block of a quarter."""
    return PATTERNS[kind](name, area, rng)


def _clip(line: LineString, reach: BaseGeometry, shortest_m: float = 18.0) -> list[LineString]:
    return [part for part in lines(line.intersection(reach)) if part.length > shortest_m]


def _houses(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    return _grid(name, area, Lattice(area, 104, 54, 16, rng), "residential", rng, gaps=0.10)


def _grid(
    name: str, area: Polygon, lattice: Lattice, highway: str, rng: np.random.Generator, *, gaps: float = 0.0
) -> list[Street]:
    reach = area.buffer(OVERSHOOT_M)
    shapely.prepare(reach)
    found = []
    for is_row, number, line in lattice.lines():
        street = f"{name}{'서동남북'[number % 4]}{number + 1}길" if is_row else f"{name}{number + 1}길"
        for part in _clip(line, reach):
            if gaps and is_row and part.length > 200 and rng.random() < 3 * gaps:
                # A through street taken out in the middle: people built across it.
                found += [
                    Street(piece, highway, street)
                    for piece in (
                        shapely.ops.substring(part, 0, 0.42, normalized=True),
                        shapely.ops.substring(part, 0.58, 1, normalized=True),
                    )
                ]
            else:
                found.append(Street(part, highway, street, oneway=highway == "residential" and rng.random() < 0.05))
    return found


def _lanes(
    depth_m: float, width_m: float, highway: str, *, blind: float = 0.0, gaps: float = 0.0
) -> Callable[[str, Polygon, np.random.Generator], list[Street]]:
    """Lanes grown without a plan: long crooked ones, cross lanes that do not line up, some of them blind."""

    def pattern(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
        lattice = Lattice(area, width_m, depth_m, 17, rng)
        far = float(lattice.half[0])
        u = np.arange(-far, far + 15, 15.0)
        rows = _uneven(float(lattice.half[1]), depth_m, rng)
        wave = rng.uniform(0, 6.28, (len(rows), 2))

        def at(row: int, u: np.ndarray | float) -> np.ndarray:
            course: np.ndarray = rows[row] + 0.10 * depth_m * (
                np.sin(u / 37 + wave[row, 0]) + np.sin(u / 23 + wave[row, 1])
            )
            return course

        drawn = [(number, lattice.ground(u, at(number, u))) for number in range(len(rows))]
        for number in range(len(rows) - 1):
            for column in _uneven(far, width_m, rng):
                if rng.random() < gaps:
                    continue
                slant = rng.uniform(-0.16, 0.16) * width_m
                ends = np.array([column, column + slant / 2, column + slant])
                low, high = float(at(number, ends[0])) - OVERSHOOT_M, float(at(number + 1, ends[2])) + OVERSHOOT_M
                across = np.array([low, (low + high) / 2, high])
                kept = slice(0, 2) if rng.random() < blind else slice(0, 3)
                drawn.append((number + int(column // 180), lattice.ground(ends[kept], across[kept])))
        reach = area.buffer(OVERSHOOT_M)
        shapely.prepare(reach)
        return [
            Street(part, highway, f"{name}{abs(number) + 1}길", oneway=rng.random() < 0.06)
            for number, course in drawn
            for part in _clip(LineString(course), reach, 9.0)
        ]

    return pattern


def _uneven(half: float, step: float, rng: np.random.Generator) -> np.ndarray:
    """Offsets from -half to half, between half a step and one and a half steps apart."""
    steps = step * rng.uniform(0.5, 1.5, int(2 * half / step) + 2)
    return np.cumsum(steps) - steps.sum() / 2


def _apartments(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    """Superblocks of about 230 m, each a walled estate with a loop drive and one or two gates."""
    lattice = Lattice(area, 235, 205, 0, rng)
    found = _grid(name, area, lattice, "residential", rng)
    return found + _estates(name, area, lattice, rng, built=1.0)


def _newtown(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    """Main grid laid out, a third of the blocks begun."""
    lattice = Lattice(area, 260, 240, 0, rng)
    streets = [Street(s.line, "tertiary", s.name, 40) for s in _grid(name, area, lattice, "tertiary", rng)]
    return streets + _estates(name, area, lattice, rng, built=0.3)


def _estates(name: str, area: Polygon, lattice: Lattice, rng: np.random.Generator, built: float) -> list[Street]:
    found = []
    for number, (west, south, east, north) in enumerate(lattice.cells()):
        if rng.random() > built or not area.contains(lattice.rectangle(west + 8, south + 8, east - 8, north - 8)):
            continue
        estate = f"{name}마을{number + 1}단지"
        w, s, e, n = west + 34, south + 34, east - 34, north - 34
        middle = (w + e) / 2
        found.append(Street(LineString(lattice.rectangle(w, s, e, n).exterior.coords), "service", estate))
        gate = rng.choice([s - 34, n + 34])
        inner = s if gate < s else n
        over = np.sign(gate - inner) * OVERSHOOT_M
        spokes = [[(middle, gate + over), (middle, inner - over)]]
        rows = 2 if n - s > 110 else 1
        spokes += [
            [(w - OVERSHOOT_M, v), (e + OVERSHOOT_M, v)] for v in s + (n - s) * np.arange(1, rows + 1) / (rows + 1)
        ]
        if rng.random() < 0.6:
            spokes.append([(w + OVERSHOOT_M, (s + n) / 2 + 9), (west - OVERSHOOT_M, (s + n) / 2 + 9)])
        for spoke in spokes:
            u, v = np.array(spoke).T
            found.append(Street(LineString(lattice.ground(u, v)), "service", estate))
        # A footpath across the estate to the other side.
        u, v = np.array([(middle, inner), (middle, n + 34 + OVERSHOOT_M if gate < s else s - 34 - OVERSHOOT_M)]).T
        found.append(Street(LineString(lattice.ground(u, v)), "footway"))
    return found


def _industry(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    return _grid(f"{name}공단", area, Lattice(area, 300, 135, 0, rng), "unclassified", rng)


def _campus(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    drives = _lanes(170, 210, "service")(f"{name}캠퍼스", area, rng)
    walks = _lanes(85, 110, "footway", gaps=0.2)(name, area, rng)
    return drives + [Street(s.line, "footway") for s in walks]


def _farmland(name: str, area: Polygon, rng: np.random.Generator) -> list[Street]:
    return _grid(f"{name}들", area, Lattice(area, 430, 260, 34, rng), "unclassified", rng, gaps=0.12)


PATTERNS: dict[str, Callable[[str, Polygon, np.random.Generator], list[Street]]] = {
    "market": _lanes(44, 62, "residential", blind=0.08),
    "old": _lanes(56, 80, "residential", blind=0.25, gaps=0.04),
    "houses": _houses,
    "apartments": _apartments,
    "apartments2000": _apartments,
    "newtown": _newtown,
    "industry": _industry,
    "campus": _campus,
    "village": _lanes(72, 95, "residential", blind=0.40, gaps=0.12),
    "farmland": _farmland,
}
