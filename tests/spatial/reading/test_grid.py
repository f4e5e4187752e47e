"""National grid names against published ones, and round trips."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geojeom.errors import SourceError
from spatial.reading import grid
from spatial.reading.projection import KOREA, project, unproject


@pytest.mark.parametrize(
    ("name", "x_m", "y_m", "size_m"),
    [
        ("다사551085", 955_100, 1_908_500, 100),  # Osan, its published GeoJSON
        ("다사5050", 950_000, 1_950_000, 1_000),
        ("사사8787 2465", 1_387_870, 1_924_650, 10),  # Dokdo
        ("가가", 700_000, 1_300_000, 100_000),
        ("다사55", 950_000, 1_950_000, 10_000),
        ("라사00b68a", 1_000_500, 1_968_000, 500),  # the student grid of Chuncheon gives its polygon
        ("다사56ba47ab", 956_500, 1_947_250, 250),
    ],
)
def test_names_stand_for_their_published_corners(name: str, x_m: int, y_m: int, size_m: int) -> None:
    x, y, size = grid.decode([name])
    assert (x[0], y[0], size[0]) == (x_m, y_m, size_m)
    assert grid.encode([x_m], [y_m], size_m)[0] == name.replace(" ", "")


def test_the_first_letter_is_the_easting() -> None:
    # One step east changes the first letter, one step north the second.
    assert grid.encode([950_000, 1_050_000, 950_000], [1_950_000, 1_950_000, 2_050_000], 100_000).tolist() == [
        "다사",
        "라사",
        "다아",
    ]


def test_a_point_on_a_border_belongs_to_the_higher_cell() -> None:
    assert grid.encode([899_999.9, 900_000], [1_950_000, 1_950_000], 100).tolist() == ["나사999500", "다사000500"]
    assert grid.encode([955_199.999, 955_200], [1_908_500, 1_908_500], 100).tolist() == ["다사551085", "다사552085"]


def test_levels_can_be_mixed_in_one_call() -> None:
    assert grid.decode(["다사551085", "라사00b68a", "다사5050"])[2].tolist() == [100, 500, 1_000]


@given(
    st.floats(700_000, 1_399_999),
    st.floats(1_300_000, 2_099_999),
    st.sampled_from([100_000, 10_000, 1_000, 500, 250, 100, 10]),
)
def test_a_name_decodes_to_the_square_that_holds_the_point(x_m: float, y_m: float, size_m: int) -> None:
    x, y, size = grid.decode(grid.encode([x_m], [y_m], size_m))
    assert size[0] == size_m
    assert x[0] <= x_m < x[0] + size_m
    assert y[0] <= y_m < y[0] + size_m


def test_cells_of_50_m_go_by_their_corner() -> None:
    assert grid.encode([955_149, 955_150], [1_908_549, 1_908_550], 50).tolist() == ["다사55100850", "다사55150855"]


@pytest.mark.parametrize("name", ["x", "다사5", "가사12a3", "다사5x50", "아사5050", "다사123456789012", "다사ab", ""])
def test_what_is_no_name_is_refused_with_its_row(name: str) -> None:
    with pytest.raises(SourceError, match=r"row 2: expected a national grid name such as 다사551085, found"):
        grid.decode(["다사551085", name])


def test_points_off_the_grid_are_refused() -> None:
    with pytest.raises(SourceError, match=r"1 points outside, the first at \(127, 37\). Check the CRS and the axis"):
        grid.encode([127.0], [37.0], 100)


def test_elsewhere_squares_are_counted_from_the_origin_of_the_zone() -> None:
    assert grid.name([432_150.0], [4_123_499.9], 100, 32652, "52N").tolist() == ["52N_4321_41234"]


def test_city_hall_has_its_published_coordinates() -> None:
    # Seoul City Hall, domain reference: 126.97797 E, 37.56654 N is EPSG:5179 (953898.47, 1952035.98).
    x, y = project([126.97797], [37.56654], KOREA)
    assert np.allclose([x[0], y[0]], [953_898.47, 1_952_035.98], atol=0.01)
    lon, lat = unproject(x, y, KOREA)
    assert np.allclose([lon[0], lat[0]], [126.97797, 37.56654], atol=1e-9)
