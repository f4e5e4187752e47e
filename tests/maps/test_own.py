"""The city's own plan on the diffusion page: indicators beside what the simulation says of them."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr

from maps.own import modelled, own_content
from simulation.plans.catalogue import ServiceCatalogue
from tests.tables import table

YEARS, WORLDS = 3, 11


@pytest.fixture
def data() -> xr.Dataset:
    """A plan's scenario of one service: in month m of world w there are 10 m + w users outside, half as many inside."""
    month, world = np.arange(12 * YEARS + 1)[:, None], np.arange(WORLDS)[None]
    outside = np.broadcast_to(10 * month + world, (12 * YEARS + 1, WORLDS))
    dims = ("scenario", "service")
    year = np.arange(YEARS + 1.0)
    return xr.Dataset(
        {
            "total_outside": ((*dims, "month", "world"), outside[None, None]),
            "total_inside": ((*dims, "month", "world"), outside[None, None] // 2 * 2),
            "coverage_elderly": ((*dims, "year"), (0.1 * year)[None, None]),
            "months_to": (
                (*dims, "where", "reached", "quantile"),
                np.array([[[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, np.nan]]]])[None],
            ),
            "cost_per_adopter_krw": ((*dims, "year", "quantile"), (year[:, None] + [100, 200, 300])[None, None]),
        },
        {"scenario": ["ours"], "service": ["bus"], "where": ["inside", "outside"], "reached": [0.1, 0.5]},
    )


def test_users_are_quantiles_over_worlds_at_the_end_of_the_year(data: xr.Dataset) -> None:
    # Of the worlds 0 to 10 the tenth is world 1, the half world 5, nine tenths world 9.
    one = data.isel(scenario=0, service=0)
    assert modelled(one, "users_outside", [1, 2]) == [[121, 125, 129], [241, 245, 249]]


def test_other_measures_are_those_of_the_dataset(data: xr.Dataset) -> None:
    one = data.isel(scenario=0, service=0)
    assert modelled(one, "coverage_elderly", [2])[0] == pytest.approx([20, 20, 20])
    assert modelled(one, "half_months", [1, 3]) == [[10, 11, None]] * 2
    assert modelled(one, "cost_per_user", [3]) == [[103, 203, 303]]


def test_a_plan_shows_its_rows_and_a_template_none(data: xr.Dataset) -> None:
    service = {
        "id": "bus",
        "name": {"ko": "버스", "en": "Bus"},
        "field": "transport",
        "unit": {"ko": "대", "en": "bus"},
        "capex_krw": 10**8,
        "opex_share_year": 0.1,
        "reach": {"kind": "citywide"},
        "source": "test",
        "evidence": "own_choice",
    }
    group = {"id": "all", "name": {"ko": "모두", "en": "all"}, "of": "population", "source": "t", "evidence": "read"}
    catalogue = ServiceCatalogue.model_validate(
        {"provenance": {"ko": "시험", "en": "test"}, "groups": [group], "services": [service]}
    )
    indicator = {"indicator_id": "K-1", "name": "이용자", "unit": "명", "baseline": 0, "service": "bus"}
    indicator |= {"modelled": "users_outside"} | {f"target_{year}": 100 * year for year in (1, 2, 3, 4, 5, 10)}
    problem = {"problem": "멀다", "zone": "Z1", "value": 12.5, "unit": "%", "services": "bus", "indicator": "K-1"}
    workbook = {"file": "ours.xlsx", "bytes": "UEsh", "rows": []}
    plan = {"id": "ours", "sheets": {"indicators": [indicator], "problems": [problem]}, "workbook": workbook}
    zones = table("zones", geometry=[None], zone_id=["Z1"], name=["가람동"], area_m2=[1.0])
    two = xr.concat([data, data.assign_coords(scenario=["D1"])], "scenario")
    whole = own_content([plan], catalogue, zones, two)
    content = whole.config
    ours, template = content["ownPlans"]
    assert template is None
    assert ours["indicators"][0]["targets"] == [100, 200, 300, 400, 500, 1000]
    # Three years were simulated: there is nothing to say of the fourth.
    assert [len(band) for band in ours["indicators"][0]["modelled"]] == [3, 3, 3]
    assert ours["problems"] == [
        {
            "problem": "멀다",
            "zone": "가람동",
            "value": 12.5,
            "unit": "%",
            "services": [{"ko": "버스", "en": "Bus"}],
            "indicator": "이용자",
            # World 5 of 11 is in the middle: 5 users at the start, 10 for each of 36 months more at the end.
            "unit_of": "명",
            "change": [5, 365],
        }
    ]
    assert content["planWords"]["modelled"]["users_outside"] == {"ko": "지구외 이용자", "en": "users outside"}
    # The workbook goes beside the page's data, and they tell whether it is there.
    assert ours["workbook"] == {"file": "ours.xlsx", "held": True}
    assert set(whole.blobs) == {"book-0", "rows-0"}
    assert whole.blobs["book-0"] == b"PK!"
    assert json.loads(whole.blobs["rows-0"]) == {"file": "ours.xlsx", "rows": []}
    other = own_content([plan | {"workbook": {**workbook, "bytes": None}}], catalogue, zones, two)
    assert other.config["ownPlans"][0]["workbook"]["held"] is False
    assert other.blobs == {}
