"""``python -m maps COMMAND``: the maps room's door, and its only code that knows paths."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from spatial.cli import Folder, door, enter

app = door("What people see: the comparison and the diffusion, one self-contained HTML file each.")
log = logging.getLogger("maps")


def shared(folder: Path) -> Any:
    """The resolved region, its cells, and the ground both pages stand on."""
    import json

    from maps.ground import ground
    from spatial.errors import Fault, SourceError
    from spatial.tables import read_table

    for name, step in (
        ("region.json", "python -m spatial resolve REGION.yaml"),
        ("sources.json", "python -m spatial cells"),
    ):
        if not (folder / name).is_file():
            raise SourceError(
                Fault(str(folder / name), "a file of the step before", "no such file", f"Run `{step}` first.")
            )
    resolved = json.loads((folder / "region.json").read_text(encoding="utf-8"))
    sources = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    cells = read_table(folder / "cells.parquet", "cells")
    zones = read_table(folder / "zones.parquet", "zones")
    backdrop = read_table(folder / "backdrop.parquet", "backdrop")
    return resolved, cells, ground(resolved, cells, zones, backdrop, sources)


def publish(folder: Path, parts: list[str], contents: list[Any]) -> int:
    """Join the contents into one page, write it, and return its size in bytes."""
    from maps.ground import Content
    from maps.offline import write_page
    from maps.page import page

    config: dict[str, Any] = {}
    blobs: dict[str, bytes] = {}
    for content in contents:
        config |= content.config
        blobs |= content.blobs
    path = folder / f"{config['page']}.html"
    write_page(page(f"{config['region']['name']['ko']} · Geojeom", Content(config, blobs), parts), path)
    size = path.stat().st_size
    log.info("%s: %.2f MB, needs no network", path, size / 1e6)
    return size


@app.command()
def compare(folder: Folder) -> None:
    """Write compare.html: the candidates ranked on a map, and why."""
    import numpy as np
    import pandas as pd

    from maps.compare import compare_content, drive_content, layer_content
    from spatial.tables import read_table

    resolved, cells, base = shared(folder)
    tables = {
        name: read_table(folder / f"{name}.parquet", name)
        for name in ("districts", "criteria", "vetoes", "scores", "contributions")
    }
    late = read_table(folder / "criteria_diffusion.parquet", "criteria")
    districts = tables["districts"]
    contents = [
        base,
        compare_content(
            resolved,
            districts,
            values=pd.concat([tables["criteria"], late], ignore_index=True),
            vetoes=tables["vetoes"],
            scores=tables["scores"],
            contributions=tables["contributions"],
        ),
        layer_content(cells, resolved["region"]["cell_size_m"]),
    ]
    with np.load(folder / "district_travel.npz") as travel:
        contents.append(drive_content(list(districts["district_id"]), travel["district_id"], travel["drive_s"]))
    publish(folder, ["score", "compare", "weights", "card", "celllayers"], contents)


@app.command()
def diffusion(folder: Folder) -> None:
    """Write diffusion.html: who uses what, where and when, with the plan's openings and money."""
    import xarray as xr

    from maps.diffusion import bytes_per_value, diffusion_content, plan_content
    from spatial.errors import Fault, SourceError
    from spatial.tables import read_table

    resolved, cells, base = shared(folder)
    zones, districts, plan = (read_table(folder / f"{name}.parquet", name) for name in ("zones", "districts", "plan"))
    path = folder / "diffusion.nc"
    if not path.is_file():
        raise SourceError(
            Fault(str(path), "the ensemble", "no such file", "Run `python -m simulation ensemble` first.")
        )
    with xr.open_dataset(path, engine="h5netcdf") as data:
        spread = diffusion_content(resolved, data, cells, zones, districts)
    log.info("frames: %.3f bytes per cell-month-service", bytes_per_value(spread))
    for service in spread.config["notSimulated"]:
        log.info("not simulated: %s (%s)", service["id"], service["reason"])
    publish(
        folder,
        ["frames", "diffusion", "chart", "plan"],
        [base, spread, plan_content(resolved, plan, cells, zones, spread.config)],
    )


@app.command()
def where(
    regions: Annotated[list[Path], typer.Argument(help="Region files (YAML).")],
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Print where the pages of some regions are."""
    from spatial.resolve import resolve

    for region in regions:
        name = resolve(region)["region"]["region"]
        for page in sorted((results / name).glob("*.html")):
            typer.echo(page)


if __name__ == "__main__":
    enter(app)
