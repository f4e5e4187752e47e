"""Finding districts and checking rounds from the command line, on the small city."""

import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tests.command import Ran, geojeom


def run(house, *args: str, room: str = "spatial") -> Ran:
    return geojeom(room, *args, folder=house.folder)


ASKED = ["--number", "2", "--min-km2", "0.03", "--max-km2", "0.2", "--spacing-m", "300"]


@pytest.fixture
def tidy(built):
    """Take the files of a search away again: to the pipeline they are inputs of a page."""
    yield
    for pattern in ("suitability_*", "found_*"):
        for path in (built.folder / "results/small").glob(pattern):
            path.unlink()


@pytest.mark.usefixtures("tidy")
@pytest.mark.parametrize("kind", ["new", "redevelopment"])
def test_found_districts_hold_no_barred_land(built, kind):
    done = run(built, "locate", "results/small", "--kind", kind, *ASKED)
    assert done.code == 0, done.told
    folder = built.folder / "results/small"
    cells = gpd.read_parquet(folder / "cells.parquet")
    found = gpd.read_file(folder / f"found_{kind}.geojson").to_crs(cells.crs)
    assert 1 <= len(found) <= 2
    assert found.geometry.geom_type.eq("Polygon").all()
    assert found["area_m2"].between(30_000, 200_000).all()
    held = gpd.sjoin(cells.set_geometry(cells.centroid), found[["district_id", "geometry"]], predicate="within")
    assert len(held) == round(found["area_m2"].sum() / 10_000)
    assert (held["protected_m2"] == 0).all()
    assert (held["water_m2"] == 0).all()
    assert (held["slope_deg"] <= 15).all()
    if len(found) == 2:
        assert found.geometry[0].distance(found.geometry[1]) >= 299.9
    surface = pd.read_parquet(folder / f"suitability_{kind}.parquet")
    assert surface["cell_id"].tolist() == cells["cell_id"].tolist()
    inside = surface.loc[held.index]
    assert inside["closed"].isna().all()
    assert inside["suitability"].mean() == pytest.approx(
        np.average(found["suitability"], weights=found["area_m2"]), abs=1e-4
    )
    report = json.loads((folder / f"found_{kind}.json").read_text("utf-8"))
    assert 0 <= report["reach"]["ratio"] <= 1
    assert {row["kind"] for row in report["compared"]} >= {"found"}
    assert "%" in done.printed


@pytest.mark.usefixtures("tidy")
def test_a_search_re_runs_the_page_that_shows_it_and_no_other(built):
    assert run(built, "locate", "results/small", "--kind", "new", *ASKED).code == 0
    page = built.folder / "results/small/compare.html"
    done = built.run()
    assert done.returncode == 0
    ran = re.findall(r"^(?:local)?(?:rule|checkpoint) (\w+):", done.stderr, re.MULTILINE)
    assert set(ran) == {"all", "compare"}
    assert "blob-fit-new" in page.read_text("utf-8")
    for path in sorted((built.folder / "results/small").glob("*_new.*")):
        path.unlink()
    assert built.run().returncode == 0
    assert "blob-fit-new" not in page.read_text("utf-8")


def test_land_that_does_not_exist_is_told(built):
    done = run(built, "locate", "results/small", "--kind", "new", "--min-km2", "900", "--max-km2", "1000")
    assert done.code == 1
    assert "expected land for one new district of 900 km²" in done.told
    wrong = run(built, "locate", "results/small", "--kind", "newish", "--min-km2", "3", "--max-km2", "2")
    assert "2 faults" in wrong.told
    assert "Traceback" not in wrong.told


def test_another_round_can_be_asked_for(built):
    done = run(built, "programme", "results/small", "--round", "2023", "--round", "2024", room="decisions")
    assert done.code == 0, done.told
    assert "≤ 400억원" in done.printed
    assert "≤ 320억원" in done.printed
    assert run(built, "programme", "results/small", room="decisions").code == 0
