"""Facts of a plan: its money by part, year and payer, what it opens, and who uses it at the ends of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import xarray as xr

from maps.facts.rounding import controlled
from maps.facts.table import MONEY_DIGITS, Fact, fact, rows_of
from simulation.plans import payers
from simulation.runs.quantiles import over_worlds
from spatial.config.own_plans import TEMPLATE

STEP_KRW = 10**-MONEY_DIGITS
PARTS = ("in_district", "diffusion")
ALL = "all"
SOURCE = "money.parquet"


def plan_facts(scenario: Mapping[str, Any], openings: pd.DataFrame, money: pd.DataFrame) -> Iterator[Fact]:
    """What the plan of a scenario (``maps.diffusion.scenarios_of``) costs and opens, from its openings and money."""
    source = "plans.parquet" if scenario["own"] else "plan.parquet"
    which = {"plan_id": scenario["id"]} if scenario["own"] else {"district_id": scenario["hub"]}
    spent = rows_of(plan_id=scenario["id"] if scenario["own"] else TEMPLATE, district_id=scenario["hub"])
    for part in PARTS:
        mine, here = openings[openings["part"] == part], money[money["part"] == part]
        at = f"plan/{scenario['id']}/{part}"
        row = rows_of(**which, part=part)
        yield fact(f"{at}/openings", len(mine), "openings", source, row, digits=0)
        yield fact(f"{at}/services", mine["service"].nunique(), "services", source, row, digits=0)
        opex = int(mine["opex_krw_year"].sum())
        yield fact(f"{at}/running_year", opex, "KRW", source, rows_of(**which, part=part, column="opex_krw_year"))
        yield from _capital(at, here[here["kind"] == "capital"], f"{spent}, part={part}, kind=capital")
        yield from _running(at, here[here["kind"] == "running"], f"{spent}, part={part}, kind=running")
    running = int(openings["opex_krw_year"].sum())
    yield fact(f"plan/{scenario['id']}/running_year", running, "KRW", source, rows_of(**which, column="opex_krw_year"))


def _capital(at: str, capital: pd.DataFrame, row: str) -> Iterator[Fact]:
    """Capital by year and payer, by year, by payer, public, and in all: shown parts add up to shown sums both ways."""
    cells: Counter[tuple[int, str]] = Counter()
    for paid in capital.to_dict("records"):
        cells[int(paid["year"]), str(paid["payer"])] += int(paid["krw"])
    everything = list(cells)
    by_year = _grouped(everything, 0)
    by_payer = _grouped(everything, 1)
    public = [cell for cell in everything if cell[1] in payers.PUBLIC]
    shown = controlled(cells, STEP_KRW, [*by_year.values(), *by_payer.values()], [everything, public])

    def sum_of(name: str, group: Sequence[tuple[int, str]], **keys: object) -> Fact:
        exact, rounded = (sum(table[cell] for cell in group) for table in (cells, shown))
        more = f"{row}, {rows_of(**keys)}" if keys else row
        return Fact(f"{at}/capital/{name}", float(exact), "KRW", MONEY_DIGITS, SOURCE, more, float(rounded))

    yield sum_of(f"{ALL}/{ALL}", everything)
    yield sum_of(f"{ALL}/public", public, payers="public")
    yield from (sum_of(f"{year}/{ALL}", group, year=year) for year, group in by_year.items())
    yield from (sum_of(f"{ALL}/{payer}", group, payer=payer) for payer, group in by_payer.items())
    yield from (sum_of(f"{year}/{payer}", [(year, payer)], year=year, payer=payer) for year, payer in everything)


def _running(at: str, running: pd.DataFrame, row: str) -> Iterator[Fact]:
    """Running cost by year and in all; the shown years add up."""
    cells: Counter[int] = Counter()
    for paid in running.to_dict("records"):
        cells[int(paid["year"])] += int(paid["krw"])
    shown = controlled(cells, STEP_KRW, [], [list(cells)])
    whole = (float(sum(cells.values())), float(sum(shown.values())))
    yield Fact(f"{at}/running/{ALL}", whole[0], "KRW", MONEY_DIGITS, SOURCE, row, whole[1])
    for year, krw in cells.items():
        yield Fact(
            f"{at}/running/{year}", float(krw), "KRW", MONEY_DIGITS, SOURCE, f"{row}, year={year}", float(shown[year])
        )


def _grouped(cells: Sequence[tuple[int, str]], by: int) -> dict[Any, list[tuple[int, str]]]:
    groups: dict[Any, list[tuple[int, str]]] = {}
    for cell in cells:
        groups.setdefault(cell[by], []).append(cell)
    return groups


def users_facts(data: xr.Dataset) -> Iterator[Fact]:
    """Adoptions of all services at the start and the end of each year: the median of the worlds, and their 10 to 90 %.

    A world's services are added before the median is taken: the sum of the services' medians is the median of nothing.
    """
    for where in ("inside", "outside"):
        totals = data[f"total_{where}"].sum("service").transpose("scenario", "month", "world").to_numpy()
        for k, scenario in enumerate(data["scenario"].to_numpy()):
            for year in range((data.sizes["month"] - 1) // 12 + 1):
                quantiles = over_worlds(totals[k, 12 * year])
                for name, value in zip(("low", "median", "high"), quantiles, strict=True):
                    row = rows_of(
                        scenario=scenario,
                        month=12 * year,
                        quantile=("0.1", "0.5", "0.9")[("low", "median", "high").index(name)],
                    )
                    yield fact(
                        f"plan/{scenario}/users/{where}/{year}/{name}",
                        value,
                        "adoptions",
                        f"diffusion.nc: total_{where}",
                        row,
                        digits=0,
                    )
