"""Names of grid cells: Korea's national point number (국가지점번호) and, elsewhere, squares of a metric CRS.

The national grid counts from EPSG:5179 (700000, 1300000). The first letter names the 100 km square by easting, the
second by northing; digits follow, half for easting and half for northing: one pair for 10 km, two for 1 km, three for
100 m, four for 10 m. Statistics Korea's 500 m and 250 m squares add ``a``/``b`` (lower/upper half) once or twice to
each half of a 1 km name. A square owns its lower and left edges, so a point on a border belongs to the higher square.
Source: Korean Wikipedia, 국가지점번호; SGIS grid statistics.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geojeom.errors import Fault, SourceError, raise_if_any

ORIGIN_E_M = 700_000
ORIGIN_N_M = 1_300_000
LETTERS_E = "가나다라마바사"
LETTERS_N = "가나다라마바사아"
DIGITS = {100_000: 0, 10_000: 1, 1_000: 2, 100: 3, 10: 4}
HALVINGS = {500: 1, 250: 2}
# 50 m squares have no level of their own: they go by the 10 m name of their lower left corner.
CORNER_NAMED = {50: 4}

Text = NDArray[np.str_]


def encode(x_m: ArrayLike, y_m: ArrayLike, size_m: int) -> Text:
    """National grid names of the squares of ``size_m`` that hold the points (EPSG:5179 metres; any equal shapes).

    Sizes: 100000, 10000, 1000, 500, 250, 100, 50 and 10. Raises SourceError where a point lies off the grid.
    """
    x, y = np.asarray(x_m, float), np.asarray(y_m, float)
    off = ~(
        (x >= ORIGIN_E_M)
        & (x < ORIGIN_E_M + 100_000 * len(LETTERS_E))
        & (y >= ORIGIN_N_M)
        & (y < ORIGIN_N_M + 100_000 * len(LETTERS_N))
    )
    if off.any():
        where = int(np.flatnonzero(off.ravel())[0])
        raise SourceError(
            Fault(
                "national grid",
                "coordinates of EPSG:5179 within Korea (x 700,000 to 1,400,000, y 1,300,000 to 2,100,000)",
                f"{int(off.sum())} points outside, the first at ({x.ravel()[where]:.0f}, {y.ravel()[where]:.0f})",
                "Check the CRS and the axis order (x is the easting).",
            )
        )
    east, north = x - ORIGIN_E_M, y - ORIGIN_N_M
    letters = np.char.add(
        np.array(list(LETTERS_E))[(east // 100_000).astype(int)],
        np.array(list(LETTERS_N))[(north // 100_000).astype(int)],
    )
    return np.char.add(letters, np.char.add(_half(east % 100_000, size_m), _half(north % 100_000, size_m)))


def decode(codes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Lower left corners and sizes of the squares named, one level or several mixed.

    Parameters
    ----------
    codes : array of str (n,)
        National grid names; blanks inside a name are ignored.

    Returns
    -------
    x_m, y_m : float64 (n,)
        EPSG:5179, in metres.
    size_m : int64 (n,)
        Metres.

    Raises
    ------
    SourceError
        With up to 20 names that are none.

    References
    ----------
    Korean Wikipedia, 국가지점번호; SGIS grid statistics.
    """
    names = np.char.replace(np.asarray(codes, dtype=str).ravel(), " ", "")
    x = np.zeros(len(names))
    y = np.zeros(len(names))
    size = np.zeros(len(names), dtype=np.int64)
    known = np.zeros(len(names), dtype=bool)
    for length in np.unique(np.char.str_len(names)):
        here = np.flatnonzero(np.char.str_len(names) == length)
        if length < 2 or length % 2:
            continue
        letters = names[here].astype(f"<U{length}").view("<U1").reshape(len(here), length)
        first, second = letters[:, 2 : 2 + (length - 2) // 2], letters[:, 2 + (length - 2) // 2 :]
        column, row = _letter(letters[:, 0], LETTERS_E), _letter(letters[:, 1], LETTERS_N)
        east, east_size = _unhalf(first)
        north, north_size = _unhalf(second)
        good = (column >= 0) & (row >= 0) & (east_size > 0) & (east_size == north_size)
        x[here] = ORIGIN_E_M + 100_000 * column + east
        y[here] = ORIGIN_N_M + 100_000 * row + north
        size[here] = east_size
        known[here] = good
    raise_if_any(
        SourceError,
        [
            Fault(
                "national grid",
                "a national grid name such as 다사551085",
                repr(str(names[at])),
                "Correct the name, or leave the row out.",
                row=int(at) + 1,
            )
            for at in np.flatnonzero(~known)[:20]
        ],
    )
    return x, y, size


def name(x_m: ArrayLike, y_m: ArrayLike, size_m: int, epsg: int | None, utm_zone: str | None) -> Text:
    """Names of the squares that hold some points, by the region's CRS.

    EPSG:5179 gives national grid names (a 2 km square goes by the 1 km name of its corner). Any other CRS gives
    ``<zone>_<E/size>_<N/size>``, whole numbers counted from the CRS's origin.

    Parameters
    ----------
    x_m, y_m : array (n,)
        The points, in metres.
    size_m : int
        The side of a square.
    epsg : int or None
        The number of the CRS.
    utm_zone : str or None
        The UTM zone with its hemisphere (``22S``); None for a CRS that is not UTM, which goes by its number.

    Returns
    -------
    str (n,)
        Names.

    Raises
    ------
    SourceError
        In EPSG:5179 for points off the grid and sizes that have no names.

    References
    ----------
    As of ``decode``.
    """
    x, y = np.asarray(x_m, float), np.asarray(y_m, float)
    if epsg == 5179:
        if size_m == 2_000:
            return encode(np.floor(x / size_m) * size_m, np.floor(y / size_m) * size_m, 1_000)
        return encode(x, y, size_m)
    zone = utm_zone or f"EPSG{epsg}"
    parts = [np.floor(axis / size_m).astype(np.int64).astype(str) for axis in (x, y)]
    return np.char.add(np.char.add(f"{zone}_", parts[0]), np.char.add("_", parts[1]))


def _half(along_m: NDArray[np.float64], size_m: int) -> Text:
    """One half of a name: the digits (and halves) of an offset inside the 100 km square."""
    if size_m in HALVINGS:
        text = _digits(along_m, 2)
        for halving in range(1, HALVINGS[size_m] + 1):
            step = 1_000 / 2**halving
            text = np.char.add(text, np.where((along_m // step) % 2 < 1, "a", "b"))
        return text
    if size_m in CORNER_NAMED:
        return _digits(np.floor(along_m / size_m) * size_m, CORNER_NAMED[size_m])
    if size_m not in DIGITS:
        raise SourceError(
            Fault(
                "national grid",
                "a size of 100000, 10000, 1000, 500, 250, 100, 50 or 10 metres",
                str(size_m),
                "Choose one of these cell sizes.",
            )
        )
    return _digits(along_m, DIGITS[size_m])


def _digits(along_m: NDArray[np.float64], count: int) -> Text:
    if count == 0:
        return np.full(along_m.shape, "", dtype="<U1")
    number = np.floor(along_m / 10 ** (5 - count)).astype(np.int64)
    return np.char.zfill(number.astype(str), count)


def _letter(column: Text, letters: str) -> NDArray[np.int64]:
    index = np.full(len(column), -1, dtype=np.int64)
    for at, letter in enumerate(letters):
        index[column == letter] = at
    return index


def _unhalf(letters: Text) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Offset in metres and size of one half of a name, row by row; size 0 where it is no half of a name."""
    rows, width = letters.shape
    offset = np.zeros(rows)
    size = np.full(rows, 100_000, dtype=np.int64)
    halved = np.zeros(rows, dtype=np.int64)
    good = np.ones(rows, dtype=bool)
    for at in range(width):
        letter = letters[:, at]
        value = _letter(letter, "0123456789")
        half = _letter(letter, "ab")
        digit = (value >= 0) & (halved == 0) & (size > 10)
        upper_or_lower = (half >= 0) & ((size == 1_000) | ((halved > 0) & (size == 500)))
        good &= digit | upper_or_lower
        size = np.where(digit, size // 10, np.where(upper_or_lower, size // 2, size))
        halved = halved + upper_or_lower
        offset = offset + np.where(digit, value, np.where(upper_or_lower, half, 0)) * size
    return offset, np.where(good, size, 0)
