"""GeoTIFF as it says of itself what it is, and as damage leaves it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import CRS
from rasterio.transform import Affine, from_origin

from geojeom.errors import SourceError
from spatial.reading.projection import KOREA, unproject
from spatial.reading.provenance import Account, Ledger
from spatial.reading.raster import open_raster
from tests.spatial.files import X0, Y0, source_of

NORTH_UP = from_origin(X0, Y0 + 400, 100, 100)


def write(path: Path, values: object = None, *, transform: Affine = NORTH_UP, **options: object) -> str:
    """A GeoTIFF of 4 x 4 pixels of 100 m whose south-west corner is (X0, Y0)."""
    array = np.arange(16, dtype="int16").reshape(4, 4) if values is None else np.asarray(values)
    crs = options.pop("crs", "EPSG:5179")
    shape = {"height": array.shape[0], "width": array.shape[1], "count": 1, "dtype": str(array.dtype)}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **shape | options) as out:
        out.write(array, 1)
    return str(path)


def edit(path: str, **tags: str) -> None:
    with rasterio.open(path, "r+") as out:
        out.update_tags(1, **tags)


def box(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    lon, lat = unproject([west, east], [south, north], KOREA)
    return (lon[0], lat[0], lon[1], lat[1])


def values_at(path: str, x: float, y: float) -> float:
    """The number at a place, through the window around it."""
    with open_raster(path) as raster:
        part = raster.part(box(x - 1, y - 1, x + 1, y + 1))
        column, row = ~part.transform @ (x, y)
        return float(raster.read(part.window).values[int(row), int(column)])


def whole(path: str) -> np.ndarray:
    with open_raster(path) as raster:
        return raster.read(raster.part(box(X0 + 1, Y0 + 1, X0 + 399, Y0 + 399)).window).values


def refused(path: str) -> str:
    with pytest.raises(SourceError) as caught, open_raster(path):
        pass
    return str(caught.value)


@pytest.mark.parametrize(
    ("transform", "flip"),
    [
        (NORTH_UP, lambda a: a),
        (Affine(100, 0, X0, 0, 100, Y0), np.flipud),  # rows from south to north
        (Affine(-100, 0, X0 + 400, 0, -100, Y0 + 400), np.fliplr),
        (Affine(0, 100, X0, -100, 0, Y0 + 400), np.transpose),  # a quarter turn and mirrored
    ],
)
def test_whichever_way_rows_run_a_place_has_its_number(tmp_path: Path, transform: Affine, flip: object) -> None:
    plain = np.arange(16, dtype="int16").reshape(4, 4)
    path = write(tmp_path / "r.tif", flip(plain), transform=transform)  # type: ignore[operator]
    # Second row from the north, third column from the west: 1 * 4 + 2.
    assert values_at(path, X0 + 250, Y0 + 250) == 6


def test_a_tie_point_of_point_pixels_is_the_middle_of_one(tmp_path: Path) -> None:
    path = tmp_path / "r.tif"
    with rasterio.Env(GTIFF_POINT_GEO_IGNORE=True):  # the tie point as it is stored
        write(path)
        edit_area = rasterio.open(path, "r+")
        edit_area.update_tags(AREA_OR_POINT="Point")
        edit_area.close()
    with open_raster(str(path)) as raster:
        assert (raster.transform.c, raster.transform.f) == (X0 - 50, Y0 + 450)


def test_nodata_is_a_stored_number_and_the_rest_is_scaled(tmp_path: Path) -> None:
    path = write(tmp_path / "r.tif", nodata=10)
    with rasterio.open(path, "r+") as out:
        out.scales, out.offsets = (0.5,), (3.0,)
    found = whole(path)
    assert np.isnan(found[2, 2])  # 10 stored; 14 stored is 10 and known
    assert found[3, 2] == 10
    assert found[0].tolist() == [3, 3.5, 4, 4.5]


def test_masks_and_nan_are_unknown_beside_nodata(tmp_path: Path) -> None:
    path = write(tmp_path / "r.tif", np.array([[1, np.nan], [3, 4]] * 2, "float32"), nodata=4)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=False), rasterio.open(path, "r+") as out:
        out.write_mask(np.array([[0, 255], [255, 255]] * 2, "uint8"))
    assert Path(path + ".msk").is_file()
    with open_raster(path) as raster:
        found = raster.read(rasterio.windows.Window(0, 0, 2, 2)).values
    assert np.isnan(found).tolist() == [[True, True], [False, True]]


def test_an_alpha_band_says_what_is_known(tmp_path: Path) -> None:
    path = write(tmp_path / "r.tif", np.full((2, 2), 7, "uint8"), count=2, photometric="minisblack", alpha="yes")
    with rasterio.open(path, "r+") as out:
        out.write(np.array([[0, 255], [255, 255]], "uint8"), 2)
    with open_raster(path) as raster:
        assert np.isnan(raster.read(rasterio.windows.Window(0, 0, 2, 2)).values).tolist() == [
            [True, False],
            [False, False],
        ]


def test_numbers_at_the_end_of_their_type_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "r.tif", np.array([[1, 65535], [0, 65535]], "uint16"), nodata=None)
    with open_raster(path) as raster:
        assert raster.read(rasterio.windows.Window(0, 0, 2, 2)).capped.tolist() == [[False, True], [False, True]]


def test_what_leaves_a_raster_in_doubt_is_refused(tmp_path: Path) -> None:
    several = write(tmp_path / "a.tif", count=3)
    assert "expected one band, found 3" in refused(several)
    assert "expected real numbers, found complex64" in refused(write(tmp_path / "b.tif", np.ones((2, 2), "complex64")))
    classes = write(tmp_path / "c.tif", np.ones((2, 2), "uint8"), photometric="palette")
    with rasterio.open(classes, "r+") as out:
        out.write_colormap(1, {1: (255, 0, 0, 255)})
    assert "classes with a colour table" in refused(classes)
    tagged = write(tmp_path / "d.tif")
    edit(tagged, scale_factor="0.1")
    assert "expected one scale_factor, found 1 in the header and '0.1' in a tag" in refused(tagged)
    nowhere = write(tmp_path / "f.tif", transform=Affine.identity(), crs=None)
    text = refused(nowhere)
    assert "2 faults" in text
    assert "a raster with a CRS" in text
    assert "a geotransform" in text


def test_a_vrt_under_another_name_is_not_opened_nor_is_one_beside(tmp_path: Path) -> None:
    vrt = '<VRTDataset rasterXSize="4" rasterYSize="4"></VRTDataset>'
    (tmp_path / "v.tif").write_text(vrt)
    assert "found a file of another format" in refused(str(tmp_path / "v.tif"))
    path = write(tmp_path / "r.tif")
    for suffix in (".msk", ".ovr"):
        Path(path + suffix).write_text(vrt)
        assert f"r.tif{suffix}: expected a raster GDAL can read as GeoTIFF" in refused(path)
        Path(path + suffix).unlink()
    assert "no such file" in refused("/vsicurl/http://127.0.0.1/r.tif")


def test_tiles_too_large_to_unpack_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.tif"
    sparse = {"sparse_ok": True, "tiled": True, "blockxsize": 16384, "blockysize": 16384, "compress": "deflate"}
    shape = {"height": 20_000, "width": 20_000, "count": 1, "dtype": "float32"}
    with rasterio.open(path, "w", driver="GTiff", crs="EPSG:5179", transform=NORTH_UP, **shape, **sparse):
        pass
    assert "expected tiles or strips of at most 256 MiB, found some of 1,024 MiB" in refused(str(path))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 900), at=st.integers(0, 900), byte=st.integers(0, 255), truncate=st.booleans())
def test_bytes_lost_or_changed_end_in_a_fault_or_in_numbers(
    tmp_path: Path, cut: int, at: int, byte: int, truncate: bool
) -> None:
    raw = bytearray(Path(write(tmp_path / "r.tif", compress="deflate")).read_bytes())
    if truncate:
        raw = raw[: min(cut, len(raw) - 1)]
    else:
        raw[at % len(raw)] = byte
    (tmp_path / "broken.tif").write_bytes(raw)
    try:
        with open_raster(str(tmp_path / "broken.tif")) as raster:
            part = raster.part(box(X0 + 1, Y0 + 1, X0 + 399, Y0 + 399))
            if part.window.width * part.window.height < 10**6:
                raster.read(part.window)
            raster.reach(Ledger("dem"))
    except SourceError:
        pass


def test_scale_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "r.tif")
    with rasterio.open(path, "r+") as out:
        out.scales = (0.01,)
    ledger = Account().open("dem", source_of("dem", path=""))
    with open_raster(path) as raster:
        raster.reach(ledger)
    assert ledger.read == 16
    assert ledger.notes == ["each number is the stored one times 0.01 plus 0, as the file says"]


BESSEL = (
    'PROJCS["Korean_1985_Korea_Central_Belt",GEOGCS["GCS_Korean_Datum_1985",DATUM["D_Korean_Datum_1985",'
    'SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",200000.0],PARAMETER["False_Northing",500000.0],'
    'PARAMETER["Central_Meridian",MERIDIAN],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",38.0],'
    'UNIT["Meter",1.0]]'
)


def test_a_datum_without_its_shift_is_korea_s_where_the_projection_is_and_else_refused(tmp_path: Path) -> None:
    corner = from_origin(200_000, 500_400, 100, 100)
    unknown = BESSEL.replace("Korean_1985_Korea_Central_Belt", "Old_Map").replace("Korean_Datum_1985", "Old_Datum")
    told = {}
    for name, text in (("named", BESSEL), ("unknown", unknown)):
        ledger = Ledger("raster")
        path = write(tmp_path / f"{name}.tif", transform=corner, crs=text.replace("MERIDIAN", "127.0028902777778"))
        with open_raster(path) as raster:
            place = unproject(200_000, 500_000, raster.crs)
            raster.reach(ledger)
        # By EPSG:5174, whose shift is known; without one it would lie some 380 m away (0.004 degrees).
        assert np.allclose(place, unproject(200_000, 500_000, CRS.from_epsg(5174)), atol=1e-5)
        told[name] = ledger.notes
    assert any("names no shift to WGS 84" in note for note in told["unknown"])
    path = write(tmp_path / "x.tif", transform=corner, crs=unknown.replace("MERIDIAN", "127.5"))
    assert "without its shift to WGS 84" in refused(path)
