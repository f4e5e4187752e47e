from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from maps.embed import from_varints
from maps.ground import ground, short_names
from spatial.tables import read_table


def test_names_are_cut_only_where_they_stay_apart() -> None:
    assert short_names(["서울특별시 종로구 사직동", "서울특별시 중구 명동"]) == ["사직동", "명동"]
    assert short_names(["A시 중앙동", "B시 중앙동"]) == ["A시 중앙동", "B시 중앙동"]
    assert short_names(["", "해밀1동"]) == ["", "해밀1동"]


def test_the_grid_places_every_cell_and_its_zone(toy_folder: Path) -> None:
    cells, zones, backdrop = (read_table(toy_folder / f"{n}.parquet", n) for n in ("cells", "zones", "backdrop"))
    cells.loc[3, "zone_id"] = None
    resolved, sources = (json.loads((toy_folder / f"{n}.json").read_text("utf-8")) for n in ("region", "sources"))
    content = ground(resolved, cells, zones, backdrop, sources)
    places = np.cumsum(from_varints(content.blobs["grid"]))
    row, column = np.divmod(places, content.config["grid"]["columns"])
    np.testing.assert_array_equal(cells["x_m"].min() + 100 * (column - column.min()), cells["x_m"])
    np.testing.assert_array_equal(cells["y_m"].min() + 100 * row, cells["y_m"])
    zone = np.cumsum(from_varints(content.blobs["zone-of-cell"]))
    assert zone[3] == -1
    assert [zones["zone_id"][at] for at in np.delete(zone, 3)] == list(cells["zone_id"].drop(3))


def test_layers_a_region_lacks_are_left_out(toy_folder: Path) -> None:
    cells, zones, backdrop = (read_table(toy_folder / f"{n}.parquet", n) for n in ("cells", "zones", "backdrop"))
    resolved, sources = (json.loads((toy_folder / f"{n}.json").read_text("utf-8")) for n in ("region", "sources"))
    drawn = {n for n in ground(resolved, cells, zones, backdrop, sources).blobs if n.startswith("backdrop-")}
    assert drawn == {f"backdrop-{n}" for n in ("water", "green", "industrial", "rail", "street_major", "street_minor")}
