"""The diffusion page against Folium's own layers: bytes per cell, month and service, and frames a second in Chromium.

    python benchmarks/pages.py [results/<region>]   (the region's page; without it an invented city of 60,000 cells)

The invented city has 5 services over 120 months: Bass curves that set in later the further a cell lies from the hub,
with parameters that differ from place to place. Folium's TimeSliderChoropleth is given the same shares of one service
for 500 of the cells; it writes a colour and an opacity per cell and month, so its bytes per value do not depend on how
many there are. Frames are counted as a reader sees them: each waits for the browser to have drawn the one before.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import xarray as xr
from folium.plugins import TimeSliderChoropleth
from playwright.sync_api import sync_playwright
from scipy.ndimage import gaussian_filter
from shapely import box

from maps.basemap import Content, ground
from maps.diffusion import bytes_per_value, diffusion_content, plan_content
from maps.page import page
from simulation.plans import payers
from simulation.plans.settings import read
from spatial.config.resolve import resolve

# The page hands its parts to whoever asks before it starts.
PARTS = 'document.addEventListener("geojeom:parts", ({ detail }) => (window.parts = detail));'
COLUMNS, ROWS, MONTHS, SERVICES = 300, 200, 120, 5
EMPTY_PLAN = {
    "district_id": str,
    "part": str,
    "service": str,
    "cell_id": str,
    "zone_id": str,
    "month": "Int64",
    "works_from": "Int64",
    "units": "Int64",
    "capex_krw": "Int64",
    "opex_krw_year": "Int64",
    **dict.fromkeys(payers.COLUMNS, "Int64"),
}


def invented(services: list[str]) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame, xr.Dataset]:
    """Cells, zones, districts and dataset of the invented city, for services of these names."""
    random = np.random.default_rng(2021)
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    x, y = 940_050.0 + 100 * column, 1_930_050.0 + 100 * row
    zone = [f"{r // 25}-{c // 25}" for r, c in zip(row, column, strict=True)]
    cells = gpd.GeoDataFrame(
        {
            "cell_id": [f"{c}/{r}" for c, r in zip(column, row, strict=True)],
            "x_m": x,
            "y_m": y,
            "zone_id": zone,
            "population": 1,
        },
        geometry=gpd.GeoSeries(box(x - 50, y - 50, x + 50, y + 50)),
        crs=5179,
    )
    codes = sorted(set(zone))
    corner = np.array([[int(part) for part in code.split("-")] for code in codes])
    left, low = 940_000 + 2500 * corner[:, 1], 1_930_000 + 2500 * corner[:, 0]
    zones = gpd.GeoDataFrame(
        {"zone_id": codes, "name": codes, "area_m2": 2500.0**2},
        geometry=list(box(left, low, left + 2500, low + 2500)),
        crs=5179,
    )
    hub = box(953_000, 1_938_000, 954_000, 1_939_000)
    hub_table = {"district_id": ["A"], "name": ["hub"], "kind": ["new"], "area_m2": [hub.area]}
    districts = gpd.GeoDataFrame(hub_table, geometry=[hub], crs=5179)
    late = np.hypot(x - 953_500, y - 1_938_500) / 2500
    month = np.arange(MONTHS + 1)[:, None] / 12
    potential = random.poisson(20 * np.exp(-late / 3), (SERVICES, len(x))).astype(np.int32)
    adopters = np.empty((1, SERVICES, MONTHS + 1, len(x)), np.float32)
    for service in range(SERVICES):
        local = 1 + 3 * gaussian_filter(random.normal(size=(ROWS, COLUMNS)), 3).ravel()
        p, q = 0.01, 0.45 * np.clip(local, 0.2, 3)
        decay = np.exp(-(p + q) * np.maximum(month - 0.5 * service - late, 0))
        adopters[0, service] = potential[service] * (1 - decay) / (1 + q / p * decay)
    years = adopters[:, :, ::12, :, None]
    within = hub.contains(gpd.points_from_xy(x, y))
    inside, outside = adopters[..., within].sum(-1), adopters[..., ~within].sum(-1)
    factor = np.array([0.8, 0.9, 1.0])
    data = xr.Dataset(
        {
            "cell_index": ("cell", np.arange(len(x))),
            "inside": (("scenario", "cell"), within[None]),
            "potential": (("service", "cell"), potential),
            "adopters": (("scenario", "service", "month", "cell"), adopters),
            "adopters_quantile": (("scenario", "service", "year", "cell", "quantile"), years * factor),
            "total_inside": (("scenario", "service", "month", "world"), np.rint(inside[..., None] * factor)),
            "total_outside": (("scenario", "service", "month", "world"), np.rint(outside[..., None] * factor)),
        },
        coords={"scenario": ["A"], "service": services, "quantile": [0.1, 0.5, 0.9]},
        attrs={"start": "2027-01", "seed": "0", "config_sha256": "", "not_simulated": "{}"},
    )
    return cells, zones, districts, data


def ours(folder: Path) -> tuple[gpd.GeoDataFrame, xr.Dataset]:
    # The invented city has the settings of the sample city and the first of its services that people adopt.
    resolved = resolve(Path(__file__).resolve().parents[1] / "data/regions/haemil.yaml")
    scheme = read(resolved.plain)
    services = [service for service in scheme.services.values() if service.adoption][:SERVICES]
    cells, zones, districts, data = invented([service.id for service in services])
    backdrop = gpd.GeoDataFrame({"layer": ["boundary"]}, geometry=[zones.union_all().boundary], crs=zones.crs)
    plan = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in EMPTY_PLAN.items()})
    begun = time.perf_counter()
    spread = diffusion_content(services, data, cells, zones, districts)
    config, blobs = {}, {}
    sources = {"sources": [], "missing": [], "estimates": [], "warnings": []}
    for content in (
        ground(resolved, cells, zones, backdrop, sources, kinds={}, called={}),
        spread,
        plan_content(services, plan, cells, zones, spread=spread.config, template=scheme.plan),
    ):
        config |= content.config
        blobs |= content.blobs
    html = page("invented", Content(config, blobs))
    (folder / "diffusion.html").write_text(html, encoding="utf-8")
    size = len(cells) * MONTHS * SERVICES
    print(f"page of {len(cells):,} cells x {MONTHS} months x {SERVICES} services")
    print(f"  written in {time.perf_counter() - begun:.1f} s, {len(html) / 1e6:.2f} MB in all")
    print(f"  Geojeom, frames alone:     {bytes_per_value(spread):8.3f} bytes per cell-month-service (target 0.4)")
    print(f"  Geojeom, whole page:       {len(html) / size:8.3f}")
    return cells, data


def folium_bytes(cells: gpd.GeoDataFrame, data: xr.Dataset, count: int = 500) -> None:
    some = cells.geometry.iloc[:count].to_crs(4326)
    potential = np.maximum(data["potential"][0, :count].to_numpy(), 1)
    shares = data["adopters"][0, 0, 1:, :count].to_numpy() / potential
    style = {
        str(cell): {
            str(1_800_000_000 + 2_592_000 * month): {
                "color": f"#{int(255 * shares[month, cell]):02x}80a0",
                "opacity": 0.8,
            }
            for month in range(MONTHS)
        }
        for cell in range(count)
    }
    scene = folium.Map(tiles=None)
    TimeSliderChoropleth(json.loads(some.reset_index(drop=True).to_json()), style).add_to(scene)
    still = folium.Map(tiles=None)
    folium.GeoJson(json.loads(some.to_json())).add_to(still)
    timed, plain = (len(each.get_root().render()) for each in (scene, still))
    print(f"  Folium TimeSliderChoropleth: {timed / count / MONTHS:6.1f}   (libraries not counted: they are links)")
    print(f"  Folium GeoJson, one month:   {plain / count:6.1f} bytes per cell")


def frame_rate(path: Path) -> None:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        print("  frames a second: not measured, there is no Chromium on this machine")
        return
    scrub = """async () => {
        const begun = performance.now();
        const { page: { config: { months } }, tools } = parts;
        for (let month = 0; month <= months; month++) {
            tools.at(month);
            await new Promise(requestAnimationFrame);
        }
        return (months + 1) / ((performance.now() - begun) / 1000);
    }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for width, height in ((1280, 720), (1920, 1080)):
            first, rates = [], []
            for _ in range(3):
                tab = browser.new_page(viewport={"width": width, "height": height})
                tab.add_init_script(PARTS)
                begun = time.perf_counter()
                tab.goto(f"file://{path}")
                tab.locator("html[data-ready=true]").wait_for(state="attached")
                first.append(time.perf_counter() - begun)
                rates.append(tab.evaluate(scrub))
                tab.close()
            print(
                f"  {width} x {height}: first picture after {statistics.median(first):.2f} s (target 2), "
                f"{statistics.median(rates):.0f} frames/s while scrubbing (target 30)"
            )
        browser.close()


def main() -> None:
    if len(sys.argv) > 1:
        path = Path(sys.argv[1]).resolve() / "diffusion.html"
        print(f"{path.name} of {path.parent.name}: {path.stat().st_size / 1e6:.2f} MB")
        frame_rate(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        folium_bytes(*ours(Path(folder)))
        frame_rate(Path(folder) / "diffusion.html")


if __name__ == "__main__":
    main()
