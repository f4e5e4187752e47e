"""``python -m spatial COMMAND``: the spatial room's door, and its only code that knows paths.

Each command imports what it needs when it runs: starting is quick, and the pipeline can tell which modules a command
uses (spatial.fingerprint) and re-runs it when one of them changes.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from spatial.cli import Folder, configuration, door, enter, stored

log = logging.getLogger("geojeom.spatial")
app = door("Where: from a city's files to scored candidate districts.")


@app.command()
def resolve(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    folder: Annotated[Path | None, typer.Option(help="Results folder; results/<region> where left out.")] = None,
) -> None:
    """Check a region file and write it, with every default filled in, to region.json."""
    from spatial.config import resolve as regions
    from spatial.errors import RegionError, raise_if_any

    resolved = regions.resolve(region)
    raise_if_any(RegionError, regions.missing_files(resolved, str(region), set()))
    regions.write(resolved, folder or Path("results") / resolved["region"]["region"])


@app.command()
def travel(folder: Folder) -> None:
    """Walking seconds between inhabited cells, as far as the simulation's contacts reach (1800 s unless it says)."""
    import numpy as np

    from spatial.streets.network import Network
    from spatial.streets.travel import cells_to_cells
    from spatial.tables import atomic, read_table

    mixing = configuration(folder)["simulation"].get("mixing") or {}
    limit_s = float(mixing.get("contact_limit_s", 1800.0))
    cells = read_table(folder / "cells.parquet", "cells")
    inhabited = (cells["population"].fillna(0) > 0) | (cells["jobs"].fillna(0) > 0)
    cell = np.flatnonzero(inhabited).astype(np.int32)
    indptr, indices, travel_s = cells_to_cells(Network.load(folder / "streets.npz"), cell, limit_s)
    with atomic(folder / "travel.npz") as partial:
        np.savez(partial, cell=cell, indptr=indptr, indices=indices, travel_s=travel_s, limit_s=limit_s)
    log.info("travel: %s cells, %s pairs within %g s on foot", f"{cell.size:,}", f"{indices.size:,}", limit_s)


@app.command()
def districts(folder: Folder) -> None:
    """Check the candidate districts and measure travel from each to every cell."""
    from spatial.districts.candidates import check_districts
    from spatial.districts.travel import district_travel
    from spatial.reading.boundary import read_area
    from spatial.reading.provenance import Account
    from spatial.reading.vector import read_polygons
    from spatial.streets.network import Network
    from spatial.tables import atomic, read_table, write_table

    region = configuration(folder)["region"]
    area = read_area(region, Account())
    account = Account(box=area.degrees)
    given = region["candidates"]
    ledger = account.open("candidates", given)
    candidates = read_polygons(given["path"], given["crs"], area.extent, ledger, {}, carries=["district_id"])
    table = check_districts(
        candidates, area.polygon, area.crs, given["path"], cell_size_m=area.cell_size_m, ledger=ledger
    )
    cells = read_table(folder / "cells.parquet", "cells")
    reach = district_travel(
        table, cells["x_m"].to_numpy(), cells["y_m"].to_numpy(), Network.load(folder / "streets.npz")
    )
    reach.save(folder / "district_travel.npz")
    write_table(table, folder / "districts.parquet", "districts")
    with atomic(folder / "candidates.json") as partial:
        partial.write_text(json.dumps(account.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    account.tell()


@app.command()
def criteria(folder: Folder) -> None:
    """Measure every criterion and veto of every district, but for what only the simulation knows."""
    from spatial.config.catalogue import CriteriaSet, Programme
    from spatial.config.minimum import Minimum
    from spatial.districts.travel import DistrictTravel
    from spatial.measures.criteria import measure
    from spatial.measures.gaps import gaps
    from spatial.measures.place import Place
    from spatial.reading.provenance import dated
    from spatial.streets.network import Network
    from spatial.tables import read_table, write_table

    resolved = configuration(folder)
    report = stored(folder, "sources.json", "python -m spatial cells")
    place = Place(
        cells=read_table(folder / "cells.parquet", "cells"),
        facilities=read_table(folder / "facilities.parquet", "facilities"),
        districts=read_table(folder / "districts.parquet", "districts"),
        travel=DistrictTravel.load(folder / "district_travel.npz"),
        network=Network.load(folder / "streets.npz"),
        programme=Programme.model_validate(resolved["programme"]),
        cell_area_m2=float(resolved["region"]["cell_size_m"]) ** 2,
        minimum=table("minimum", Minimum),
        zoning=read_table(folder / "zoning.parquet", "zoning"),
        parcels=read_table(folder / "parcels.parquet", "parcels"),
        history=read_table(folder / "history.parquet", "history"),
    )
    catalogue = CriteriaSet.model_validate(resolved["criteria"])
    values, vetoes = measure(place, catalogue, dated(resolved["region"], report), report["estimates"])
    write_table(values, folder / "criteria.parquet", "criteria")
    write_table(gaps(place), folder / "gaps.parquet", "gaps")
    write_table(vetoes, folder / "vetoes.parquet", "vetoes")
    # One line for all criteria that lack a value in as many districts: what a city has no data for is a long list.
    lacking = values[values["missing"].notna()].groupby("criterion", sort=False).size()
    for count, names in lacking.groupby(lacking, sort=False):
        log.warning("no value for %d of %d districts: %s", count, len(place.districts), ", ".join(names.index))
    for row in vetoes[vetoes["vetoed"].fillna(False)].itertuples():
        log.warning("district %s is vetoed: %s, %s", row.district_id, row.veto, row.found)


@app.command()
def score(folder: Folder) -> None:
    """Score and rank the districts by every method, with each criterion's contribution."""
    import pandas as pd

    from spatial.config.catalogue import CriteriaSet, Profile
    from spatial.ranking import score as scores
    from spatial.ranking.weights import judged
    from spatial.tables import read_table, write_table

    resolved = configuration(folder)
    profile = Profile.model_validate(resolved["profile"])
    values = [read_table(folder / name, "criteria") for name in ("criteria.parquet", "criteria_diffusion.parquet")]
    table, contributions = scores.score(
        list(read_table(folder / "districts.parquet", "districts")["district_id"]),
        pd.concat(values, ignore_index=True),
        read_table(folder / "vetoes.parquet", "vetoes"),
        CriteriaSet.model_validate(resolved["criteria"]),
        profile,
    )
    write_table(contributions, folder / "contributions.parquet", "contributions")
    write_table(table, folder / "scores.parquet", "scores")
    for row in table.sort_values(["method", "rank"]).itertuples():
        place = "vetoed" if row.vetoed else f"rank {row.rank}"
        log.info(
            "%s: %s %s, %.3f (%.3f to %.3f)",
            row.method,
            row.district_id,
            place,
            row.score,
            row.score_low,
            row.score_high,
        )
    if profile.pairwise is not None:
        found = judged(profile)
        log.info("judgements: λmax %.4f, CI %.4f, CR %.4f", found.lambda_max, found.ci, found.cr)
        if not found.consistent and found.triple is not None:
            three = ", ".join(profile.pairwise.criteria[position] for position in found.triple)
            log.warning("the judgements contradict each other (CR over 0.10), those of %s the most", three)


@app.command()
def robustness(folder: Folder) -> None:
    """Say how sure the ranking is and why it is so: draws of weights and unknown values, tornado, pairs, reasons."""
    from spatial.config.catalogue import CriteriaSet
    from spatial.ranking.reasons import reasons
    from spatial.ranking.robustness import robustness as vary
    from spatial.reading.spreadsheet import write_csv
    from spatial.tables import read_table, write_table

    resolved = configuration(folder)
    names = ("districts", "vetoes", "scores", "contributions")
    given = {name: read_table(folder / f"{name}.parquet", name) for name in names}
    found = vary(given["scores"], given["contributions"])
    for name, frame in found._asdict().items():
        write_table(frame, folder / f"{name}.parquet", name)
    write_csv(reasons(catalogue=CriteriaSet.model_validate(resolved["criteria"]), **given), folder / "reasons.csv")
    for row in found.robustness.sort_values("rank").itertuples():
        settled = f"; {row.settling_criterion} would settle it" if isinstance(row.settling_criterion, str) else ""
        log.info("%s: rank %s, %s to %s%s", row.district_id, row.rank, row.rank_best, row.rank_worst, settled)


def table(name: str, shape: Any) -> Any:
    """A table under ``data/`` that says what tags or words mean, checked."""
    from spatial.config.checked_yaml import read_catalogue
    from spatial.config.resolve import CATALOGUES

    return read_catalogue(CATALOGUES / f"{name}.yaml", shape)


def tables() -> Any:
    """All tables that reading a region's sources needs."""
    from spatial.cells.gather import Tables
    from spatial.counts.plausible import Densest
    from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
    from spatial.sources.codes import CodeAliases
    from spatial.sources.parcels import LandOwners
    from spatial.sources.zoning import ZoningTable

    return Tables(
        table("osm_kinds", TagTable),
        table("osm_layers", TagTable),
        table("building_uses", BuildingUses),
        table("speeds", SpeedTable),
        table("zoning", ZoningTable),
        table("code_aliases", CodeAliases),
        table("land_owners", LandOwners),
        table("plausible", Densest),
    )


@app.command()
def check(region: Annotated[Path, typer.Argument(help="The region file (YAML).")]) -> None:
    """Read every source of a region file, write nothing, and tell what was found and every fault; 1 when any."""
    from spatial.cells import check as sources
    from spatial.config import resolve as regions

    account, faults = sources.check(regions.resolve(region)["region"], tables())
    typer.echo(sources.report(account, faults))
    raise typer.Exit(1 if faults else 0)


@app.command()
def cut(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    country: Annotated[Path, typer.Argument(help="A larger OpenStreetMap file (.osm.pbf).")],
    extract: Annotated[Path, typer.Argument(help="The file to write (.osm.pbf).")],
) -> None:
    """Cut a region's box out of a country's OpenStreetMap file, once; name the extract in the region file."""
    from spatial.config import resolve as regions
    from spatial.reading import osm_extract
    from spatial.reading.boundary import read_area
    from spatial.reading.provenance import Account

    box = read_area(regions.resolve(region)["region"], Account()).degrees
    nodes = osm_extract.cut(str(country), extract, box)
    log.info("%s: %s nodes in the region's box, with all they belong to", extract, f"{nodes:,}")


@app.command()
def download(
    place: Annotated[str, typer.Argument(help="A place as on openstreetmap.org, e.g. 'Suwon, South Korea'.")],
    file: Annotated[Path, typer.Argument(help="The file to write (.graphml).")],
) -> None:
    """Download the streets of a place through osmnx, once; name the file in the region file. Needs a network."""
    from spatial.reading import osm_extract

    day = osm_extract.download(place, file)
    log.info("%s: snapshot of %s, which maps show as its vintage unless the region file gives another", file, day)


@app.command()
def cells(folder: Folder) -> None:
    """Bring every source onto the cells, and write the account of all rows: the tables of cells, zones and land."""
    from spatial.cells.survey import survey
    from spatial.tables import atomic, write_table

    found = survey(configuration(folder)["region"], tables())
    found.account.tell()
    write_table(found.cells, folder / "cells.parquet", "cells")
    write_table(found.zones, folder / "zones.parquet", "zones")
    write_table(found.zoning, folder / "zoning.parquet", "zoning")
    write_table(found.parcels, folder / "parcels.parquet", "parcels")
    write_table(found.history, folder / "history.parquet", "history")
    with atomic(folder / "sources.json") as partial:
        partial.write_text(json.dumps(found.account.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")


@app.command()
def facilities(folder: Folder) -> None:
    """Read facilities from tables and OpenStreetMap: facilities.parquet."""
    from spatial.reading.boundary import read_area
    from spatial.reading.provenance import Account
    from spatial.reading.tags import TagTable
    from spatial.sources.facilities import read_facilities
    from spatial.tables import write_table

    region, account = configuration(folder)["region"], Account()
    area = read_area(region, account)
    frame = read_facilities(region["sources"]["facilities"], area, table("osm_kinds", TagTable), account)
    account.tell()
    write_table(frame, folder / "facilities.parquet", "facilities")


@app.command()
def backdrop(folder: Folder) -> None:
    """Cut and simplify what maps draw under everything: backdrop.parquet."""
    from spatial.reading.boundary import read_area
    from spatial.reading.provenance import Account
    from spatial.reading.tags import TagTable
    from spatial.sources.backdrop import make_backdrop
    from spatial.tables import write_table

    region = configuration(folder)["region"]
    sources = region["sources"]
    area = read_area(region, Account())
    frame = make_backdrop(sources["land"], sources["streets"], area, table("osm_layers", TagTable))
    write_table(frame, folder / "backdrop.parquet", "backdrop")


@app.command()
def streets(folder: Folder) -> None:
    """Build the street network and join every cell to it: streets.npz."""
    from spatial.reading.boundary import read_area
    from spatial.reading.provenance import Account
    from spatial.reading.tags import SpeedTable
    from spatial.streets.files import read_network
    from spatial.streets.straight import straight_lines
    from spatial.tables import read_table

    region, account = configuration(folder)["region"], Account()
    area, speeds = read_area(region, account), table("speeds", SpeedTable)
    source = region["sources"]["streets"]
    frame = read_table(folder / "cells.parquet", "cells")
    x, y = frame["x_m"].to_numpy(), frame["y_m"].to_numpy()
    if source is None:
        network = straight_lines(x, y, speeds, region["country"])
        log.warning("no street source: straight lines times a circuity of %g stand in for streets", network.circuity)
    else:
        network = read_network(
            source, area, region["country"], speeds, cells=(x, y), ledger=account.open("streets", source)
        )
    account.tell()
    network.save(folder / "streets.npz")


@app.command()
def programme(
    folder: Folder,
    rounds: Annotated[
        list[str] | None, typer.Option("--round", help="A round of data/programme; the region's own where left out.")
    ] = None,
) -> None:
    """Check every candidate against the rules of a round: met, not met or unknown, each with its figure."""
    import pandas as pd

    from spatial.config.catalogue import Programme
    from spatial.config.checked_yaml import read_catalogue
    from spatial.config.resolve import CATALOGUES
    from spatial.districts.programme import check, readable
    from spatial.tables import read_table, write_table

    resolved = configuration(folder)
    chosen = [read_catalogue(CATALOGUES / "programme" / f"{name}.yaml", Programme) for name in rounds or []]
    region = resolved["region"]
    plan = folder / "plan.parquet"
    found = [
        check(
            one,
            read_table(folder / "districts.parquet", "districts"),
            read_table(plan, "plan") if plan.is_file() else None,
            region["applicant"],
            region["budget_krw_year"],
        )
        for one in chosen or [Programme.model_validate(resolved["programme"])]
    ]
    table = pd.concat(found, ignore_index=True)
    write_table(table, folder / "programme.parquet", "programme")
    typer.echo(readable(table))


@app.command()
def locate(
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
    import numpy as np

    from spatial.errors import Fault, RegionError, SourceError
    from spatial.finding import locate as search
    from spatial.finding import suitability
    from spatial.measures.decline import met, zone_conditions
    from spatial.reading.provenance import sha256
    from spatial.streets.network import Network
    from spatial.tables import atomic, read_table, write_table

    recipes = table("locate", suitability.Locate)
    faults = []
    if kind not in recipes.kinds:
        faults.append(Fault("--kind", f"one of {', '.join(recipes.kinds)}", repr(kind), "Correct it."))
    if min_km2 > max_km2:
        faults.append(Fault("--min-km2", f"at most --max-km2 ({max_km2:g})", f"{min_km2:g}", "Swap the two."))
    if faults:
        raise RegionError(faults)
    region = configuration(folder)["region"]
    wish = search.Wish(kind, number, min_km2, max_km2, spacing_m, reach_min, "walk")  # type: ignore[arg-type]
    recipe = recipes.kinds[wish.kind]
    cells = read_table(folder / "cells.parquet", "cells")
    conditions = met(zone_conditions(read_table(folder / "history.parquet", "history"), cells))
    cells["decline"] = cells["zone_id"].map(conditions).astype(float)
    ground = suitability.surface(cells, region["cell_size_m"], recipe, recipes.barred, str(folder / "cells.parquet"))
    found = search.find(cells, region["cell_size_m"], ground, recipe, wish, block_m=recipes.block_m)
    if not found.chosen:
        raise SourceError(
            Fault(
                str(folder / "cells.parquet"),
                f"land for one {kind} district of {min_km2:g} km²",
                f"{int(ground.open.sum())} open cells, none of them together that large",
                "Ask for a smaller area, or lower `least` in data/locate.yaml.",
            )
        )
    if len(found.chosen) < number:
        log.warning("only %d of %d districts fit: land runs out at this area and distance", len(found.chosen), number)
    how = search.story(wish, recipe, ground)
    districts = search.as_candidates(found, cells, read_table(folder / "zones.parquet", "zones"), wish, how)
    people = np.nan_to_num(cells["population"].to_numpy(float, na_value=np.nan))
    compared = search.compare(found, ground, read_table(folder / "districts.parquet", "districts"), wish)
    network = Network.load(folder / "streets.npz")
    measured = search.yardstick(found, network, people, wish)
    with atomic(folder / f"found_{kind}.geojson") as partial:
        partial.write_text(districts.to_crs(4326).to_json(drop_id=True, ensure_ascii=False), encoding="utf-8")
    write_table(suitability.as_table(cells["cell_id"], ground), folder / f"suitability_{kind}.parquet", "suitability")
    report = {
        "how": how,
        "closed": suitability.reasons(recipe, recipes.barred),
        "cells_sha256": sha256(folder / "cells.parquet"),
        "compared": json.loads(compared.to_json(orient="records")),
        "reach": measured,
        "told": search.told(measured, wish),
    }
    with atomic(folder / f"found_{kind}.json") as partial:
        partial.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    typer.echo(how)
    typer.echo(compared.round(3).to_string(index=False, na_rep="unknown"))
    typer.echo(report["told"])


if __name__ == "__main__":
    enter(app)
