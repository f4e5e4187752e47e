from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from geojeom.tables import read_table
from maps.basemap import Content
from maps.diffusion import bytes_per_value, diffusion_content, money_by_year, plan_content
from simulation.plans.catalogue import PlanTemplate, ServiceCatalogue
from spatial.config.resolved import stored_region
from tests.maps.decoding import decode, from_varints, share_of


@pytest.fixture(scope="module")
def data(toy_folder: Path) -> xr.Dataset:
    with xr.open_dataset(toy_folder / "diffusion.nc", engine="h5netcdf") as opened:
        return opened.load()


@pytest.fixture(scope="module")
def spread(toy_folder: Path, data: xr.Dataset) -> Content:
    return content(toy_folder, data)


def content(toy_folder: Path, data: xr.Dataset) -> Content:
    services = ServiceCatalogue.model_validate(stored_region(toy_folder).services).services
    cells, zones, districts = (read_table(toy_folder / f"{n}.parquet", n) for n in ("cells", "zones", "districts"))
    return diffusion_content(services, data, cells, zones, districts)


def test_frames_hold_the_dataset_at_sampled_cell_months(spread: Content, data: xr.Dataset) -> None:
    random = np.random.default_rng(11)
    months = data.sizes["month"]
    for _ in range(1000):
        k, s = random.integers(data.sizes["scenario"]), random.integers(data.sizes["service"])
        m, c = random.integers(months), random.integers(data.sizes["cell"])
        potential = float(data["potential"][s, c])
        share = float(data["adopters"][k, s, m, c]) / potential if potential else 0.0
        code = np.frombuffer(spread.blobs[f"frames-{k}-{s}"], dtype=np.uint8).reshape(-1, months)[c, : m + 1]
        decoded = float(share_of(np.array([code.sum() % 256], dtype=np.uint8))[0])
        assert abs(decoded - share) <= np.sqrt(share) / 255 + 1e-5


def test_bands_are_ordered_and_end_where_the_dataset_ends(spread: Content, data: xr.Dataset) -> None:
    frames = decode(spread.blobs["bands-1-2"], 3 * data.sizes["year"]).reshape(3, data.sizes["year"], -1)
    assert (frames[0] <= frames[1]).all()
    assert (frames[1] <= frames[2]).all()
    assert frames[:, 0].max() == 0


def test_zone_totals_are_sums_of_cells(spread: Content, data: xr.Dataset, toy_folder: Path) -> None:
    cells = read_table(toy_folder / "cells.parquet", "cells")
    zone = cells["zone_id"].iloc[data["cell_index"].to_numpy()].to_numpy()
    steps = from_varints(spread.blobs["zones-0-1"]).reshape(9, data.sizes["month"])
    last = steps.sum(axis=1)
    for number in range(8):
        expected = data["adopters"][0, 1, -1].to_numpy()[zone == f"99{number:03d}"].sum()
        assert last[number] == pytest.approx(expected, abs=1)
    assert last[8] == 0  # no cell lies in no zone


def test_series_are_quantiles_of_the_worlds(spread: Content, data: xr.Dataset) -> None:
    worlds = np.sort(data["total_outside"][0, 0, 60].to_numpy())
    entry = spread.config["series"][0][0]["outside"]
    # Of 16 worlds the 2nd, 8th and 15th: the first that 10, 50 and 90 % do not exceed.
    assert [entry[name][60] for name in ("low", "mid", "high")] == [worlds[1], worlds[7], worlds[14]]


def test_of_too_few_worlds_there_is_a_median_and_no_range(data: xr.Dataset, toy_folder: Path) -> None:
    few = data.isel(world=slice(0, 3))
    found = content(toy_folder, few)
    assert (found.config["ranged"], found.config["quantiles"]) == (False, [0.5])
    entry = found.config["series"][0][0]["outside"]
    assert entry["low"] is None
    assert entry["high"] is None
    assert entry["mid"][60] == np.sort(few["total_outside"][0, 0, 60].to_numpy())[1]
    years = decode(found.blobs["bands-0-0"], 11)
    assert years.shape == (11, data.sizes["cell"])


def test_what_was_not_simulated_is_named(spread: Content) -> None:
    assert spread.config["notSimulated"] == [
        {
            "id": "drt",
            "name": {"ko": "수요응답 버스", "en": "Demand-responsive bus"},
            "reason": {"code": "users.unknown", "values": {"group": {"ko": "주민", "en": "residents"}}},
        }
    ]


def test_frames_stay_under_the_limit(spread: Content) -> None:
    assert 0 < bytes_per_value(spread) <= 0.4


def test_money_by_year_by_hand() -> None:
    columns = ["year", "part", "service", "kind", "payer", "krw"]
    inside, outside = ("in_district", "lamp"), ("diffusion", "lamp")
    rows = [
        (2028, *outside, "capital", "local", 30),
        (2028, *outside, "running", "unstated", 9),
        (2027, *inside, "capital", "national", 50),
        (2027, "in_district", "bus", "capital", "national", 1),
        (2027, *inside, "running", "city", 40),
        (2027, *inside, "running", "operator", 20),
        (2028, *inside, "capital", "private_cash", 5),
    ]
    assert money_by_year(pd.DataFrame(rows, columns=columns)) == [
        {"part": "diffusion", "year": 2028, "local_krw": 30, "opex_krw": 9},
        {"part": "in_district", "year": 2027, "national_krw": 51, "opex_krw": 60},
        {"part": "in_district", "year": 2028, "private_cash_krw": 5, "opex_krw": 0},
    ]


def test_openings_carry_their_site_date_and_payers(toy_folder: Path, spread: Content) -> None:
    region = stored_region(toy_folder)
    services = ServiceCatalogue.model_validate(region.services).services
    cells, zones, plan = (read_table(toy_folder / f"{n}.parquet", n) for n in ("cells", "zones", "plan"))
    template = PlanTemplate.model_validate(region.plan)
    money, plan = read_table(toy_folder / "money.parquet", "money"), plan.assign(plan_id="default")
    content = plan_content(services, plan, cells, zones, money=money, spread=spread.config, template=template)
    first, second = content.config["openings"]
    assert len(first) == len(second) == 18
    opening = first[0]
    assert (opening["service"], opening["month"], opening["works"]) == ("health_kiosk", 6, 8)
    assert opening["national_krw"] + opening["local_krw"] == opening["capex_krw"] == 2_000_000_000
    row = cells.set_index("cell_id").loc[opening["cell"]]
    lonlat = read_table(toy_folder / "cells.parquet", "cells").geometry.to_crs(3857).centroid
    there = lonlat[cells["cell_id"] == opening["cell"]].iloc[0]
    assert opening["at"] == pytest.approx([there.x, there.y], abs=1)
    assert zones["zone_id"][opening["zone"]] == row["zone_id"]
