"""The sea from directed coasts: shapes drawn by hand, land on the left."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.reading.osm_file import OsmFile
from spatial.reading.provenance import Ledger
from spatial.reading.tags import TagTable
from spatial.sources.backdrop import make_backdrop, read_land
from spatial.sources.sea import coast_query, read_sea, sea_faces
from tests.spatial.files import area, osm_file, source_of

FRAME = shapely.box(0, 0, 100, 100)


def lines(*given: list[tuple[float, float]]) -> np.ndarray:
    return np.array([shapely.LineString(points) for points in given], dtype=object)


def test_the_sea_is_right_of_the_coast_and_islands_are_not_in_it() -> None:
    # Going east at y = 40 the land is to the north. An island of 10 x 10 in the south, its land on the left.
    island = [(20, 10), (30, 10), (30, 20), (20, 20), (20, 10)]
    sea = sea_faces(lines([(-10, 40), (50, 40)], [(50, 40), (110, 40)], island), FRAME)
    assert sea is not None
    assert sea.area == pytest.approx(100 * 40 - 100)
    # The other way round, the sea is in the north, and a hole with water inside is one too.
    sea = sea_faces(lines([(110, 40), (-10, 40)], island[::-1]), FRAME)
    assert sea is not None
    assert sea.area == pytest.approx(100 * 60 + 100)


def test_an_island_alone_has_the_sea_around_it() -> None:
    sea = sea_faces(lines([(20, 10), (30, 10), (30, 20), (20, 20), (20, 10)]), FRAME)
    assert sea is not None
    assert sea.area == pytest.approx(10_000 - 100)


def test_a_coast_that_ends_inside_or_contradicts_itself_tells_nothing() -> None:
    assert sea_faces(lines([(-10, 40), (99, 40)]), FRAME) is None
    assert sea_faces(lines([(-10, 40), (50, 40)], [(110, 40), (50, 40)]), FRAME) is None
    # Two coasts with the land between them by the one and the sea by the other.
    assert sea_faces(lines([(-10, 40), (110, 40)], [(-10, 60), (110, 60)]), FRAME) is None


LAYERS = read_catalogue(CATALOGUES / "osm_layers.yaml", TagTable)


@pytest.mark.parametrize(("end", "entries"), [(1_500, ["sea"]), (600, ["open_coast"])])
def test_the_coast_of_a_file(tmp_path: Path, end: int, entries: list[str]) -> None:
    nodes = {1: (-500, 300), 2: (500, 300), 3: (end, 300)}
    ways = [([1, 2], {"natural": "coastline"}), ([2, 3], {"natural": "coastline"})]
    source = source_of("land", path=osm_file(tmp_path / "coast.osm", nodes, ways))
    region = area(1_000, 1_000)
    assert read_land(source, region, LAYERS, Ledger("land"))["entry"].tolist() == entries
    drawn = (
        make_backdrop(read_land(source, region, LAYERS, Ledger("land")), None, region, LAYERS)
        .set_index("layer")
        .geometry
    )
    if entries == ["sea"]:
        assert drawn["water"].area == pytest.approx(300_000, rel=1e-3)
    else:
        assert list(drawn.index) == ["boundary"]


def test_the_sea_is_known_beyond_the_squares_where_the_file_reaches_that_far(tmp_path: Path) -> None:
    nodes = {1: (-9_000, 300), 2: (9_000, 300)}
    path = osm_file(tmp_path / "coast.osm", nodes, [([1, 2], {"natural": "coastline"})])
    (sea,) = read_sea(OsmFile(path).ask(coast_query(area(1_000, 1_000))), area(1_000, 1_000)).geometry
    # Squares of 0 to 1,100 m, and 2 km around them: 5.1 km wide, from 300 m down to -2 km. The coast bends by metres.
    assert sea.area == pytest.approx(5_100 * 2_300, rel=0.01)
