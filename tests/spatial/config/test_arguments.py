"""Arguments of criteria: the shapes agree with the measures, and what cannot be meant is refused."""

import inspect
import json
from typing import Any, get_args

import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_yaml
from geojeom.schemas import SCHEMAS
from spatial.config.arguments import MEASURES, VETOES, AreaColumn, Column, argument_faults
from spatial.config.catalogue import CriteriaSet
from spatial.config.resolve import kinds
from spatial.measures import criteria


@pytest.mark.parametrize(
    ("shapes", "functions"), [(MEASURES, criteria.MEASURES), (VETOES, criteria.VETOES)], ids=["measures", "vetoes"]
)
def test_the_shapes_are_those_of_the_functions(shapes: dict[str, Any], functions: dict[str, Any]) -> None:
    assert set(shapes) - {"from_simulation"} == set(functions)
    for name, function in functions.items():
        takes = list(inspect.signature(function).parameters.values())[1:]
        fields = shapes[name].model_fields
        needed = {one.name for one in takes if one.default is inspect.Parameter.empty}
        assert set(fields) == {one.name for one in takes}, name
        assert {field for field, told in fields.items() if told.is_required()} == needed, name


def test_the_columns_are_those_of_the_cells() -> None:
    plain, areas = get_args(Column)
    columns = set(SCHEMAS["cells"].columns) - {"cell_id", "x_m", "y_m", "zone_id"}
    assert {*get_args(plain), *get_args(areas)} == columns
    assert set(get_args(AreaColumn)) == {name for name in columns if name.endswith("_m2")}


def told(measure: str, args: dict[str, Any], name: str = "slope", section: str = "criteria") -> list[str]:
    raw = json.loads(json.dumps(read_yaml(CATALOGUES / "criteria" / "default.yaml")))
    next(one for one in raw[section] if one["id"] == name).update(measure=measure, args=args)
    return [
        f"{fault.column}: {fault.expected}; {fault.remedy}"
        for fault in argument_faults(CriteriaSet.model_validate(raw), "c.yaml", *kinds())
    ]


CATCHMENT = {"kinds": ["clinic"], "beta": 50, "limit_min": 15, "mode": "walk", "walk_min": 15}


@pytest.mark.parametrize(
    ("measure", "args", "said"),
    [
        ("access", CATCHMENT | {"beta": 0}, ["args.beta: 0.1 to 100,000"]),
        ("access", CATCHMENT | {"beta": "50"}, ["args.beta: a number"]),
        ("access", CATCHMENT | {"limit_min": 900}, ["args.limit_min: 0.5 to 120 minutes", "seconds? Then write 15"]),
        ("access", CATCHMENT | {"kinds": ["clinc"]}, ["args.kinds: one of", "Did you mean clinic?"]),
        ("access", CATCHMENT | {"kinds": []}, ["args.kinds"]),
        ("access", {"kinds": ["clinic"]}, ["args.beta: a value", "args.mode: a value"]),
        ("beyond_minimum", {"kinds": ["wifi"]}, ["args.kinds: one of"]),
        ("nearest_facility", {"kinds": ["clinic"], "mode": "bike"}, ["args.mode: 'walk' or 'drive'"]),
        ("mean", {"column": "slope"}, ["args.column"]),
        ("mean", {"column": "slope_deg", "walk_min": 5, "drive_min": 5}, ["walk_min or drive_min, not both"]),
        ("mean", {"column": "slope_deg", "weight": 1}, ["args.weight: one of"]),
        ("area_share", {"column": "population"}, ["args.column"]),
        ("proposal", {"field": "private"}, ["args.field"]),
        ("zoning_mean", {"column": "code"}, ["args.column"]),
        ("facility_count", {"kinds": ["clinic"], "within_m": float("inf")}, ["args.within_m: 0 to 50,000 metres"]),
        ("meen", {}, [".measure: one of", "Did you mean mean?"]),
        ("from_simulation", {}, [".id: one of: adopters_outside_10y"]),
    ],
)
def test_arguments_that_cannot_be_meant(measure: str, args: dict[str, Any], said: list[str]) -> None:
    found = "\n".join(told(measure, args))
    assert [words for words in said if words not in found] == []


def test_a_limit_of_a_veto_is_a_share() -> None:
    (fault,) = told("area_share_over", {"column": "water_m2", "limit": 30}, "water", "vetoes")
    assert "args.limit: 0 to 1 as a share of 1" in fault
    assert "per cent? Then write 0.3" in fault


def test_the_shipped_criteria_hold() -> None:
    assert told("mean", {"column": "slope_deg"}) == []
