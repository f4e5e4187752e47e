"""A first plan names where its figures are from as a reader knows it: the holder and file, and no table of ours."""

from __future__ import annotations

from dataclasses import replace

from geojeom.messages import Remark
from geojeom.models import Text
from simulation.plans.payers import COLUMNS
from simulation.workbook.city import City
from simulation.workbook.drafting import draft
from simulation.workbook.problems import Kind, Problem
from tests.tables import table


def test_a_problem_names_its_source(city: City) -> None:
    register = Remark("source.file", holder={"ko": "행정안전부", "en": "Ministry of the Interior"}, file="age.csv")
    told = replace(city, name=Text(ko="가람", en="Garam"), sources={"population": (register,), "elderly": (register,)})
    problem, measure, people = Remark("draft.problem.elderly"), Remark("draft.measure.elderly"), {"ko": "명", "en": ""}
    kind = Kind(problem, measure, people, ("population", "elderly"), [])
    # Who the buildings' source is from was not told.
    kinds = (kind, kind._replace(layers=("buildings",)), kind._replace(rule="The rule"))
    plan = table(
        "plan",
        part=["in_district"],
        service="net",
        zone_id="A",
        cell_id="c0_00",
        date="2027-03",
        opex_krw_year=0,
        **dict.fromkeys(COLUMNS, 0),
    )
    _, sheets = draft(told, "west", plan, "en", problems=[Problem(one, "A", 1.0, 0) for one in kinds])
    said = [row["source"] for row in sheets["problems"]]
    assert said == ["Ministry of the Interior (age.csv)", None, "The rule, Ministry of the Interior (age.csv)"]
