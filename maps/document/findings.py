"""What the document says out of the region's results: the region in figures, the ranking, what the simulation says."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from geojeom.formats import figure, stated
from geojeom.messages import from_column
from maps.document.amounts import Rows
from maps.document.materials import Materials, Ranking
from maps.document.proposal import targets
from maps.facts.candidates import value_facts
from maps.facts.table import told
from maps.facts.text import Shown, figure_number, unit_text
from simulation.runs.quantiles import has_range, over_worlds
from simulation.workbook.book import Row

METHOD = "weighted_sum"
# Years after the start for which the users of each service are told.
YEARS = (1, 3, 5, 10)
# Measures that the simulation tells for the time before the plan too.
BY_YEAR = ("users_inside", "users_outside", "users", "coverage_elderly", "coverage_declining")
# What one of the modelled measures is counted in, by the outline's texts or as it stands.
PER_CENT, WON = "%", {"ko": "원", "en": "KRW"}


def situation(made: Materials) -> Rows:
    """The region and its hub in figures; what the sources do not have is unknown."""
    cells = made.city.cells
    inside = made.city.inside[made.plan.hub]
    rows: Rows = []
    for name, word in made.lines("situation").items():
        if name == "area":
            km2 = cells.geometry.area.to_numpy() / 1e6
            whole, own = (round(float(area), 2) for area in (km2.sum(), km2[inside].sum()))
            rows.append({"item": word, "region": whole, "hub": own, "unit": "km²"})
            continue
        whole, own = cells[name].sum(min_count=1), cells[name][inside].sum(min_count=1)
        unit = {"households": {"ko": "세대", "en": ""}, "buildings": {"ko": "동", "en": ""}}.get(
            name.removeprefix("old_"), {"ko": made.said("people"), "en": made.said("people")}
        )
        values = {key: None if pd.isna(value) else int(value) for key, value in (("region", whole), ("hub", own))}
        rows.append({"item": word, **values, "unit": unit[made.language] or None})
    return rows


def candidates(made: Materials) -> Rows:
    """The candidates by rank, with their points of 100."""
    if made.ranking is None:
        return []
    named = made.districts.set_index("district_id")
    scores = _sorted(made.ranking)
    rows = []
    for row in scores.to_dict("records"):
        district = named.loc[row["district_id"]]
        score, low, high = (row[name] for name in ("score", "score_low", "score_high"))
        known = not (pd.isna(low) or pd.isna(high))
        rows.append(
            {
                "rank": None if pd.isna(row["rank"]) else int(row["rank"]),
                "name": made.city.called(row["district_id"], made.language),
                "kind": made.word(str(district["kind"])),
                "area": float(district["area_m2"]) / 1e6,
                "points": None if pd.isna(score) else 100 * float(score),
                "range": f"{figure(100 * low, 1)}–{figure(100 * high, 1)}" if known else None,
                "vetoed": made.choice("yesno", "yes" if row["vetoed"] else "no"),
            }
        )
    return rows


def _sorted(ranking: Ranking) -> pd.DataFrame:
    own = ranking.scores[ranking.scores["method"] == METHOD]
    return own.sort_values(["rank", "score"], ascending=[True, False], kind="stable", na_position="last")


def next_best(made: Materials) -> str | None:
    """The candidate that the hub is compared with: the best of the others."""
    if made.ranking is None:
        return None
    others = [str(code) for code in _sorted(made.ranking)["district_id"] if code != made.plan.hub]
    return next(iter(others), None)


def criteria(made: Materials) -> Rows:
    """Each criterion with its points: of 100 as weighed, and what the hub and the next best candidate get of them."""
    if made.ranking is None:
        return []
    other = next_best(made)
    given = made.ranking.contributions.set_index(["district_id", "criterion"])
    # As the pages have them.
    facts = {one.id: told(one) for one in value_facts(made.ranking.values, "criteria")}
    rows = []
    for criterion in made.ranking.criteria:
        shown = {name: facts.get(f"candidate/{name}/value/{criterion.id}") for name in (made.plan.hub, other)}
        known = [one for one in shown.values() if one is not None and isfinite(one.value)]
        unit = unit_text(known[0] if known else Shown(0, criterion.unit, 0), made.language)
        row: dict[str, Any] = {"criterion": getattr(criterion.label, made.language), "unit": unit}
        for name, district in (("hub", made.plan.hub), ("other", other)):
            at = (district, criterion.id)
            value = shown[district]
            points = given["contribution"].get(at)
            row[name] = figure_number(value) if value in known else None
            row[f"{name}_points"] = None if points is None or pd.isna(points) else 100 * float(points)
        weight = given["profile_weight"].get((made.plan.hub, criterion.id))
        rows.append({**row, "weight": None if weight is None else 100 * float(weight)})
    return rows


def reasons(made: Materials) -> list[str]:
    """Why the hub, and why it and not the next one, as the ranking says it; and on whose word the weights are."""
    if made.ranking is None:
        return []
    table, other = made.ranking.reasons, next_best(made)
    pairs = [(made.plan.hub, None), (made.plan.hub, other), (other, made.plan.hub)]
    found = []
    for one, two in pairs:
        same = table["other_id"].isna() if two is None else table["other_id"] == two
        for text in table.loc[(table["district_id"] == one) & same, "reason"]:
            found += [made.remark(remark) for remark in from_column(text)]
    profile = made.ranking.profile
    label, source = getattr(profile.label, made.language), getattr(profile.provenance, made.language)
    return [*dict.fromkeys(found), made.said("weights", profile=label, source=source)]


def chain(made: Materials) -> Rows:
    """From each problem to the services that answer it and the indicator that shall change, and how it changes.

    Where the simulation computes the indicator, its value before the plan and at the end stands beside the targets.
    """
    indicators = {row["indicator_id"]: row for row in made.rows("indicators")}
    rows = []
    for row in made.rows("problems"):
        where = made.zone(row["zone"])
        named = ", ".join(str(made.service(text)) for text in row["services"].split(", ")) if row["services"] else None
        told: dict[str, Any] = {
            "problem": row["problem"] if where is None else f"{row['problem']} ({where})",
            "value": None if row["value"] is None else f"{stated(row['value'])} {row['unit'] or ''}".strip(),
            "services": named,
        }
        if (own := indicators.get(row["indicator"])) is not None:
            last = next(iter(reversed(targets(own).values())), None)
            told |= {"indicator": own["name"], "baseline": own["baseline"], "target": last, "unit": own["unit"]}
            told |= _before_and_after(made, own)
        rows.append(told)
    return rows


def _before_and_after(made: Materials, indicator: Row) -> dict[str, float | None]:
    """What the simulation says of an indicator before the plan and at the end, where it tells it by year."""
    if made.spread is None or indicator["service"] is None or indicator["modelled"] not in BY_YEAR:
        return {}
    last = int(made.spread["year"].max())
    before, after = (_measured(made, indicator["modelled"], indicator["service"], year)[0] for year in (0, last))
    return {"before": before, "after": after}


def simulated(made: Materials) -> Rows:
    """The targets that the simulation can be held against, beside what it says for the same year."""
    if made.spread is None:
        return []
    rows = []
    for row in made.rows("indicators"):
        if row["modelled"] is None or row["service"] is None:
            continue
        for year, target in targets(row).items():
            value, low, high, unit = _measured(made, row["modelled"], str(row["service"]), year)
            span = None if low is None or high is None else f"{figure(low, 1)}–{figure(high, 1)}"
            told = {"number": row["indicator_id"], "name": row["name"], "year": year, "target": target}
            rows.append({**told, "simulated": value, "range": span, "unit": unit})
    return rows


Measured = tuple[float | None, float | None, float | None, str]


def _measured(made: Materials, modelled: str, service: str, year: int) -> Measured:
    """A modelled measure at the end of a year: median, 10th and 90th percentile of the worlds, and its unit."""
    assert made.spread is not None
    units = {
        "coverage_elderly": PER_CENT,
        "coverage_declining": PER_CENT,
        "half_months": made.said("months"),
        "cost_per_user": WON[made.language],
    }
    unit = units.get(modelled, made.said("people"))
    own = made.spread
    if service not in own["service"].to_numpy() or year > int(own["year"].max()):
        return None, None, None, unit
    own = own.sel(service=service)
    if modelled in ("coverage_elderly", "coverage_declining"):
        share = float(own[modelled].sel(year=year))
        return (None if np.isnan(share) else round(100 * share, 1)), None, None, unit
    if modelled in ("half_months", "cost_per_user"):
        lies = (
            own["months_to"].sel(where="outside", reached=0.5)
            if modelled == "half_months"
            else own["cost_per_adopter_krw"].sel(year=year)
        )
        low, middle, high = (_stated(lies, quantile) for quantile in (0.1, 0.5, 0.9))
        return middle, low, high, unit
    inside, outside = (own[f"total_{where}"].sel(month=12 * year).to_numpy() for where in ("inside", "outside"))
    users = {"users_inside": inside, "users_outside": outside, "users": inside + outside}[modelled]
    return *band(users), unit


def _stated(data: xr.DataArray, quantile: float) -> float | None:
    """A quantile of a measure; None where it is not stated."""
    if quantile not in data["quantile"].to_numpy():
        return None
    value = float(data.sel(quantile=quantile))
    return None if np.isnan(value) else value


def band(worlds: NDArray[Any]) -> tuple[float, float | None, float | None]:
    """Median, 10th and 90th percentile over worlds; the last two None of too few worlds (``over_worlds``)."""
    low, middle, high = over_worlds(worlds).tolist()
    return (middle, low, high) if has_range(worlds.size) else (middle, None, None)


def effects(made: Materials) -> Rows:
    """Users of each service inside and outside the hub after some years."""
    if made.spread is None:
        return []
    own = made.spread
    last = (own.sizes["month"] - 1) // 12
    rows = []
    for code in made.services:
        if code not in own["service"].to_numpy():
            continue
        for year in (year for year in YEARS if year <= last):
            at = own.sel(service=code, month=12 * year)
            inside, _, _ = band(at["total_inside"].to_numpy())
            outside, low, high = band(at["total_outside"].to_numpy())
            span = None if low is None or high is None else f"{figure(low)}–{figure(high)}"
            named = {"service": made.service(code), "year": year}
            rows.append({**named, "inside": inside, "outside": outside, "range": span})
    return rows
