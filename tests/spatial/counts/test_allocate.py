"""Largest remainder by hand, and what must hold whatever the weights."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from spatial.counts.allocate import apportion, apportion_by_side, apportion_part, choose_weights, scattered


def test_largest_remainders_get_what_is_left() -> None:
    # 10 over 1:2:4 has quotas 1.43, 2.86, 5.71: floors 1, 2, 5 and two left for the remainders .86 and .71.
    assert apportion(np.array([10]), np.zeros(3, int), np.array([1.0, 2, 4])).tolist() == [1, 3, 6]


def test_ties_stay_within_their_unit() -> None:
    given_ = apportion(np.array([2, 5]), np.array([0, 0, 0, 1, 1]), np.array([1, 1, 1, 1, 1]))
    assert sorted(given_[:3].tolist()) == [0, 1, 1]
    assert sorted(given_[3:].tolist()) == [2, 3]


def test_the_hash_is_splitmix64() -> None:
    # The first outputs of SplitMix64 from the state 0, as its published test vectors give them.
    assert [hex(one) for one in scattered(3).tolist()] == [
        "0xe220a8397b1dcdaf",
        "0x6e789e6aa1b965f4",
        "0x6c45d188009454f",
    ]


def test_like_squares_do_not_fill_row_by_row() -> None:
    # 50 x 50 like squares and 1.5 people each: every row has about 75, not 100 in the first half and 50 in the second.
    # The last digits of their areas fall from row to row, as in a real projection.
    area = 1e4 - np.repeat(np.arange(50), 50) * 1e-9
    rows = apportion(np.array([3750]), np.zeros(2500, int), area).reshape(50, 50).sum(axis=1)
    assert rows.sum() == 3750
    # Binomial(50, 1/2) has a standard deviation of 3.5; five of them to either side.
    assert np.abs(rows - 75).max() < 18


def test_a_part_has_the_same_share_where_few_and_where_many_live() -> None:
    # A sixth are elderly. By largest remainders, squares of 2 people would have none and those of 4 one each.
    people = np.tile([2, 4], 1500)
    part = apportion_part(np.array([1500]), np.zeros(3000, int), np.zeros(3000, bool), people)
    assert part.sum() == 1500
    assert abs(part[people == 2].sum() - 500) < 80
    # The squares come in 60 rows of 50: 25 expected in each, with a standard deviation under 4.6.
    assert np.abs(part.reshape(60, 50).sum(axis=1) - 25).max() < 23


def test_weights_of_zero_mean_even_shares() -> None:
    assert apportion(np.array([3]), np.zeros(3, int), np.zeros(3)).tolist() == [1, 1, 1]


def test_a_unit_without_squares_gives_nothing() -> None:
    assert apportion(np.array([7, 2]), np.array([1, 1]), np.array([1.0, 1.0])).tolist() == [1, 1]


def test_a_border_splits_a_small_total_by_weight_not_by_rank() -> None:
    # Ten stops; the three heavy squares lie inside (weight 6 of 16), ten light ones outside (weight 10 of 16).
    weight = np.array([2.0] * 3 + [1.0] * 10)
    outside = np.array([False] * 3 + [True] * 10)
    given_ = apportion_by_side(np.array([10]), np.zeros(13, int), outside, weight)
    # Quotas of the sides 3.75 and 6.25: 4 inside and 6 outside. Ranked over all squares it would be 3 and 7.
    assert given_[:3].sum() == 4
    assert given_.sum() == 10


@st.composite
def units(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    total = draw(st.lists(st.integers(0, 100_000), min_size=1, max_size=5))
    sizes = [draw(st.integers(1, 8)) for _ in total]
    unit = np.repeat(np.arange(len(total)), sizes)
    weight = draw(st.lists(st.floats(0, 1e6), min_size=len(unit), max_size=len(unit)))
    return np.array(total), unit, np.array(weight)


@given(units())
def test_totals_are_kept_and_no_share_leaves_its_quota(case: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    total, unit, weight = case
    share = apportion(total, unit, weight)
    assert (share >= 0).all()
    assert np.bincount(unit, share).astype(int).tolist() == total.tolist()
    whole = np.bincount(unit, weight)[unit]
    held = whole > 0
    quota = total[unit][held] * (weight[held] / whole[held])
    assert (np.abs(share[held] - quota) < 1 + 1e-6).all()


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.data())
def test_a_part_never_exceeds_the_whole_anywhere(people: list[int], data: st.DataObject) -> None:
    whole = np.array(people)
    part = data.draw(st.integers(0, int(whole.sum())))
    outside = np.array(data.draw(st.lists(st.booleans(), min_size=len(people), max_size=len(people))))
    share = apportion_by_side(np.array([part]), np.zeros(len(people), int), outside, whole)
    assert share.sum() == part
    assert (share <= np.maximum(whole, 1 if whole.sum() == 0 else 0)).all()
    even = apportion_part(np.array([part]), np.zeros(len(people), int), outside, whole)
    assert even.sum() == part
    assert (even <= whole).all()
    assert (np.abs(even - part * whole / max(whole.sum(), 1)) < 2).all()


def test_the_first_level_that_says_anything_is_taken_and_outside_gets_the_mean() -> None:
    unit = np.array([0, 0, 0, 1, 1])
    square = np.array([0, 1, 2, 3, 4])
    known = np.array([True, True, False, True, True])
    floors = np.array([10.0, 30.0, 99.0, 0.0, 0.0])
    streets = np.array([1.0, 1.0, 1.0, 5.0, 7.0])
    weight, level = choose_weights(unit, square, 2, known, [floors, streets])
    # Unit 0 by floors, its square outside the region with their mean; unit 1 has no floors and goes by streets.
    assert weight.tolist() == [10, 30, 20, 5, 7]
    assert level.tolist() == [0, 1]
