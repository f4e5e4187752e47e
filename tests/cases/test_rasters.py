"""What a raster's numbers mean: scale and offset, and voids that it does not declare."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.cases.conftest import Case


def test_people_of_a_scaled_raster_are_its_numbers_times_the_scale(case: Callable[[str], Case]) -> None:
    town = case("raster-scale")
    town.steps("cells")
    # 330,000 stored, each a hundredth of a person.
    assert town.table("cells")["population"].sum() == 3_300
    notes = " ".join(str(note) for source in town.sources()["sources"] for note in source["notes"])
    assert "times 0.01" in notes


def test_a_void_of_the_largest_float_is_refused_with_its_pixel(case: Callable[[str], Case]) -> None:
    ran = case("raster-float-max").check()
    assert ran.code == 1, ran.text
    assert "Traceback" not in ran.text
    assert "pop.tif" in ran.text
    assert "1 pixels more than anywhere on earth" in ran.text
    assert "nodata" in ran.text


def test_heights_in_decimetres_with_their_scale_are_metres(case: Callable[[str], Case]) -> None:
    town = case("dem-scale")
    town.steps("cells")
    slope = town.table("cells")["slope_deg"].dropna()
    # One metre up for every 50 m: atan(1/50).
    assert len(slope) > 500
    assert np.allclose(slope, 1.1458, atol=0.01)


def test_voids_a_dem_does_not_declare_are_unknown_and_said(case: Callable[[str], Case]) -> None:
    town = case("dem-void")
    town.steps("cells")
    cells = town.table("cells")
    # The ground is 40 m high everywhere it is known, and level.
    assert np.allclose(cells["elevation_m"].dropna(), 40)
    assert np.allclose(cells["slope_deg"].dropna(), 0, atol=1e-4)
    assert cells["slope_deg"].isna().any()
    (dem,) = (source for source in town.sources()["sources"] if source["key"] == "dem")
    dropped = {one["en"]: one["number"] for one in dem["dropped"]}
    assert dropped["pixels that no height on earth can have"] == 100
