"""Which facilities are one and the same place, mapped or listed more than once.

OpenStreetMap editors draw a school as a node, as the outline of its grounds and as a relation of several outlines; a
table of schools lists it again. Two are one where they are of one kind and
- one lies within (or within 30 m of) the other's outline, or their outlines cover half of the smaller, and they have
  one name or one of them has none (nameless: within the outline only);
- or two sources give them one name within 100 m, each being the other's nearest: stops on both sides of a street
  have one name and stay two.
Places of different names are two, wherever they lie.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# A node beside the outline it stands for: at the gate, or off by the outlines' own accuracy.
BESIDE_M = 30.0
# The same place by two sources: addresses are placed at the street or the plot.
APART_M = 100.0
COVERS = 0.5
# Two of one name across a street are two: what lies beside an outline may be its opposite.
IN_PAIRS = ("transit_stop",)


def told_by(frame: gpd.GeoDataFrame) -> Ints:
    """Find the row that tells of each row's place: itself, or the one that it repeats and is left out for.

    Kept is the one with a name, else the earlier. Rows that stand for several facilities are never one with another.

    Parameters
    ----------
    frame
        ``kind``, ``name`` (or null), ``count``, ``source`` (number of the file), ``outline`` (polygon in metres, or
        null), point geometry in metres.

    Returns
    -------
    int64 (rows,)
        -1 for a nameless one of a place that bears several names.
    """
    out = np.arange(len(frame))
    single = (frame["count"] == 1).to_numpy(bool)
    for kind, rows in frame[single].groupby("kind").indices.items():
        at = np.flatnonzero(single)[rows]
        by = _told_by(frame.iloc[at], 0.0 if kind in IN_PAIRS else BESIDE_M)
        out[at] = np.where(by >= 0, at[by], -1)
    return out


def _told_by(frame: gpd.GeoDataFrame, beside_m: float) -> Ints:
    """``told_by`` for the rows of one kind."""
    name = frame["name"].fillna("").astype(str).str.normalize("NFC").str.split().str.join("").str.casefold().to_numpy()
    one, other = np.concatenate([_in_outlines(frame, name, beside_m), _by_two_sources(frame, name)], axis=1)
    if not len(one):
        return np.arange(len(frame))
    size = len(frame)
    from scipy.sparse import coo_array  # noqa: PLC0415  # half a second to import, and only facilities need it
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    _, group = connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(size, size)), directed=False)
    # A nameless place between two of different names belongs to one of them and joins them no more than a fence does.
    first: dict[tuple[int, str], int] = {}
    for at in range(size):
        first.setdefault((group[at], name[at]), at)
    named: dict[int, list[int]] = {}
    for (number, text), at in first.items():
        if text:
            named.setdefault(number, []).append(at)
    out = np.array([first[group[at], name[at]] for at in range(size)], dtype=np.int64)
    for at in range(size):
        if name[at] == "" and (owners := named.get(group[at])):
            out[at] = owners[0] if len(owners) == 1 else -1
    return out


def _in_outlines(frame: gpd.GeoDataFrame, name: NDArray[np.str_], beside_m: float) -> Ints:
    """Pairs (2, n) of an outline and what lies in it, or beside it under the same name."""
    outline = frame["outline"].to_numpy(dtype=object)
    drawn = np.flatnonzero(~shapely.is_missing(outline))
    shape = np.where(shapely.is_missing(outline), frame.geometry.to_numpy(), outline)
    if not len(drawn):
        return np.empty((2, 0), np.int64)
    row, at = shapely.STRtree(shape).query(outline[drawn], predicate="dwithin", distance=beside_m)
    one, other = drawn[row], at
    one, other = one[one != other], other[one != other]
    flat = np.isin(other, drawn)
    shared = shapely.area(shapely.intersection(shape[one], shape[other]))
    smaller = np.minimum(shapely.area(shape[one]), shapely.area(shape[other]))
    inside = np.where(flat, shared >= COVERS * smaller, shapely.intersects(shape[one], shape[other]))
    same = (name[one] == name[other]) & (name[one] != "")
    nameless = (name[one] == "") | (name[other] == "")
    joined = (same & (inside | ~flat)) | (nameless & inside)
    return np.stack([one[joined], other[joined]]).astype(np.int64)


def _by_two_sources(frame: gpd.GeoDataFrame, name: NDArray[np.str_]) -> Ints:
    """Pairs (2, n) of one name from two sources, each the other's nearest of that source and name."""
    source, points = frame["source"].to_numpy(np.int64), frame.geometry.to_numpy()
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=APART_M)
    held = (source[one] != source[other]) & (name[one] == name[other]) & (name[one] != "")
    one, other = one[held], other[held]
    apart = shapely.distance(points[one], points[other])
    order = np.lexsort((other, apart, source[other], one))
    one, other = one[order], other[order]
    first = np.ones(len(one), dtype=bool)
    first[1:] = (one[1:] != one[:-1]) | (source[other[1:]] != source[other[:-1]])
    nearest = {(int(a), int(b)) for a, b in zip(one[first], other[first], strict=True)}
    pairs = [pair for pair in sorted(nearest) if pair[::-1] in nearest]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2).T
