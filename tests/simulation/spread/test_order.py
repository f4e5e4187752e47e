from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geojeom.errors import PlanError
from simulation.spread.diffusion import mean_field, stochastic
from simulation.spread.order import along_hilbert, arranged
from tests.simulation.cities import lanes, random_city

CELLS, COUNT, MONTHS = 60, 3, 14


def test_the_curve_steps_from_neighbour_to_neighbour() -> None:
    """What a Hilbert curve is: it meets every cell of a square of 8 × 8 once, each next to the one before."""
    side, rng = 8, np.random.default_rng(1)
    cells = rng.permutation(side * side)
    xy_m = 200_000 + 100.0 * np.stack(np.divmod(cells, side), axis=1)
    order = along_hilbert(xy_m)
    assert sorted(order) == list(range(side * side))
    assert (abs(np.diff(xy_m[order], axis=0)).sum(axis=1) == 100).all()


def test_no_cell_one_cell_and_a_row_of_cells() -> None:
    assert along_hilbert(np.empty((0, 2))).tolist() == []
    assert along_hilbert(np.array([[3.0, 4.0]])).tolist() == [0]
    assert along_hilbert(np.array([[300.0, 4.0], [100.0, 4.0], [200.0, 4.0]])).tolist() in ([1, 2, 0], [0, 2, 1])


def test_arranged_by_hand() -> None:
    """Cells 2, 0, 1: cell 0 of the new order is the old 2, and whoever saw the old 2 sees 0, at the same place."""
    city = replace(random_city(3, 1, 1, 1, months=2), order=np.array([2, 0, 1]))
    rows = city.contact
    city = replace(
        city,
        contact=rows._replace(
            indptr=np.array([0, 2, 3, 4]),
            indices=np.array([1, 2, 0, 1], np.int32),
            weight=np.array([0.25, 0.75, 1, 1], np.float32),
        ),
    )
    new = arranged(city)
    assert new.contact.indptr.tolist() == [0, 1, 3, 4]
    assert new.contact.indices.tolist() == [2, 2, 0, 1]
    assert new.contact.weight.tolist() == [1, 0.25, 0.75, 1]
    assert new.potential[0].tolist() == city.potential[0, [2, 0, 1]].tolist()
    assert new.number is not None
    assert new.number.tolist() == [2, 0, 1]


@settings(deadline=None, max_examples=15)
@given(st.permutations(range(CELLS)), st.booleans())
def test_any_order_gives_the_same_worlds_in_the_order_given(order: list[int], numbered: bool) -> None:
    city = random_city(CELLS, 2, 2, COUNT, months=MONTHS)
    if numbered:
        city = replace(city, number=7 + 3 * np.arange(CELLS))
    other = replace(city, order=np.array(order))
    some = lanes(2, world=np.arange(COUNT), near=0.4, far=0.2, strength=1.0)
    start = np.minimum(city.potential, 2)[:, :, None]
    record = np.array([0, 5, MONTHS])
    worlds, same = (stochastic(one, some, 3, record, start=start) for one in (city, other))
    for name in ("inside", "outside", "adopters"):
        assert (getattr(worlds, name) == getattr(same, name)).all()
    field, alike = (mean_field(one, some, record, start=start) for one in (city, other))
    assert field.adopters == pytest.approx(alike.adopters, rel=1e-6)
    assert field.outside == pytest.approx(alike.outside, rel=1e-7)


@pytest.mark.parametrize("order", [[0, 0, 2], [0, 1, 3], [0, 1]])
def test_an_order_names_each_cell_once(order: list[int]) -> None:
    city = replace(random_city(3, 1, 1, 1, months=2), order=np.array(order))
    with pytest.raises(PlanError, match="order:"):
        stochastic(city, lanes(), 1, np.array([]))
