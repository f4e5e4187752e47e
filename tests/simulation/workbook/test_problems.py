"""The problems that a new workbook is filled with: each in its zone, with its value, place and answering services."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from simulation.city_folder import LAYERS
from simulation.plans.catalogue import ServiceCatalogue
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.workbook.city import City
from simulation.workbook.drafting import draft
from simulation.workbook.problems import Answers, Problem, Search
from spatial.config.minimum import Minimum
from spatial.measures.context import Ground
from spatial.measures.decline import CATEGORIES
from spatial.streets.network import Network
from tests.simulation.workbook.toy import toy_city
from tests.tables import of_rows, table

CELLS = 36
ANSWERS = {"clinic": ["shelter", "kiosk"], "pharmacy": [], "elderly": ["app", "shelter"], "by_car": ["shelter"]}
ANSWERS |= {name: ["net"] for name in CATEGORIES}


def straight(city: City) -> Network:
    """Straight lines at 1 m/s on foot and 10 m/s by car."""
    nothing = np.empty(0, np.float32)
    return Network(
        node_x_m=city.cells["x_m"].to_numpy(float),
        node_y_m=city.cells["y_m"].to_numpy(float),
        indptr=np.zeros(CELLS + 1, np.int64),
        indices=np.empty(0, np.int32),
        length_m=nothing,
        walk_s=nothing,
        drive_s=nothing,
        cell_node=np.arange(CELLS, dtype=np.int32),
        cell_access_m=np.zeros(CELLS, np.float32),
        kind="straight_line",
        circuity=1.0,
        walk_kmh=3.6,
        access_kmh=3.6,
        drive_kmh=36.0,
    )


def search(**columns: list[Any]) -> Search:
    """The toy city with other columns of its cells; the hub is far on foot from all but the first cells of zone C."""
    city = toy_city()
    cells = city.cells.copy()
    for name, values in columns.items():
        cells[name] = pd.array(values, "Int64")
    city = replace(city, cells=cells)
    standard = {
        "source": "by hand",
        "speed_source": "by hand",
        "walk_kmh": 3.6,
        "drive_kmh": 36.0,
        "around_walk_min": 5,
    }
    kinds = {name: {"mode": "walk", "minutes": 3.5, "evidence": "read"} for name in ("clinic", "pharmacy")}
    minimum = Minimum.model_validate({**standard, "kinds": kinds})
    known = {"A": {2000: 1000, 2024: 800}, "B": {2000: 1000, 2024: 801}}
    years = [(zone, "population", year, value) for zone, own in known.items() for year, value in own.items()]
    history = of_rows("history", ["zone_id", "column", "year", "value"], years)
    walk_s = np.full(CELLS, 2000, np.float32)
    walk_s[8:12] = 900
    both = {"ko": "시험", "en": "test"}
    said = {"source": both, "evidence": "own_choice", "stop_within_m": 500, "hub_walk_min": 15, "answers": ANSWERS}
    ground = Ground(city.cells, city.facilities, straight(city), 10_000.0, minimum)
    return Search(city, ground, history, "west", walk_s, Answers.model_validate(said))


def told(problems: list[Problem]) -> list[tuple[str, str, float, int]]:
    return [(problem.kind.problem.code, problem.zone_id, problem.value, problem.cell) for problem in problems]


def changed(value: int, **cells: int) -> list[int]:
    """A column of one value but for some cells (``c7=5``)."""
    return [cells.get(f"c{number}", value) for number in range(CELLS)]


def test_each_problem_is_told_with_its_zone_value_and_place() -> None:
    looked = search(
        population=changed(100, c35=150),
        elderly=changed(20, c13=80),
        transit_stops=changed(0, c0=1),
        buildings=changed(4),
        old_buildings=changed(0, **{f"c{number}": 2 for number in range(36) if number % 12 < 4}),
        undated_buildings=changed(0),
    )
    # 210 m from the clinics in the first row: of zones A and C four cells are farther, and one of C's holds 150 people.
    # Zone A lost a fifth of its people since 2000, and half of its buildings are old; of 1 200 people 300 are old.
    # The stop in cell 0 is within 500 m of all but two cells of column 5 and what lies east of it; the hub is near the
    # first row of zone C.
    found = looked.found()
    assert told(found) == [
        ("draft.problem.beyond", "C", 450, 35),
        ("draft.problem.population", "A", 20.0, 0),
        ("draft.problem.buildings", "A", 50.0, 0),
        ("draft.problem.elderly", "A", 25.0, 13),
        ("draft.problem.by_car", "C", 850, 35),
        ("draft.problem.by_car", "B", 800, 6),
    ]
    said = [(remark.code, str(remark)) for remark in looked.unknown]
    # Who reaches the hub only by car is told by people, stops and streets, not by every table of facilities.
    assert found[-1].kind.layers == ("population", "transit_stops", "subway_stations", "streets")
    # Whose sources a new workbook can name.
    assert {layer for problem in found for layer in problem.kind.layers} - set(LAYERS) == {"clinic"}
    # No pharmacy is known; of zones B and C the years do not settle the loss of people; no table counts businesses.
    assert [code for code, _ in said] == ["draft.unknown.kinds", "draft.unknown.zones", "draft.unknown.columns"]
    assert "Pharmacy" in looked.unknown[0].en
    assert "2 of 3" in looked.unknown[1].en
    assert "businesses" in looked.unknown[2].en


def test_what_no_table_tells_is_unknown_and_no_problem_of_none() -> None:
    looked = search(population=[None] * CELLS, elderly=[None] * CELLS)
    assert told(looked.found()) == [("draft.problem.population", "A", 20.0, 0)]
    about = [remark.values["problem"].code for remark in looked.unknown if "problem" in remark.values]
    assert {f"draft.problem.{name}" for name in ("beyond", "elderly", "by_car", "businesses", "buildings")} <= set(
        about
    )


@pytest.mark.parametrize(("language", "service"), [("ko", "쉼터"), ("en", "Shelter")])
def test_a_drafted_problem_names_place_services_and_indicator(language: str, service: str) -> None:
    looked = search(transit_stops=changed(0), elderly=changed(20, c13=80))
    openings = table(
        "plan",
        opening_id=["s"],
        part=["in_district"],
        service=["shelter"],
        cell_id=["c0_00"],
        zone_id=["A"],
        date=["2027-03"],
        units=[1],
        opex_krw_year=[0],
        **{column: [0] for column in ("capex_krw", *PAYER_COLUMNS)},
    )
    _, sheets = draft(looked.city, "west", openings, language, problems=looked.found())
    indicator, of_elderly = sheets["indicators"]
    assert [row["service"] for row in sheets["indicators"]] == [service, service]
    assert [row["modelled"] for row in sheets["indicators"]] == ["users", "coverage_elderly"]
    first = sheets["problems"][0]
    # The clinics: of the two services that answer the catalogue has but one. 127.5 E, 38 N is the city's corner.
    assert first["services"] == service
    assert first["indicator"] == indicator["indicator_id"]
    assert first["zone"] == "가람동"
    lon, lat = map(float, first["site"].split(", "))
    assert looked.city.site(first["site"]) == 15
    assert 127.5 < lon < 127.505
    assert 38 < lat < 38.002
    elderly = [row for row in sheets["problems"] if row["value"] == 25]
    assert [row["indicator"] for row in elderly] == [of_elderly["indicator_id"]]


def test_every_problem_looked_for_has_its_answers_of_the_catalogue() -> None:
    answers = read_catalogue(CATALOGUES / "problems.yaml", Answers).answers
    services = read_catalogue(CATALOGUES / "services" / "default.yaml", ServiceCatalogue).services
    minimum = read_catalogue(CATALOGUES / "minimum.yaml", Minimum)
    assert set(answers) == {*minimum.kinds, *CATEGORIES, "elderly", "by_car"}
    assert {name for named in answers.values() for name in named} <= {service.id for service in services}
