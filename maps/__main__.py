"""``python -m maps COMMAND``: the maps room's door, and its only code that knows paths."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from spatial.cli import Folder, configuration, door, enter, stored

app = door("What people see: the comparison, the diffusion and the report, one self-contained HTML file each.")
log = logging.getLogger("maps")


def shared(folder: Path) -> Any:
    """The resolved region, its cells, and the ground both pages stand on."""
    from maps.ground import ground
    from spatial.config.checked_yaml import read_catalogue
    from spatial.config.resolve import CATALOGUES
    from spatial.reading.tags import TagTable
    from spatial.tables import read_table

    resolved = configuration(folder)
    sources = stored(folder, "sources.json", "python -m spatial cells")
    # The candidates are read after the cells; a reader wants every file in one list.
    sources["sources"] += stored(folder, "candidates.json", "python -m spatial districts")["sources"]
    cells = read_table(folder / "cells.parquet", "cells")
    zones = read_table(folder / "zones.parquet", "zones")
    backdrop = read_table(folder / "backdrop.parquet", "backdrop")
    meanings = read_catalogue(CATALOGUES / "osm_kinds.yaml", TagTable).root
    kinds = {kind: meaning.label.model_dump() for kind, meaning in meanings.items()}
    return resolved, cells, ground(resolved, cells, zones, backdrop, sources, kinds=kinds)


def publish(folder: Path, parts: list[str], contents: list[Any], *, paper: bool = False) -> Path:
    """Join the contents into one page and write it; ``paper``: to read and print, without a Leaflet map."""
    from maps.ground import Content
    from maps.offline import write_page
    from maps.page import document, page

    config: dict[str, Any] = {}
    blobs: dict[str, bytes] = {}
    for content in contents:
        config |= content.config
        blobs |= content.blobs
    path = folder / f"{config['page']}.html"
    make = document if paper else page
    tiles = (config.get("tiles") or {}).get("url")
    html = make(f"{config['region']['name']['ko']} · Geojeom", Content(config, blobs), parts + ["tiles"] * bool(tiles))
    write_page(html, path, tiles)
    log.info("%s: %.2f MB, needs no network%s", path, path.stat().st_size / 1e6, " but for base tiles" * bool(tiles))
    return path


def compared(folder: Path, resolved: dict[str, Any], districts: Any) -> Any:
    """What the tables say about the candidates."""
    import pandas as pd

    from maps.compare import compare_content
    from spatial.tables import read_table

    tables = {
        name: read_table(folder / f"{name}.parquet", name) for name in ("criteria", "vetoes", "scores", "contributions")
    }
    late = read_table(folder / "criteria_diffusion.parquet", "criteria")
    return compare_content(
        resolved,
        districts,
        values=pd.concat([tables["criteria"], late], ignore_index=True),
        vetoes=tables["vetoes"],
        scores=tables["scores"],
        contributions=tables["contributions"],
    )


def judged(folder: Path) -> Any:
    """How sure the ranking is."""
    import pandas as pd

    from maps.robust import robust_content
    from spatial.tables import read_table

    sure, accepted, pairs = (
        read_table(folder / f"{name}.parquet", name) for name in ("robustness", "acceptability", "pairs")
    )
    reasons = pd.read_csv(folder / "reasons.csv", encoding="utf-8-sig", dtype={"district_id": str, "other_id": str})
    return robust_content(sure, accepted, pairs, reasons)


def searched(folder: Path) -> Any:
    """The surfaces and areas of earlier runs of `spatial locate` on these very cells, as far as there are any."""
    import geopandas as gpd

    from maps.found import Found, found_content
    from spatial.errors import damaged
    from spatial.reading.provenance import sha256
    from spatial.reading.vector import READING
    from spatial.schemas import KINDS
    from spatial.tables import read_table

    searches = []
    for kind in KINDS:
        if not (folder / f"suitability_{kind}.parquet").is_file():
            continue
        step = f"python -m spatial locate --kind {kind}"
        report = stored(folder, f"found_{kind}.json", step)
        if report.get("cells_sha256") != sha256(folder / "cells.parquet"):
            log.warning("the districts found as %s are of other cells and not shown: run `%s` again", kind, step)
            continue
        surface = read_table(folder / f"suitability_{kind}.parquet", "suitability")
        areas = folder / f"found_{kind}.geojson"
        try:
            searches.append(Found(kind, surface, report, gpd.read_file(areas)))
        except READING as error:
            raise damaged(areas, error, f"run `{step}`") from None
    return found_content(searches)


def ensemble(folder: Path) -> Path:
    """Where diffusion.nc is; SourceError where it is not."""
    from spatial.errors import Fault, SourceError

    path = folder / "diffusion.nc"
    if not path.is_file():
        raise SourceError(
            Fault(str(path), "the ensemble", "no such file", "Run `python -m simulation ensemble` first.")
        )
    return path


@app.command()
def compare(folder: Folder) -> None:
    """Write compare.html: the candidates ranked on a map, and why."""
    from maps.compare import drive_content, layer_content
    from maps.ground import tiles_content
    from maps.robust import profiles_content
    from spatial.tables import read_arrays, read_table

    resolved, cells, base = shared(folder)
    districts, scores, contributions = (
        read_table(folder / f"{name}.parquet", name) for name in ("districts", "scores", "contributions")
    )
    contents = [
        base,
        tiles_content(resolved),
        compared(folder, resolved, districts),
        profiles_content(resolved, contributions, dict(zip(scores["district_id"], scores["vetoed"], strict=True))),
        judged(folder),
        layer_content(cells, resolved["region"]["cell_size_m"]),
        searched(folder),
    ]
    names = ("district_id", "drive_s")
    travel = read_arrays(folder / "district_travel.npz", names, "python -m spatial districts")
    contents.append(drive_content(list(districts["district_id"]), travel["district_id"], travel["drive_s"]))
    publish(
        folder,
        ["score", "level", "compare", "weights", "smaa", "robust", "card", "pair", "found", "celllayers"],
        contents,
    )


@app.command()
def diffusion(folder: Folder) -> None:
    """Write diffusion.html: who uses what, where and when, with the plan's openings and money."""
    import xarray as xr

    from maps.diffusion import bytes_per_value, diffusion_content, plan_content
    from maps.ground import tiles_content
    from spatial.tables import read_table

    resolved, cells, base = shared(folder)
    zones, districts, plan = (read_table(folder / f"{name}.parquet", name) for name in ("zones", "districts", "plan"))
    with xr.open_dataset(ensemble(folder), engine="h5netcdf") as data:
        spread = diffusion_content(resolved, data, cells, zones, districts)
    if spread.config["services"]:
        log.info("frames: %.3f bytes per cell-month-service", bytes_per_value(spread))
    for service in spread.config["notSimulated"]:
        log.info("not simulated: %s (%s)", service["id"], service["reason"])
    publish(
        folder,
        ["frames", "diffusion", "bands", "chart", "plan"],
        [base, tiles_content(resolved), spread, plan_content(resolved, plan, cells, zones, spread.config)],
    )


