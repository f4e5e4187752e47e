"""The GeoPackage: layers that another program reads, in the region's CRS, with styles QGIS takes by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import xarray as xr
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.errors import FolderError


@pytest.fixture(scope="module")
def package(toy_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "우리 도시.gpkg"
    ran = CliRunner().invoke(room_app("maps"), ["export", str(toy_folder), str(path)], catch_exceptions=False)
    assert ran.exit_code == 0
    return path


def styles(package: Path) -> dict[str, ET.Element]:
    with closing(sqlite3.connect(package)) as base:
        rows = base.execute("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles").fetchall()
    assert all(default for _, _, default in rows)
    return {name: ET.fromstring(text) for name, text, _ in rows}


def test_districts_carry_their_rank(package: Path, toy_folder: Path) -> None:
    layer = gpd.read_file(package, layer="districts")
    scores = pd.read_parquet(toy_folder / "scores.parquet")
    best = scores[(scores["method"] == "weighted_sum") & (scores["rank"] == 1)]["district_id"].item()
    assert layer.loc[layer["rank"] == 1, "district_id"].tolist() == [best]
    assert layer.crs == gpd.read_parquet(toy_folder / "districts.parquet").crs


def test_a_year_of_the_diffusion_is_its_last_month(package: Path, toy_folder: Path) -> None:
    layer = gpd.read_file(package, layer="diffusion")
    with xr.open_dataset(toy_folder / "diffusion.nc", engine="h5netcdf") as data:
        service = str(data["service"].to_numpy()[0])
        at = data["adopters"].isel(scenario=0, month=24).sel(service=service).to_numpy()
        start = pd.Timestamp(f"{data.attrs['start']}-01")
    second = layer[(layer["service"] == service) & (layer["begins"] == start + pd.DateOffset(years=1))]
    assert second["adopters"].sum() == pytest.approx(float(at.sum()), rel=1e-6)
    assert len(second) == np.count_nonzero(at)
    assert second["ends"].unique() == [start + pd.DateOffset(years=2) - pd.Timedelta(seconds=1)]


def test_every_layer_has_a_style_with_names_in_both_languages(package: Path) -> None:
    layers = {str(name) for name, shape in pyogrio.list_layers(package) if shape}
    assert set(styles(package)) == layers
    for name, root in styles(package).items():
        fields = ["fid", *pyogrio.read_info(package, layer=name)["fields"]]
        aliases = {item.get("field"): item.get("name") for item in root.iter("alias")}
        assert set(aliases) <= set(fields)
        lacking = set(fields) - set(aliases)
        assert lacking == set(), f"{name}: no name in columns.json for {lacking}"
    assert {item.get("field"): item.get("name") for item in styles(package)["cells"].iter("alias")}[
        "population"
    ] == "인구 / people"


def test_the_diffusion_moves_in_the_temporal_controller(package: Path) -> None:
    temporal = styles(package)["diffusion"].find("temporal")
    assert temporal is not None
    assert (temporal.get("enabled"), temporal.get("startField"), temporal.get("endField")) == ("1", "begins", "ends")


def test_classes_cover_all_values(package: Path) -> None:
    cells = gpd.read_file(package, layer="cells")
    ranges = [
        (float(i.get("lower", "nan")), float(i.get("upper", "nan"))) for i in styles(package)["cells"].iter("range")
    ]
    assert ranges[0][0] == cells["population"].min()
    assert ranges[-1][1] == cells["population"].max()
    assert [upper for _, upper in ranges[:-1]] == [lower for lower, _ in ranges[1:]]


def test_another_ending_is_refused(toy_folder: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(room_app("maps"), ["export", str(toy_folder), str(tmp_path / "x.shp")])
    assert isinstance(ran.exception, FolderError)
    assert "expected a name that ends in .gpkg, found .shp. Name it x.gpkg." in str(ran.exception)
    assert list(tmp_path.iterdir()) == []
