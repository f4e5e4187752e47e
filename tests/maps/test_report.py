from __future__ import annotations

import json
import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from shapely import box

from geojeom.tables import read_table
from maps import pdf
from maps.diffusion import spread_config
from maps.embed import plain
from maps.openings import own_plans
from maps.pdf import PdfError, print_pdf
from maps.report import cell_maps, report_content, spread_maps
from simulation.plans.catalogue import PlanTemplate, ServiceCatalogue
from spatial.config.resolved import stored_region
from tests.maps.decoding import from_varints


def held(folder: Path) -> dict[str, pd.DataFrame]:
    """The rules of the round and the money of all plans."""
    return {
        "rules": read_table(folder / "programme.parquet", "programme"),
        "money": read_table(folder / "money.parquet", "money"),
    }


@pytest.fixture(scope="module")
def config(toy_folder: Path) -> dict:
    region = stored_region(toy_folder)
    catalogue, template = ServiceCatalogue.model_validate(region.services), PlanTemplate.model_validate(region.plan)
    districts, plan = (read_table(toy_folder / f"{n}.parquet", n) for n in ("districts", "plan"))
    with xr.open_dataset(toy_folder / "diffusion.nc", engine="h5netcdf") as data:
        spread = spread_config(catalogue.services, data, districts)
    content = report_content(catalogue, template, plan=plan, **held(toy_folder), spread=spread, made="2026-11-22")
    return plain(content.config)


def test_each_service_has_its_money_by_year_for_each_hub(config: dict) -> None:
    kiosk = config["sheets"][0]
    assert kiosk["id"] == "health_kiosk"
    assert len(kiosk["money"]) == 2  # scenarios
    inside = [row for row in kiosk["money"][0] if row["part"] == "in_district"]
    # Two openings of 2 billion in month 6 of 2027, half national; a tenth a year to run, six months of it in 2027.
    assert inside[0]["year"] == 2027
    assert inside[0]["national_krw"] == inside[0]["local_krw"] == 2_000_000_000
    assert inside[0]["opex_krw"] == 200_000_000
    assert inside[1]["opex_krw"] == 400_000_000
    assert sum(row["opex_krw"] for row in inside) == 3_800_000_000


def test_a_service_costs_in_each_plan_what_the_plan_says(toy_folder: Path, tmp_path: Path) -> None:
    for name in ("region.json", "plan.parquet", "plans.parquet"):
        shutil.copy(toy_folder / name, tmp_path)
    region = stored_region(toy_folder)
    mine = next(each for each in region.services["services"] if each["id"] == "health_kiosk")
    dear = mine | {"capex_krw": 250_000_000, "source": "우리 견적 / our tender"}
    services = [dear if each["id"] == "health_kiosk" else each for each in region.services["services"]]
    plans = [{"id": "D1", "overview": {"title": "해밀"}, "services": [dear]}]
    told = {"plans": plans, "services": region.services | {"services": services}}
    (tmp_path / "plans.json").write_text(json.dumps(told), encoding="utf-8")
    own = own_plans(tmp_path)
    districts, plan = (read_table(toy_folder / f"{n}.parquet", n) for n in ("districts", "plan"))
    with xr.open_dataset(toy_folder / "diffusion.nc", engine="h5netcdf") as data:
        spread = spread_config(own.services.services, data, districts)
    template = PlanTemplate.model_validate(region.plan)
    content = report_content(
        own.services,
        template,
        plan=plan,
        **held(toy_folder),
        spread=spread,
        made="2026-11-22",
        changed=own.changed,
    )
    kiosk = plain(content.config)["sheets"][0]
    # The catalogue's on the page but for the scenario of that name, whatever plan comes first.
    assert kiosk["capex_krw"] == mine["capex_krw"]
    differs = {"D1": {"capex_krw": 250_000_000, "source": {"ko": "우리 견적", "en": "our tender"}}}
    assert kiosk["own"] == [differs.get(each["id"], {}) for each in spread["scenarios"]]


def test_services_the_plan_does_not_open_have_no_sheet(config: dict) -> None:
    assert [sheet["id"] for sheet in config["sheets"]] == ["health_kiosk", "smart_shelter", "shared_mobility"]


def test_rules_that_nobody_could_judge_stay_unknown(config: dict) -> None:
    assert [row["outcome"] for row in config["rules"]["D1"]] == ["met", "met", "unknown", "unknown"]


def squares(people: list[int | None]) -> gpd.GeoDataFrame:
    shapes = [box(734_000 + 100 * i, 1_446_000, 734_100 + 100 * i, 1_446_100) for i in range(len(people))]
    numbers = pd.array(people, dtype="Int64")
    nothing = pd.array([pd.NA] * len(people), dtype="Int64")
    return gpd.GeoDataFrame(
        {
            "population": numbers,
            **dict.fromkeys(["elderly", "youth", "jobs", "buildings", "old_buildings", "undated_buildings"], nothing),
            **dict.fromkeys(["developable_m2", "protected_m2", "slope_deg"], np.nan),
        },
        geometry=shapes,
        crs="EPSG:5179",
    )


def test_cells_of_a_class_are_one_outline_and_empty_or_unknown_ones_none() -> None:
    # Breaks from four peopled cells; 0 is drawn as nothing, and so is what is not known.
    content = cell_maps(squares([5, 5, 0, 500, None, 500]), 100.0, (0.0, 0.0))
    assert [layer["key"] for layer in content.config["diagnosis"]] == ["population"]
    parts = [int(from_varints(blob)[0]) for blob in content.blobs.values()]
    assert parts == [1, 2]  # two neighbours merged; two apart
    assert int(from_varints(content.blobs[next(iter(content.blobs))])[1]) in (5, 7)  # a ring round both


def test_spread_is_drawn_for_three_years_of_each_scenario(toy_folder: Path) -> None:
    cells = read_table(toy_folder / "cells.parquet", "cells")
    with xr.open_dataset(toy_folder / "diffusion.nc", engine="h5netcdf") as data:
        content = spread_maps(data, cells, (0.0, 0.0))
    assert content.config["spreadYears"] == [3, 6, 10]
    drawn = {tuple(name.split("-")[2:4]) for name in content.blobs}
    assert drawn == {(k, year) for k in "01" for year in ("3", "6", "10")}


def test_without_a_browser_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    with pytest.raises(PdfError, match="Install Chromium"):
        print_pdf(tmp_path / "report.html", "ko", tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []
