"""Find candidate districts of a kind: a GeoJSON to use as candidates, and the surface and a report beside it."""

from __future__ import annotations

import json
import logging
from typing import Annotated, Any

import numpy as np
import typer

from geojeom.checked_yaml import parse
from geojeom.errors import Fault, RegionError, SourceError, raise_if_any
from geojeom.files import atomic
from geojeom.messages import column_text
from geojeom.results import Folder
from geojeom.tables import read_table, write_table
from spatial.config.resolved import stored_region
from spatial.finding import locate as search
from spatial.finding import suitability
from spatial.folder import table
from spatial.measures.decline import met, zone_conditions
from spatial.reading.provenance import sha256
from spatial.streets.network import Network

log = logging.getLogger("geojeom.spatial")


def run(
    folder: Folder,
    *,
    kind: Annotated[str, typer.Option(help="new, redevelopment or existing.")],
    number: Annotated[int, typer.Option(min=1, help="How many districts.")] = 3,
    min_km2: Annotated[float, typer.Option(min=0.0, help="Smallest area.")] = 0.5,
    max_km2: Annotated[float, typer.Option(min=0.0, help="Largest area.")] = 2.0,
    spacing_m: Annotated[float, typer.Option(min=0.0, help="Least distance between two districts.")] = 1000.0,
    reach_min: Annotated[float, typer.Option(min=0.0, help="Minutes on foot that count as reached.")] = 15.0,
) -> None:
    """Find candidate districts of a kind: a GeoJSON to use as candidates, and the surface and a report beside it."""
    recipes = table("locate", suitability.Locate)
    wish = _wish(
        kind=kind,
        number=number,
        min_km2=min_km2,
        max_km2=max_km2,
        spacing_m=spacing_m,
        reach_min=reach_min,
        mode="walk",
    )
    region = stored_region(folder).region
    recipe = recipes.kinds[wish.kind]
    cells = read_table(folder / "cells.parquet", "cells")
    conditions = met(zone_conditions(read_table(folder / "history.parquet", "history"), cells))
    cells["decline"] = cells["zone_id"].map(conditions).astype(float)
    ground = suitability.surface(cells, region.cell_size_m, recipe, recipes.barred, str(folder / "cells.parquet"))
    result = search.find(cells, region.cell_size_m, ground, recipe, wish, block_m=recipes.block_m)
    if not result.chosen:
        wanted = f"land for one {kind} district of {min_km2:g} km²"
        found = f"{int(ground.open.sum())} open cells, none of them together that large"
        remedy = "Ask for a smaller area, or lower `least` in data/locate.yaml."
        raise SourceError(Fault(str(folder / "cells.parquet"), wanted, found, remedy))
    if len(result.chosen) < number:
        log.warning("only %d of %d districts fit: land runs out at this area and distance", len(result.chosen), number)
    how = search.story(wish, recipe, ground)
    districts = search.as_candidates(result, cells, read_table(folder / "zones.parquet", "zones"), wish, how)
    people = np.nan_to_num(cells["population"].to_numpy(float, na_value=np.nan))
    compared = search.compare(result, ground, read_table(folder / "districts.parquet", "districts"), wish)
    network = Network.load(folder / "streets.npz")
    measured = search.yardstick(result, network, people, wish)
    remarks = search.told(measured, wish, network.remark)
    report = {
        "how": [remark.as_file() for remark in how],
        "closed": {key: why.as_file() for key, why in suitability.reasons(recipe, recipes.barred).items()},
        "cells_sha256": sha256(folder / "cells.parquet"),
        "compared": json.loads(compared.to_json(orient="records")),
        "reach": measured,
        "told": [remark.as_file() for remark in remarks],
    }
    with atomic(folder / f"found_{kind}.geojson") as partial:
        partial.write_text(districts.to_crs(4326).to_json(drop_id=True, ensure_ascii=False), encoding="utf-8")
    write_table(suitability.as_table(cells["cell_id"], ground), folder / f"suitability_{kind}.parquet", "suitability")
    with atomic(folder / f"found_{kind}.json") as partial:
        partial.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    typer.echo(column_text(how))
    typer.echo(compared.round(3).to_string(index=False, na_rep="unknown"))
    typer.echo(column_text(remarks))


def _wish(**asked: Any) -> search.SearchRequest:
    """What is asked for, checked; RegionError with every fault of the options."""
    faults: list[Fault] = []
    wish = parse(search.SearchRequest, asked, "options of locate", faults)
    least, most = asked["min_km2"], asked["max_km2"]
    if least > most:
        faults.append(Fault("--min-km2", f"at most --max-km2 ({most:g})", f"{least:g}", "Swap the two."))
    raise_if_any(RegionError, faults)
    assert wish is not None
    return wish
