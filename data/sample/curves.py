"""Lines as people and rivers draw them: smooth through given points, wobbling between them, rounded at corners."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.interpolate import CubicSpline
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry


def spline(points: np.ndarray, step_m: float = 30.0, *, closed: bool = False) -> np.ndarray:
    """Smooth line through ``points`` (n, 2), a vertex about every ``step_m``; a closed one ends where it starts."""
    points = np.vstack([points, points[:1]]) if closed else points
    if len(points) < 3:
        return np.asarray(LineString(points).segmentize(step_m).coords)
    # Centripetal parameter: unlike plain chord length it does not overshoot where points lie unevenly.
    along = np.concatenate([[0.0], np.cumsum(np.sqrt(np.hypot(*np.diff(points, axis=0).T)))])
    curve = CubicSpline(along, points, bc_type="periodic" if closed else "natural")
    length = np.hypot(*np.diff(curve(np.linspace(0, along[-1], 400)), axis=0).T).sum()
    line: np.ndarray = curve(np.linspace(0, along[-1], max(3, int(length / step_m))))
    return line


def wobble(ring: np.ndarray, rng: np.random.Generator, roughness: float, rounds: int = 4) -> Polygon:
    """Closed ring made natural: midpoints are pushed aside by up to ``roughness`` of their edge, again and again."""
    for _ in range(rounds):
        after = np.roll(ring, -1, axis=0)
        edge = after - ring
        normal = np.column_stack([-edge[:, 1], edge[:, 0]])
        middle = (ring + after) / 2 + normal * rng.uniform(-roughness, roughness, (len(ring), 1))
        ring = np.stack([ring, middle], axis=1).reshape(-1, 2)
    return largest(shapely.make_valid(Polygon(ring)))


def rounded(line: np.ndarray, times: int = 2) -> np.ndarray:
    """Corner cutting (Chaikin) of an open line; its ends stay."""
    for _ in range(times):
        if len(line) < 3:
            return line
        before, after = line[:-1], line[1:]
        cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1).reshape(-1, 2)
        line = np.vstack([line[:1], cut[1:-1], line[-1:]])
    return line


def rounded_ring(ring: np.ndarray, times: int = 2) -> np.ndarray:
    """Corner cutting of a closed ring (first vertex repeated at the end)."""
    line = ring[:-1]
    for _ in range(times):
        after = np.roll(line, -1, axis=0)
        line = np.stack([0.75 * line + 0.25 * after, 0.25 * line + 0.75 * after], axis=1).reshape(-1, 2)
    return np.vstack([line, line[:1]])


def rounded_polygon(polygon: Polygon, tolerance_m: float) -> BaseGeometry:
    """A polygon traced from pixels with its stairs taken out."""
    simple = polygon.simplify(tolerance_m)
    if simple.is_empty:
        return simple
    holes = [rounded_ring(np.asarray(hole.coords)) for hole in simple.interiors if len(hole.coords) > 4]
    return shapely.make_valid(Polygon(rounded_ring(np.asarray(simple.exterior.coords)), holes))


def largest(geometry: BaseGeometry) -> Polygon:
    """The largest polygon of a geometry."""
    return max(polygons(geometry), key=lambda part: part.area)


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """All polygons in a geometry, whatever collection they are in."""
    return [
        part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon" and part.area > 0
    ]


def lines(geometry: BaseGeometry) -> list[LineString]:
    """All lines in a geometry, whatever collection they are in."""
    return [
        part
        for part in shapely.get_parts(shapely.get_parts(geometry))
        if part.geom_type == "LineString" and part.length > 0
    ]
