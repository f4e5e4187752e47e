"""Two plans beside each other: differences taken world by world, and what no world changes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import xarray as xr

from geojeom.messages import Remark
from maps.beside import beside_content

NOBODY = [None, None, None]


def dataset(worlds: int = 10) -> xr.Dataset:
    """One service and year: in world w plan A has 100 + 10 w users outside and B 200 - 10 w; inside 10 and 5."""
    w = np.arange(worlds)
    months = np.concatenate([[0], np.ones(12, np.int64)])[:, None]
    outside = np.stack([months * (100 + 10 * w), months * (200 - 10 * w)])[:, None]
    inside = np.stack([months * (10 + 0 * w), months * (5 + 0 * w)])[:, None]
    dims = ("scenario", "service")
    shares = np.array([[0, 0.25], [0, 0.125]], np.float32)[:, None]
    return xr.Dataset(
        {
            "total_inside": ((*dims, "month", "world"), inside),
            "total_outside": ((*dims, "month", "world"), outside),
            "spent_krw": ((*dims, "year"), np.array([[0, 4_800_000], [0, 3_475_875]])[:, None]),
            "cost_per_adopter_krw": (
                (*dims, "year", "quantile"),
                np.array([[[np.nan] * 3, [1, 2, 3]], [[np.nan] * 3, [4, 5, 6]]], np.float32)[:, None],
            ),
            "coverage_elderly": ((*dims, "year"), shares),
            "coverage_declining": ((*dims, "year"), np.full_like(shares, np.nan)),
        },
        {"scenario": ["A", "B"], "service": ["bus"]},
        {"not_measured": json.dumps({"coverage_declining": Remark("decline.none").as_file()})},
    )


def beside(data: xr.Dataset) -> list[dict[str, Any]]:
    return [json.loads(beside_content(data).blobs[f"beside-{k}"]) for k in (0, 1)]


def test_users_differ_world_by_world() -> None:
    a, b = beside(dataset())
    assert a["less"][0] is None
    assert b["less"][1] is None
    # Of ten worlds in order the first, fifth and ninth: of A less B worlds 0, 4 and 8, of B less A worlds 9, 5 and 1.
    assert a["less"][1][0]["outside"] == [[0, 0, 0], [-100, -20, 60]]
    assert b["less"][0][0]["outside"] == [[0, 0, 0], [-80, 0, 80]]
    assert a["less"][1][0]["inside"][1] == [5, 5, 5]
    assert a["less"][1][0]["users"][1] == [-95, -15, 65]
    assert a["own"][0]["users"][1] == [110, 150, 190]
    assert b["own"][0]["users"][1] == [115, 155, 195]


def test_cost_per_user_differs_world_by_world_and_not_where_nobody_uses_it() -> None:
    a, b = beside(dataset())
    # World 9: 4,800,000 of 200 users less 3,475,875 of 115; world 5: of 160 and 155; world 1: of 120 and 195.
    gaps = [24_000 - 30_225, 30_000 - 22_425, 40_000 - 17_825]
    assert a["less"][1][0]["cost"] == [NOBODY, gaps]
    # The same figures as in the dataset.
    assert [each["own"][0]["cost"] for each in (a, b)] == [[NOBODY, [1, 2, 3]], [NOBODY, [4, 5, 6]]]
    data = dataset()
    data["total_outside"][1, :, :, 3] = data["total_inside"][1, :, :, 3] = 0
    assert beside(data)[0]["less"][1][0]["cost"] == [NOBODY, NOBODY]


def test_coverage_is_one_share_for_all_worlds_or_unknown() -> None:
    a, b = beside(dataset())
    assert [each["own"][0]["elderly"] for each in (a, b)] == [[0, 0.25], [0, 0.125]]
    assert a["own"][0]["declining"] == [None, None]
    assert beside_content(dataset()).config["notMeasured"]["coverage_declining"]["code"] == "decline.none"


@pytest.mark.parametrize("worlds", [1, 9])
def test_of_few_worlds_the_median_alone_is_stated(worlds: int) -> None:
    middle = -100 + 20 * ((worlds - 1) // 2)
    assert beside(dataset(worlds))[0]["less"][1][0]["outside"][1] == [None, middle, None]
