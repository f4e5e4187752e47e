"""G2SFCA against sums written out by hand, and the identity that nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.measures.competition import access
from spatial.measures.floating_catchment import g2sfca


def arrays(rows: list[list[tuple[int, float]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    flat = [pair for row in rows for pair in row]
    return (
        np.cumsum([0, *(len(row) for row in rows)]),
        np.array([cell for cell, _ in flat], np.int32),
        np.array([minutes for _, minutes in flat], np.float32),
    )


def test_two_facilities_and_three_cells() -> None:
    # Facility 0 (supply 6) lies in cell 0 and reaches cell 1; facility 1 (supply 2) lies in cell 1. f(5) = exp(-.5).
    indptr, cell, minutes = arrays([[(0, 0.0), (1, 5.0)], [(1, 0.0)]])
    people = np.array([10.0, 20.0, 7.0])
    found = g2sfca(indptr, cell, minutes, people=people, supply=np.array([6.0, 2.0]), beta=50)
    f = np.exp(-0.5)
    first = 6 / (10 + 20 * f)
    assert found.tolist() == pytest.approx([first, first * f + 2 / 20, 0])
    assert people @ found == pytest.approx(8)


def test_the_decay_of_the_reference() -> None:
    # Domain reference 2.3: beta 50 gives f(15) = 0.0111. Alone at 15 minutes, cell 1 gets .0111 of cell 0's ratio.
    indptr, cell, minutes = arrays([[(0, 0.0), (1, 15.0)]])
    found = g2sfca(indptr, cell, minutes, people=np.array([1.0, 0.0]), supply=np.array([1.0]), beta=50)
    assert found[1] / found[0] == pytest.approx(0.0111, abs=5e-5)


def test_a_facility_nobody_reaches_offers_nothing() -> None:
    indptr, cell, minutes = arrays([[(0, 0.0)], []])
    found = g2sfca(indptr, cell, minutes, people=np.array([0.0, 5.0]), supply=np.array([3.0, 4.0]), beta=50)
    assert found.tolist() == [0, 0]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_supply_is_conserved(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cells, facilities = int(rng.integers(1, 30)), int(rng.integers(1, 10))
    within = rng.random((facilities, cells)) < 0.4
    row, cell = np.nonzero(within)
    people, supply = rng.integers(0, 100, cells).astype(float), rng.integers(1, 50, facilities).astype(float)
    found = g2sfca(
        np.concatenate([[0], np.cumsum(np.bincount(row, minlength=facilities))]),
        cell.astype(np.int32),
        rng.uniform(0, 15, row.size).astype(np.float32),
        people=people,
        supply=supply,
        beta=50,
    )
    reached = within @ people > 0
    assert people @ found == pytest.approx(supply[reached].sum())
    assert (found[~within.any(axis=0)] == 0).all()


def test_access_of_districts(place) -> None:
    # On foot at 3.6 km/h: 1 clinic in c, 2 in d; f of 100 s and 200 s.
    args = {"kinds": ["clinic"], "beta": 50.0, "limit_min": 3.4, "mode": "walk", "walk_min": 0.1}
    f1, f2 = (np.exp(-((s / 60) ** 2) / 50) for s in (100, 200))
    c = 1 / (100 * f2 + 300 * f1 + 50 + 50 * f2)
    d = 2 / (300 * f2 + 50 * f1 + 50 * f1)
    a = (100 * c * f2 + 300 * (c * f1 + d * f2)) / 400
    b = c * f2 + d * f1
    out = access(place, **args)
    assert out.value.tolist() == pytest.approx([10_000 * a, 10_000 * b], rel=1e-6)
    # Out of reach is none, which is known; a kind of which there is none, or nobody counted, is not.
    assert access(place, **args | {"kinds": ["library"], "limit_min": 0.5}).value[0] == 0
    assert np.isnan(access(place, **args | {"kinds": ["pharmacy"]}).value).all()
    uncounted = replace(place, cells=place.cells.assign(population=place.cells["youth"]))
    assert access(uncounted, **args).missing[0].en == "no data on population"


def test_two_facilities_in_one_cell_are_one_site_of_both(place) -> None:
    args = {"kinds": ["clinic"], "beta": 50.0, "limit_min": 15, "mode": "walk", "walk_min": 0.1}
    split = gpd.GeoDataFrame(
        {"kind": ["clinic"] * 3, "count": pd.array([1, 1, 1], "Int64")},
        geometry=gpd.points_from_xy([210, 390, 380], [50, 50, 60]),
        crs=place.cells.crs,
    )
    assert access(replace(place, facilities=split), **args).value == pytest.approx(access(place, **args).value)
