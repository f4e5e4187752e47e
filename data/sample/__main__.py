"""Write the synthetic city Haemil (해밀시): ``python data/sample OUT_DIR [--seed N] [--scale S]``.

Everything about it is invented. The same seed and scale give the same files, byte for byte.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import buildings
import dongs
import numpy as np
import osmfile
import parcels
import people
import places
import plans
import streets
import tables
import terrain
import workbooks
from layout import Sheet
from pyproj import Transformer
from quarters import DONGS

NAMES = [dong.name for dong in DONGS]


def main() -> None:
    """Draw the city and write its files."""
    parser = argparse.ArgumentParser(prog="python data/sample", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR", help="where the files go")
    parser.add_argument("--seed", type=int, default=20211108, help="another seed gives another city of the same plan")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the city's area and people (default 1)")
    options = parser.parse_args()
    if not 0.04 <= options.scale <= 1:
        parser.error("--scale must be from 0.04 to 1")
    write(options.folder, options.seed, options.scale)


def write(folder: Path, seed: int, scale: float) -> None:
    """Write all files of the city into a folder, which is made if need be."""
    sheet = Sheet(scale)
    # One stream of chance per part: a change to one leaves the others as they were.
    chance = [np.random.default_rng([seed, part]) for part in range(8)]
    ground = terrain.build(sheet, chance[0])
    town = streets.build(sheet, ground, chance[1])
    areas = dongs.build(sheet, ground, town)
    built = buildings.build(ground, town, chance[2])
    counted = people.build(sheet, areas, built, chance[3])
    parks = places.parks(sheet, ground, town, chance[4])
    facilities = places.build(
        sheet, town, boundary=ground.boundary, dongs=areas, buildings=built, parks=parks, rng=chance[5]
    )
    protected = plans.protected(sheet, ground, chance[6])
    candidates = plans.candidates(sheet, ground, town)
    land = parcels.build(ground, town, areas, chance[7])

    folder.mkdir(parents=True, exist_ok=True)
    to_degrees = Transformer.from_crs(5179, 4326, always_xy=True)
    extract = osmfile.Extract()
    extract.add_streets(town)
    extract.add_land(ground, town, parks)
    extract.add_amenities(facilities)
    extract.write(folder / "streets.osm.pbf", to_degrees)
    tables.shapefile(folder / "dong.shp", areas, {"ADM_CD": tables.CODES, "ADM_NM": NAMES}, 5179)
    tables.heights(folder / "dem.tif", ground)
    write_parcels(folder, land)
    write_counts(folder, counted)
    write_places(folder, built, facilities, to_degrees)
    tables.geojson(folder / "protected.geojson", [({"reason": r, "name": n}, a) for r, n, a in protected], to_degrees)
    zoning = plans.zoning(ground, town)
    tables.geojson(folder / "zoning.geojson", [({"code": c, "name": n}, a) for c, n, a in zoning], to_degrees)
    proposals = [
        ({key: value for key, value in c._asdict().items() if key != "points"}, area) for c, area in candidates
    ]
    tables.geojson(folder / "candidates.geojson", proposals, to_degrees)
    workbooks.write(folder, sheet, to_degrees)


def write_parcels(folder: Path, land: parcels.Parcels) -> None:
    """The cadastre, in its own CRS, and what is told of parcels by their number."""
    tables.shapefile(folder / "parcels.shp", land.outlines, {"PNU": land.numbers}, 5186)
    header = ["고유번호", "법정동코드", "기준연도", "기준월", "공시지가", "공시일자"]
    tables.table(folder / "land_prices.csv", header, land.prices, "cp949")
    tables.table(folder / "land_owners.csv", ["고유번호", "소유구분코드", "소유구분명"], land.owners, "cp949")


def write_counts(folder: Path, counted: people.People) -> None:
    """Who lives and works in each dong, now and over the years."""
    tables.population_by_age(folder / "population_age.csv", counted)
    tables.history(folder / "population_history.csv", counted.years, counted.population_history, "인구수")
    tables.history(folder / "businesses_history.csv", counted.business_years, counted.business_history, "사업체수")
    tables.table(
        folder / "jobs.csv",
        ["행정동코드", "행정동명", "사업체수", "종사자수"],
        zip(tables.CODES, NAMES, counted.businesses, counted.jobs, strict=True),
        "cp949",
    )
    tables.table(
        folder / "households.csv",
        ["행정동코드", "행정동명", "세대수"],
        zip(tables.CODES, NAMES, counted.households, strict=True),
        "cp949",
    )


def write_places(
    folder: Path, built: buildings.Buildings, facilities: places.Facilities, to_degrees: Transformer
) -> None:
    """Buildings and facilities as points in tables."""
    lon, lat = np.round(to_degrees.transform(*built.xy.T), 6)
    tables.table(
        folder / "buildings.csv",
        ["lon", "lat", "사용승인일", "주용도", "연면적", "층수"],
        zip(lon, lat, built.approved, built.use, built.floor_area_m2, built.floors, strict=True),
        "cp949",
    )
    lon, lat = np.round(to_degrees.transform(*facilities.xy.T), 6)
    tables.table(
        folder / "facilities.csv",
        ["kind", "name", "lon", "lat", "opened"],
        zip(facilities.kind, facilities.name, lon, lat, facilities.opened, strict=True),
        "utf-8-sig",
    )


if __name__ == "__main__":
    main()
