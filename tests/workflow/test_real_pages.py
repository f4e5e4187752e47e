"""Whole runs on real cities, where they are, and their pages in headless Chromium with the network cut."""

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geojeom.tables import read_table
from simulation.city_folder import read_workbook
from tests.command import geojeom
from tests.workflow.copies import ROOT
from tests.workflow.looking import NAMES, look, looks_right, slider_moves_the_picture

pytestmark = [pytest.mark.real, pytest.mark.slow]
# The people whom each folder's SOURCE.md counts, where it counts them.
PEOPLE = {"porto_alegre": 812_935, "seoul_center": None, "chuncheon": 282_765, "liechtenstein": None}
every_city = pytest.mark.parametrize("city", PEOPLE)


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Callable[[str], Path]:
    """The folder of a real city's results; the city is run when it is first asked for."""
    if not os.environ.get("GEOJEOM_REAL_DATA"):
        pytest.skip("GEOJEOM_REAL_DATA names no folder of real data")
    folder = tmp_path_factory.mktemp("real")

    def run(city: str) -> Path:
        if not (folder / city).exists():
            region = ROOT / "data" / "regions" / f"{city}.yaml"
            ran = geojeom("run", "--results", folder, region, folder=ROOT)
            assert ran.code == 0, ran.text[-4000:]
        return folder / city

    return run


@pytest.mark.browser
@every_city
def test_a_real_citys_pages(results, page, city):
    pages = [results(city) / f"{name}.html" for name in NAMES]
    for path in pages:
        look(page, path)
    slider_moves_the_picture(page, results(city) / "diffusion.html")
    for path in pages:
        looks_right(page, path)


@every_city
def test_a_real_citys_people_are_all_on_its_cells(results, city):
    people = pd.read_parquet(results(city) / "cells.parquet", columns=["population"])["population"]
    if PEOPLE[city] is None:
        assert people.sum() > 0
    else:
        assert people.sum() == PEOPLE[city]


@pytest.mark.parametrize("city", ["seoul_center", "porto_alegre"])
def test_a_new_workbook_reads_back_as_the_simulated_plan(results, city, tmp_path):
    folder, region = results(city), ROOT / "data" / "regions" / f"{city}.yaml"
    simulated = read_table(folder / "plan.parquet", "plan")
    # The last candidate, as the workbook lays its template without the others.
    hub = str(simulated["district_id"].iloc[-1])
    made = ["--hub", hub, "--lang", "en", "--results", folder.parent]
    assert geojeom("plan", "new", region, tmp_path / "plan.xlsx", *made, folder=ROOT).code == 0
    plan, openings = read_workbook(tmp_path / "plan.xlsx", folder)
    own = simulated[simulated["district_id"] == hub].reset_index(drop=True).drop(columns="works_from")
    assert plan.hub == hub
    assert len(own) > 300
    assert openings[list(own)].astype("str").to_numpy().tolist() == own.astype("str").to_numpy().tolist()


@pytest.mark.parametrize("city", ["seoul_center"])
def test_what_a_real_city_lacks_is_missing_not_zero(results, city):
    criteria = pd.read_parquet(results(city) / "criteria.parquet").set_index("criterion")
    for name in ("slope", "old_buildings"):
        assert criteria.loc[name, "value"].isna().all()
        assert criteria.loc[name, "missing"].notna().all()
