"""Plans beside each other mean the same by the services that they open; what a service costs is each plan's own."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from geojeom.errors import PlanError
from simulation.plans.catalogue import ServiceCatalogue
from simulation.workbook.plan import Plan
from simulation.workbook.together import as_data, services_of
from tests.simulation.workbook.toy import catalogue

FILES = {"a": "a.xlsx", "b": "b.xlsx"}


def plan(*opened: str, **shelter: Any) -> Plan:
    """A plan that opens some services, and has the shelters otherwise."""
    held = catalogue()
    held["services"] = [each | (shelter if each["id"] == "shelter" else {}) for each in held["services"]]
    return Plan({}, "west", ServiceCatalogue.model_validate(held), pd.DataFrame({"service": list(opened)}), {})


def test_a_plan_that_opens_a_service_means_the_catalogues_unless_it_says_otherwise() -> None:
    farther = plan("net", "shelter", reach={"kind": "walk", "travel_s": 600})
    for plans in ({"a": farther, "b": plan("net", "shelter")}, {"a": plan("shelter"), "b": farther}):
        with pytest.raises(PlanError) as raised:
            services_of(plans, FILES, catalogue())
        (fault,) = raised.value.faults
        assert (fault.file, fault.row, fault.found) == ("b.xlsx", "shelter", "another reach")
    # One that opens no shelters says nothing of them.
    services = services_of({"a": plan("net"), "b": farther}, FILES, catalogue())["services"]
    assert next(each for each in services if each["id"] == "shelter")["reach"]["travel_s"] == 600


def test_a_template_beside_a_plan_means_the_catalogues_by_what_it_opens() -> None:
    farther, dearer = plan("net", reach={"kind": "walk", "travel_s": 600}), plan("shelter", capex_krw=70_000_000)
    with pytest.raises(PlanError) as raised:
        services_of({"a": farther, "b": dearer}, FILES, catalogue(), {"shelter"})
    # The plan that changes its reach differs from the template and from the other plan.
    assert [(fault.file, fault.row, fault.found) for fault in raised.value.faults] == [
        ("a.xlsx", "shelter", "another reach"),
        ("b.xlsx", "shelter", "another reach"),
    ]
    assert "the template (default)" in raised.value.faults[0].expected
    # Of a template that opens no shelters, and where it is not listed, nothing is said; a price is each plan's own.
    for opened in ({"net"}, ()):
        services = services_of({"a": farther}, FILES, catalogue(), opened)["services"]
        assert next(each for each in services if each["id"] == "shelter")["reach"]["travel_s"] == 600
    services_of({"b": dearer}, FILES, catalogue(), {"shelter"})


def test_what_a_service_costs_is_each_plans_own() -> None:
    plans = {"a": plan("shelter", capex_krw=70_000_000), "b": plan("shelter", capex_krw=90_000_000)}
    services_of(plans, FILES, catalogue())
    told = [as_data(one, name, FILES[name], workbook={}, catalogue=catalogue()) for name, one in plans.items()]
    assert [[(each["id"], each["capex_krw"]) for each in one["services"]] for one in told] == [
        [("shelter", 70_000_000)],
        [("shelter", 90_000_000)],
    ]
    assert as_data(plan("net"), "c", "c.xlsx", workbook={}, catalogue=catalogue())["services"] == []
