"""Results in a notebook: tables, the dataset, and live maps that ask nothing of a network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import folium
import geopandas as gpd
import pytest
import xarray as xr

import geojeom
from geojeom.errors import SourceError
from geojeom.notebook import Results
from simulation.commands.run import run
from tests.simulation.conftest import cells, hub_inside, network, resolved, write_folder

__all__ = ["cells", "hub_inside", "network", "resolved", "write_folder"]


@pytest.fixture(scope="module")
def results(toy_folder: Path) -> Results:
    return geojeom.open(toy_folder)


def test_tables_are_attributes(results: Results) -> None:
    assert isinstance(results.cells, gpd.GeoDataFrame)
    assert {"cells", "districts", "zones", "scores"} <= set(results.tables) <= set(dir(results))
    with pytest.raises(AttributeError, match=r"no table people; there are: .*cells"):
        _ = results.people


def test_the_diffusion_is_a_dataset(results: Results) -> None:
    assert isinstance(results.diffusion, xr.Dataset)
    assert {"scenario", "service", "month", "cell"} <= set(results.diffusion.sizes)


def test_numbers_of_the_dataset_say_their_units(write_folder: Callable[..., Path]) -> None:
    folder = write_folder()
    run(folder, district=["west"], worlds=2)
    (folder / "run.nc").rename(folder / "diffusion.nc")
    data = geojeom.open(folder).diffusion
    units = dict.fromkeys(["potential", "adopters", "adopters_quantile", "total_inside", "total_outside"], "persons")
    units |= {"months_to": "months", "spent_krw": "KRW", "cost_per_adopter_krw": "KRW", "coverage_elderly": "1"}
    units |= {"x": "m", "y": "m", "lon": "degrees_east", "lat": "degrees_north", "month": "months", "year": "years"}
    assert {name: data[name].attrs.get("units") for name in units} == units
    # Dates are dates, no numbers.
    numbers = {str(name) for name, values in data.variables.items() if values.dtype.kind in "iuf"} - {"crs"}
    assert {name for name in numbers if not data[name].attrs.get("units")} == set()
    assert numbers > set(units)


@pytest.mark.parametrize("what", ["districts", "cells", "zones", "diffusion"])
def test_a_map_asks_nothing_of_a_network(results: Results, what: str) -> None:
    drawn = results.explore(what)
    assert isinstance(drawn, folium.Map)
    html = drawn.get_root().render()
    assert re.findall(r"""(?:src|href)=["'](?!data:)[^"']+""", html) == []
    assert "L.map(" in html


def test_a_month_is_that_month(results: Results) -> None:
    data = results.diffusion
    service = str(data["service"].to_numpy()[-1])
    drawn = results.explore("diffusion", service=service, month=7)
    shown = next(child for child in drawn._children.values() if isinstance(child, folium.GeoJson))
    adopters = [feature["properties"]["adopters"] for feature in shown.data["features"]]
    expected = data["adopters"].isel(scenario=0).sel(service=service, month=7).to_numpy()
    assert adopters == pytest.approx(expected.tolist())


@pytest.mark.parametrize(
    ("what", "chosen", "message"),
    [
        ("roofs", {}, "no map of 'roofs'; there are: districts, cells, zones, facilities, diffusion"),
        ("cells", {"column": "poeple"}, "no column 'poeple' in cells; there are: cell_id"),
        ("diffusion", {"month": 9999}, "no month 9999; there are: 0, 1, 2"),
        ("diffusion", {"service": "tram"}, "no service 'tram'; there are: "),
    ],
)
def test_what_is_not_there_is_named(results: Results, what: str, chosen: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        results.explore(what, **chosen)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"region.json: expected a file of the step before"):
        geojeom.open(tmp_path)