@app.command()
def report(
    folder: Folder,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Also print it to report.pdf, by a Chromium on this machine.")
    ] = False,
    language: Annotated[str, typer.Option(help="Language of the PDF: ko or en.")] = "ko",
) -> None:
    """Write report.html: the best candidates in the shape of a proposal, to read and to print on A4."""
    from datetime import datetime

    import xarray as xr

    from maps.diffusion import plan_content, spread_config
    from maps.ground import Content
    from maps.pdf import print_pdf
    from maps.report import cell_maps, measures_content, report_content, spread_maps
    from spatial.tables import read_table

    if language not in ("ko", "en"):
        raise typer.BadParameter("ko or en", param_hint="--language")
    resolved, cells, base = shared(folder)
    region, origin = resolved["region"], base.config["origin"]
    zones, districts, plan = (read_table(folder / f"{name}.parquet", name) for name in ("zones", "districts", "plan"))
    rules = read_table(folder / "programme.parquet", "programme")
    rules = rules[rules["round"] == resolved["programme"]["id"]]
    made = datetime.fromtimestamp((folder / "scores.parquet").stat().st_mtime).astimezone().date().isoformat()
    with xr.open_dataset(ensemble(folder), engine="h5netcdf") as data:
        spread = spread_config(resolved, data, districts)
        maps, measures = spread_maps(data, cells, origin), measures_content(data)
    path = publish(
        folder,
        ["svgmap", "bands", "level", "report", "reportcase", "reportplan", "reporteffect"],
        [
            base,
            compared(folder, resolved, districts),
            judged(folder),
            Content(spread),
            plan_content(resolved, plan, cells, zones, spread),
            cell_maps(cells, region["cell_size_m"], origin),
            maps,
            measures,
            report_content(resolved, cells, plan=plan, rules=rules, spread=spread, made=made),
        ],
        paper=True,
    )
    if pdf:
        print_pdf(path, language, folder / "report.pdf")
        log.info("%s: printed", folder / "report.pdf")


@app.command()
def where(
    regions: Annotated[list[str], typer.Argument(help="Region files (YAML).")],
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Print where the pages of some regions are."""
    from spatial.config.resolve import region_files, resolve

    for region in (file for text in regions for file in region_files(text)):
        name = resolve(Path(region))["region"]["region"]
        for page in sorted((results / name).glob("*.html")):
            typer.echo(page)


if __name__ == "__main__":
    enter(app)
