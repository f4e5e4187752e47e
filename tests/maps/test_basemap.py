from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from geojeom.tables import read_table
from maps.basemap import both_names, ground, label
from spatial.config.resolved import stored_region
from tests.maps.decoding import from_varints


def test_a_label_leaves_out_what_the_zone_lies_in() -> None:
    assert label("서울특별시 종로구 사직동") == "사직동"
    assert label("경기도 수원시 장안구 파장동") == "파장동"
    assert label("서울특별시 종로구 종로1·2·3·4가동") == "종로1·2·3·4가동"
    assert label("Bom Fim") == "Bom Fim"  # no part of it is a Korean city or district
    assert label("강남구") == "강남구"
    assert label("") == ""


def test_names_come_in_both_languages_where_the_proposal_has_both() -> None:
    frame = pd.DataFrame({"name": ["해밀역 일원", "강변 신도시"], "name_en": ["Haemil Station", None]})
    assert both_names(frame) == [{"ko": "해밀역 일원", "en": "Haemil Station"}, "강변 신도시"]
    assert both_names(frame[["name"]]) == ["해밀역 일원", "강변 신도시"]


def test_the_grid_places_every_cell_and_its_zone(toy_folder: Path) -> None:
    cells, zones, backdrop = (read_table(toy_folder / f"{n}.parquet", n) for n in ("cells", "zones", "backdrop"))
    cells.loc[3, "zone_id"] = None
    sources = json.loads((toy_folder / "sources.json").read_text("utf-8"))
    content = ground(stored_region(toy_folder), cells, zones, backdrop, sources)
    places = np.cumsum(from_varints(content.blobs["grid"]))
    row, column = np.divmod(places, content.config["grid"]["columns"])
    np.testing.assert_array_equal(cells["x_m"].min() + 100 * (column - column.min()), cells["x_m"])
    np.testing.assert_array_equal(cells["y_m"].min() + 100 * row, cells["y_m"])
    zone = np.cumsum(from_varints(content.blobs["zone-of-cell"]))
    assert zone[3] == -1
    assert [zones["zone_id"][at] for at in np.delete(zone, 3)] == list(cells["zone_id"].drop(3))


def test_layers_a_region_lacks_are_left_out(toy_folder: Path) -> None:
    cells, zones, backdrop = (read_table(toy_folder / f"{n}.parquet", n) for n in ("cells", "zones", "backdrop"))
    sources = json.loads((toy_folder / "sources.json").read_text("utf-8"))
    content = ground(stored_region(toy_folder), cells, zones, backdrop, sources)
    drawn = {n for n in content.blobs if n.startswith("backdrop-")}
    assert drawn == {f"backdrop-{n}" for n in ("water", "green", "industrial", "rail", "street_major", "street_minor")}
