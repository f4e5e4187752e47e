"""The city's own plans beside the template: openings that close, a plan of the template's own openings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geojeom.errors import PlanError
from simulation.plans.availability import epochs, in_month, works_until
from simulation.plans.catalogue import Service
from simulation.workbook.together import named


def service(name: str, needs: list[str]) -> Service:
    return Service.model_validate(
        {
            "id": name,
            "name": {"ko": name, "en": name},
            "field": "transport",
            "unit": {"ko": "곳", "en": "site"},
            "capex_krw": 10_000_000,
            "opex_share_year": 0.1,
            "reach": {"kind": "area"},
            "prerequisites": needs,
            "source": "test",
            "evidence": "own_choice",
        }
    )


def openings(closes: list[int | None]) -> pd.DataFrame:
    """Two networks and a service that needs one, all on one cell that each reaches."""
    return pd.DataFrame(
        {
            "service": ["net", "net", "bus"],
            "cell": [0, 0, 0],
            "works_from": pd.array([2, 5, 5], "Int64"),
            "closes": pd.array(closes, "Int64"),
        }
    )


SERVICES = {"net": service("net", []), "bus": service("bus", ["net"])}
REACHED = np.ones((3, 1), np.float32)


def test_a_service_ends_with_the_last_of_what_it_needs() -> None:
    # One network closes in month 10, the other in month 20: the bus, which never closes itself, runs to month 20.
    until = works_until(openings([10, 20, None]), SERVICES, REACHED)
    assert until.tolist() == [10, 20, 20]
    # Its own end comes first where it is sooner; what never closes has none.
    assert works_until(openings([10, None, 7]), SERVICES, REACHED).tolist() == [10, pd.NA, 7]


def test_what_has_closed_is_no_more_available() -> None:
    held = openings([10, 20, None]).assign(works_until=pd.array([10, 20, 20], "Int64"))
    available = {month: in_month(held, REACHED, ["bus"], month, {})[0, 0] for month in (4, 5, 19, 20)}
    assert available == {4: 0, 5: 1, 19: 1, 20: 0}
    starts, epoch = epochs(held, 24)
    assert starts == [0, 2, 5, 10, 20]
    assert epoch[[1, 2, 9, 10, 23]].tolist() == [0, 1, 2, 3, 4]


def test_each_plan_has_a_name_that_no_other_scenario_has() -> None:
    assert named(["a/hub.xlsx", "b/corridor.ods"], {"HM-01"}) == {"hub": "a/hub.xlsx", "corridor": "b/corridor.ods"}
    with pytest.raises(PlanError, match=r"(?s)b/hub.ods: .*HM-01.xlsx: ") as e:
        named(["a/hub.xlsx", "b/hub.ods", "HM-01.xlsx"], {"HM-01"})
    assert len(e.value.faults) == 2
