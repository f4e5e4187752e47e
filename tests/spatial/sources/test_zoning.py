"""Zoning read, cut to the region, and averaged over districts by area."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import SourceError
from geojeom.tables import check_schema
from spatial.measures.planning import zoning_mean
from spatial.reading.provenance import Account, Ledger
from spatial.sources.zoning import ZoningTable, no_zoning, read_zoning
from tests.spatial.files import X0, Y0, area, source_of

TABLE = ZoningTable.model_validate(
    {
        "source": "by hand",
        "evidence": "own_choice",
        "fit_source": "by hand",
        "fit_evidence": "own_choice",
        "zones": {
            "R": {"name": {"ko": "주거", "en": "homes"}, "coverage_max_pct": 60, "floor_area_max_pct": 200, "fit": 0.5},
            "C": {"name": {"ko": "상업", "en": "shops"}, "coverage_max_pct": 80, "floor_area_max_pct": 1000, "fit": 1},
            "U": {"name": {"ko": "도시", "en": "urban"}, "general": True},
        },
    }
)


def read(folder, rows: list[tuple[str, tuple[float, float, float, float]]]) -> tuple[gpd.GeoDataFrame, Ledger]:
    shapes = [shapely.box(X0 + w, Y0 + s, X0 + e, Y0 + n) for _, (w, s, e, n) in rows]
    path = folder / "zoning.geojson"
    gpd.GeoDataFrame({"code": [code for code, _ in rows]}, geometry=shapes, crs=5179).to_crs(4326).to_file(path)
    ledger = Ledger("zoning")
    return read_zoning(source_of("zoning", path=str(path), column="code"), area(1000, 1000), TABLE, ledger), ledger


def test_zones_are_joined_by_code_and_cut_to_the_region(tmp_path) -> None:
    rows = [("R", (0, 0, 100, 100)), ("R", (100, 0, 200, 100)), ("C", (900, 0, 1100, 100)), ("C", (5000, 0, 5100, 100))]
    table, ledger = read(tmp_path, rows)
    check_schema(table, "zoning", "zoning")
    assert table["code"].tolist() == ["C", "R"]
    assert table["name"].tolist() == ["상업", "주거"]
    assert table.area.to_numpy() == pytest.approx([10_000, 20_000], rel=1e-3)
    assert (ledger.kept, ledger.dropped) == (3, {"outside the region": 1})


def test_a_specific_zone_goes_before_the_general_one_it_lies_in(tmp_path) -> None:
    table, _ = read(tmp_path, [("U", (0, 0, 200, 100)), ("R", (0, 0, 100, 100))])
    found = table.set_index("code")
    assert found.loc["U"].geometry.area == pytest.approx(10_000, rel=1e-3)
    assert np.isnan(found.loc["U", "fit"])


def test_an_unknown_code_is_an_error_never_dropped(tmp_path) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, [("R", (0, 0, 100, 100)), ("X9", (100, 0, 200, 100)), ("X8", (200, 0, 300, 100))])
    assert len(error.value.faults) == 2
    assert "code: expected a code of data/zoning.yaml, found 'X8'" in str(error.value)


def test_means_over_districts_by_area(place) -> None:
    zones = gpd.GeoDataFrame(
        {"code": ["R", "C", "U"], "floor_area_max_pct": [200.0, 1000.0, np.nan], "fit": [0.5, 1.0, np.nan]},
        # A (200 m wide) is three quarters homes, a quarter shops; of B (100 m) half is of no known zone.
        geometry=[shapely.box(0, 0, 150, 100), shapely.box(150, 0, 250, 100), shapely.box(400, 0, 500, 100)],
        crs=place.cells.crs,
    )
    planned = replace(place, zoning=zones)
    assert zoning_mean(planned, column="floor_area_max_pct").value[0] == pytest.approx(400)
    fit = zoning_mean(planned, column="fit")
    assert fit.value[0] == pytest.approx(0.625)
    assert fit.notes[0] == []
    assert np.isnan(fit.value[1])
    assert fit.missing[1] == "no data on zoning"
    half = zones.assign(geometry=[shapely.box(0, 0, 100, 100), zones.geometry[2], zones.geometry[2]])
    out = zoning_mean(replace(place, zoning=half), column="fit")
    assert out.value[0] == 0.5
    assert out.notes[0] == ["leaves out the 50.0% of its area without a known zone"]
    with pytest.raises(ValueError, match="no figure 'colour'"):
        zoning_mean(planned, column="colour")


def test_a_region_without_zoning_says_so(place) -> None:
    account = Account()
    check_schema(no_zoning("EPSG:5179", account), "zoning", "zoning")
    assert "zoning" in account.missing
    assert np.isnan(zoning_mean(place, column="fit").value).all()


def test_the_caps_of_the_reference() -> None:
    table = read_catalogue(CATALOGUES / "zoning.yaml", ZoningTable)
    # Domain reference 5.5.
    for code, cover, floor in (("UQA121", 60, 200), ("UQA220", 80, 1300), ("UQA430", 20, 100), ("UQD001", 20, 80)):
        zone = table.zones[code]
        assert (zone.coverage_max_pct, zone.floor_area_max_pct) == (cover, floor)
    assert len([zone for zone in table.zones.values() if not zone.general]) == 21
    assert all(zone.floor_area_max_pct is None for zone in table.zones.values() if zone.general)
