"""Reading sources: streets against osmnx, zonal sums against rasterstats, and whole Seoul and whole Korea in cells.

    GEOJEOM_REAL_DATA=folder python benchmarks/sources.py

Streets: the same city from the same data, ours from .osm.pbf (the form of a file people download) and .osm, osmnx
from .osm, as it reads no .pbf. Both end as a CSR matrix, and both are held to the metres along the geodesics of WGS84
between the same nodes (pyproj). We measure in the plane of the region's CRS, whose scale is 0.9996 in its middle: near
Seoul osmnx is nearer, in Porto Alegre we are. Zonal sums: the same raster over the same zones by pixel centres; sums
must be equal. Seoul and Korea: a process each, with the most memory it held.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import osmnx as ox
import rasterio
import yaml
from pyproj import CRS, Geod
from rasterio.transform import from_origin
from rasterstats import zonal_stats
from scipy.sparse import coo_array

from spatial.cells.gather import gather
from spatial.cells.survey import assemble
from spatial.config.resolve import resolve
from spatial.folder import tables
from spatial.reading.osm import WayQuery
from spatial.reading.osm_file import OsmFile
from spatial.reading.osm_rules import RuleQuery
from spatial.reading.provenance import Ledger
from spatial.reading.square_grid import SquareGrid
from spatial.streets.barriers import cut_at_barriers
from spatial.streets.graph import build
from spatial.streets.links import links_of_ways

RUNS = 3
WORLD = (-180.0, -90.0, 180.0, 90.0)
WGS84 = Geod(ellps="WGS84")
# Shares of the geodesic length. Within 200 km of its central meridian a transverse Mercator of scale 0.9996 is off by
# at most 4e-4. The sphere of osmnx is, at these latitudes, up to 3.1e-3 too long north to south and 2.3e-3 too short
# east to west; streets run all ways, so that most of it cancels.
PLANE, SPHERE = 4.1e-4, 1e-3


def main() -> None:
    folder = os.environ.get("GEOJEOM_REAL_DATA")
    if folder is None:
        sys.exit("GEOJEOM_REAL_DATA names no folder of real data: nothing to read")
    here = Path(folder) / "regions"
    if len(sys.argv) > 1:
        cells(sys.argv[1], here)
        return
    streets(here / "osm_small" / "suwon_ajou.osm", "KR", 5179)
    streets(here / "porto_alegre" / "poa_osm.pbf", "BR", 32722)
    zonal(here / "seoul_center" / "hangjeongdong_seoul_202104.geojson")
    for name in REGIONS:
        subprocess.run([sys.executable, __file__, name], check=True)


def streets(path: Path, country: str, epsg: int) -> None:
    speeds = tables().speeds
    with tempfile.TemporaryDirectory() as scratch:
        xml = Path(scratch) / "city.osm"
        pbf = Path(scratch) / "city.osm.pbf"
        for target in (xml, pbf):
            with osmium.SimpleWriter(str(target)) as writer:
                for item in osmium.FileProcessor(str(path)):
                    writer.add(item)

        def ours(file: Path) -> float:
            ledger = Ledger("streets", str(file))
            ways = OsmFile(str(file)).ask(WayQuery("highway", speeds.access.of_ways, WORLD)).take(ledger)
            rules = OsmFile(str(file)).ask(RuleQuery(speeds.access)).take(ways)
            links, barriers = links_of_ways(ways, rules, speeds, country, crs=CRS.from_epsg(epsg), ledger=ledger)
            links = cut_at_barriers(links, barriers, ledger)
            build(links, (np.zeros(1), np.zeros(1)), 100, speeds, kind="osm", ledger=ledger)
            return float(links.length_m.sum())

        classes = set(speeds.of(country).kmh) | set(speeds.no_driving)

        def theirs() -> float:
            graph = ox.graph_from_xml(xml, bidirectional=True, simplify=False, retain_all=True)
            edges = ox.graph_to_gdfs(graph, nodes=False).reset_index()
            nodes = {name: at for at, name in enumerate(graph)}
            tail, head = edges["u"].map(nodes), edges["v"].map(nodes)
            coo_array((edges["length"], (tail, head)), shape=(len(nodes), len(nodes))).tocsr()
            return float(edges["length"][edges["highway"].isin(classes)].sum()) / 2

        ours(pbf)  # compiles nothing, but warms the file cache for all
        from_pbf, metres = timed(lambda: ours(pbf))
        from_xml, _ = timed(lambda: ours(xml))
        osmnx_s, reference = timed(theirs)
        true = geodesic_m(pbf, classes)
        own, their = metres / true - 1, reference / true - 1
        assert abs(own) < PLANE, own
        assert abs(their) < SPHERE, their
        print(
            f"{path.name}: {true / 1000:,.1f} km of street by geodesics, ours {own:+.2e} off, osmnx {their:+.2e}; "
            f"ours .pbf {from_pbf:.2f} s, .osm {from_xml:.2f} s; osmnx .osm {osmnx_s:.2f} s: "
            f"{osmnx_s / from_pbf:.0f}x and {osmnx_s / from_xml:.0f}x",
            flush=True,
        )


def geodesic_m(path: Path, classes: set[str]) -> float:
    """Metres of all streets of some classes along geodesics, node by node, read by neither of the two."""
    total = 0.0
    ways = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
    for item in ways:
        if not item.is_way() or item.tags["highway"] not in classes:
            continue
        places = [(node.lon, node.lat) for node in item.nodes if node.location.valid()]
        if len(places) > 1:
            total += WGS84.line_length(*zip(*places, strict=True))
    return total


def zonal(path: Path) -> None:
    zones = gpd.read_file(path).to_crs(5179)
    west, south, east, north = zones.total_bounds
    lattice = SquareGrid.over((west, south, east, north), 100)
    value = np.random.default_rng(2021).integers(0, 1000, len(lattice))
    top = lattice.south + lattice.rows * 100
    with tempfile.TemporaryDirectory() as scratch:
        raster = str(Path(scratch) / "values.tif")
        shape: dict[str, Any] = {"height": lattice.rows, "width": lattice.columns, "count": 1, "dtype": "int32"}
        with rasterio.open(
            raster, "w", driver="GTiff", crs="EPSG:5179", transform=from_origin(lattice.west, top, 100, 100), **shape
        ) as out:
            out.write(value.reshape(lattice.rows, lattice.columns)[::-1].astype("int32"), 1)

        def ours() -> list[int]:
            with rasterio.open(raster) as source:
                read = source.read(1)[::-1].ravel()
            owner = lattice.owner(zones.geometry)
            return np.bincount(owner[owner >= 0], read[owner >= 0], len(zones)).astype(int).tolist()

        def theirs() -> list[int]:
            return [int(found["sum"]) for found in zonal_stats(zones, raster, stats=["sum"], nodata=-1)]

        own_s, own = timed(ours)
        their_s, reference = timed(theirs)
    assert own == reference
    print(
        f"zonal sums, {len(zones)} dongs over {len(lattice):,} pixels: ours {own_s:.2f} s, "
        f"rasterstats {their_s:.2f} s: {their_s / own_s:.1f}x, sums equal",
        flush=True,
    )


def seoul(here: Path) -> dict[str, Any]:
    dongs = str(here / "seoul_center" / "hangjeongdong_seoul_202104.geojson")
    register = str(here / "seoul_center" / "age10_hangjeongdong_202012_cp949.csv")
    return {
        "cell_size_m": 100,
        "boundary": {"path": dongs},
        "sources": {
            "zones": {"path": dongs, "code": "adm_cd2", "name": "adm_nm"},
            "counts": [{"kind": "resident_register", "path": register}],
            "density": {"kind": "raster", "path": str(here / "seoul_center" / "worldpop_2020_1km_seoul.tif")},
        },
    }


def korea(here: Path, size_m: int) -> dict[str, Any]:
    dongs = str(here / "korea" / "skorea-submunicipalities-2018-topo-simple.json")
    return {
        "cell_size_m": size_m,
        "boundary": {"path": str(here / "korea" / "geoBoundaries-KOR-ADM2.geojson")},
        "sources": {
            "zones": {"path": dongs, "code": "code", "name": "name"},
            "counts": [{"kind": "raster", "path": str(here / "korea" / "kor_ppp_2020_1km_Aggregated_UNadj.tif")}],
        },
    }


REGIONS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "seoul": seoul,
    "korea": lambda here: korea(here, 500),
}


def cells(name: str, here: Path) -> None:
    """Bring one region onto its cells in this process, and print its time and the most memory it held."""
    start = time.perf_counter()
    spec = REGIONS[name](here) | {"region": name, "name": {"ko": name, "en": name}, "candidates": {"path": "none"}}
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "region.yaml"
        file.write_text(yaml.safe_dump(spec), encoding="utf-8")
        region = resolve(file).region
    found = gather(region, tables())
    assert not found.faults, found.faults
    made = assemble(found)
    seconds = time.perf_counter() - start
    laid = next(note for note in found.counts[0].ledger.notes if note.startswith("population:"))
    print(
        f"{name}: {len(made.cells):,} cells of {region['cell_size_m']} m, {len(made.zones):,} zones, "
        f"{seconds:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB; {laid}",
        flush=True,
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Median seconds of some runs, and the answer."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), answer


if __name__ == "__main__":
    main()
