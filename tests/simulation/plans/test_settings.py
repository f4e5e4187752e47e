from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from geojeom.errors import PlanError
from simulation.plans.settings import check_settings, read

DATA = Path(__file__).resolve().parents[3] / "data"


def texts(resolved: dict[str, Any], file: str = "region.json") -> str:
    return "\n".join(str(fault) for fault in check_settings(resolved, file))


def test_the_toy_city_has_no_fault(resolved: dict[str, Any]) -> None:
    assert check_settings(resolved) == []
    scheme = read(resolved)
    assert scheme.months == 120
    assert list(scheme.services) == ["net", "hub", "shelter", "app"]


def test_the_default_catalogue_and_plan_keep_the_first_rounds_rules(resolved: dict[str, Any]) -> None:
    resolved["services"] = yaml.safe_load((DATA / "services/default.yaml").read_text(encoding="utf-8"))
    resolved["plan"] = yaml.safe_load((DATA / "plans/default.yaml").read_text(encoding="utf-8"))
    resolved["simulation"] = {}
    resolved["programme"] |= {"ceiling_krw": 24_000_000_000, "years": 3, "national_share_max": 0.5}
    assert check_settings(resolved) == []
    assert len(resolved["services"]["services"]) >= 16
    assert len({item["service"] for item in resolved["plan"]["in_district"]}) >= 8


def test_a_prerequisite_cycle_is_named(resolved: dict[str, Any]) -> None:
    resolved["services"]["services"][0]["prerequisites"] = ["app"]
    assert "app -> hub -> net -> app" in texts(resolved)


def test_unknown_service_and_unknown_prerequisite(resolved: dict[str, Any]) -> None:
    resolved["services"]["services"][1]["prerequisites"] = ["nett"]
    resolved["plan"]["in_district"][0]["service"] = "flying_cars"
    assert "hub, services.services[1].prerequisites" in texts(resolved)
    assert "'nett'" in texts(resolved)
    assert "plan.in_district[0].service: expected a service of the catalogue, found 'flying_cars'" in texts(resolved)


def test_a_service_without_its_prerequisite_in_the_plan(resolved: dict[str, Any]) -> None:
    del resolved["plan"]["diffusion"][0]
    assert "found no opening of net there" in texts(resolved)
    # The hub serves the whole city, so a roll-out that needs it may lean on the one in the district.
    resolved["services"]["services"][2]["prerequisites"] = ["hub"]
    assert check_settings(resolved) == []


def test_a_group_that_is_not_listed(resolved: dict[str, Any]) -> None:
    resolved["services"]["services"][2]["adoption"]["group"] = "driver"
    assert texts(resolved) == (
        "region.json, shelter, services.services[2].adoption.group: expected one of the catalogue's groups: "
        "population, elderly, youth, jobs, found 'driver'. Correct the id, or add that group to `groups`."
    )
    resolved["services"]["groups"][0]["of"] = "cats"
    assert "services.groups[0].of: expected 'population', 'elderly', 'youth' or 'jobs'" in texts(resolved)


def test_one_cause_is_one_fault(resolved: dict[str, Any]) -> None:
    services = resolved["services"]["services"]
    services[2]["adoption"]["group"] = services[3]["adoption"]["group"] = "driver"
    (fault,) = check_settings(resolved)
    assert (fault.row, fault.found) == ("shelter", "'driver' (also of app)")
    # The catalogue of an older version: no groups, and every service names one.
    del resolved["services"]["groups"]
    (fault,) = check_settings(resolved)
    assert (fault.column, fault.found) == ("services.groups", "nothing")


def test_a_copy_says_how_to_renew_it(resolved: dict[str, Any]) -> None:
    resolved["files"] = {"region": "city.yaml", "simulation": "city.yaml", "services": "own.yaml"}
    del resolved["services"]["groups"]
    assert texts(resolved, "city.yaml") == "own.yaml, services.groups: expected a value, found nothing. Add this key."
    assert texts(resolved, "results/city/region.json") == (
        "results/city/region.json (copied from own.yaml), services.groups: expected a value, found nothing. Add this "
        "key. Once that file is right, run the pipeline or `geojeom spatial resolve city.yaml` again."
    )


def test_a_misspelt_service_is_told_once(resolved: dict[str, Any]) -> None:
    # Everything in the district hangs on the net, directly or not.
    resolved["plan"]["in_district"][0]["service"] = "nett"
    assert texts(resolved) == (
        "region.json, plan.in_district[0].service: expected a service of the catalogue, found 'nett'. "
        "Did you mean net? Known are: app, hub, net, shelter."
    )
    # Misspelt where it is defined: both who needs it and who opens it look for the right one.
    resolved["plan"]["in_district"][0]["service"] = "net"
    resolved["services"]["services"][0]["id"] = "nett"
    (fault,) = check_settings(resolved)
    assert (fault.row, fault.column) == ("hub", "services.services[1].prerequisites")
    assert fault.found == (
        "'net' (also in services.services[2].prerequisites, plan.in_district[0].service, plan.diffusion[0].service)"
    )


def test_a_prerequisite_left_out_is_told_once(resolved: dict[str, Any]) -> None:
    del resolved["plan"]["in_district"][0]
    (fault,) = check_settings(resolved)
    assert (fault.row, fault.found) == ("hub, shelter", "no opening of net there")


def test_a_bad_split_does_not_hide_what_the_others_cost(resolved: dict[str, Any]) -> None:
    resolved["plan"]["in_district"][0]["split"] = {"national": 0.5, "local": 0.4}
    # 101,000,001 + 7 million + 50 million won without the net.
    resolved["programme"]["ceiling_krw"] = 158_000_000
    assert "found at least 158,000,001 KRW" in texts(resolved)
    resolved["programme"]["ceiling_krw"] = 158_000_001
    assert len(check_settings(resolved)) == 1


def test_unknown_keys_are_told_the_known_ones(resolved: dict[str, Any]) -> None:
    resolved["simulation"] |= {"yeers": 3, "mixing": {"thetta": 0.1}}
    said = texts(resolved)
    assert "simulation.yeers: expected one of: start, years, worlds" in said
    assert "simulation.mixing.thetta: expected one of: theta_contagious, theta_hierarchical" in said


def test_in_district_openings_end_with_the_programme(resolved: dict[str, Any]) -> None:
    resolved["plan"]["in_district"][3]["month"] = 35
    assert check_settings(resolved) == []
    resolved["plan"]["in_district"][3]["month"] = 36
    assert "a month from 0 to 35" in texts(resolved)


def test_a_roll_out_beyond_the_horizon(resolved: dict[str, Any]) -> None:
    resolved["plan"]["diffusion"][1] |= {"first_month": 96, "rounds": 2}
    assert check_settings(resolved) == []
    resolved["plan"]["diffusion"][1]["rounds"] = 3
    assert "expected openings up to month 119, found the last in month 120" in texts(resolved)


def test_the_ceiling_counts_national_and_local_money_only(resolved: dict[str, Any]) -> None:
    # 2 x 10 + 101 + 7 + 50 = 178 million and 1 won inside.
    resolved["programme"]["ceiling_krw"] = 178_000_001
    assert check_settings(resolved) == []
    resolved["plan"]["in_district"][3]["units"] = 2
    assert "at most 178,000,001 KRW of public money (round test), found 228,000,001 KRW" in texts(resolved)
    resolved["plan"]["in_district"][3]["split"] = {"national": 0.25, "local": 0.25, "private_cash": 0.5}
    assert check_settings(resolved) == []


def test_the_national_share_is_limited(resolved: dict[str, Any]) -> None:
    resolved["plan"]["in_district"][1]["split"] = {"national": 0.6, "local": 0.4}
    # 10 + 60.6 + 3.5 + 25 = 99.1 of 178 million won.
    assert "a national share of at most 50% of public money" in texts(resolved)
    assert "found 55.7%" in texts(resolved)


@pytest.mark.parametrize(
    ("section", "change", "said"),
    [
        (("simulation",), {"years": -1}, "simulation.years"),
        (("simulation",), {"worlds": 0}, "simulation.worlds"),
        (("simulation",), {"yeers": 3}, "an unknown key"),
        (("simulation",), {"mixing": {"theta_contagious": 0.7, "theta_hierarchical": 0.4}}, "must not exceed 1"),
        (("simulation",), {"mixing": {"theta_contagious": 1.2}}, "theta_contagious"),
        (("services", "services", 2, "adoption"), {"p": -0.1}, "services.services[2].adoption.p"),
        (("services", "services", 2, "adoption"), {"potential_share": 1.5}, "potential_share"),
        (("services", "services", 3), {"covered_by": ["net"]}, "covered_by to name prerequisites only, not net"),
        (("services", "services", 2, "reach"), {"travel_s": None}, "travel_s goes with kind walk or drive"),
        (("plan", "in_district", 0), {"split": {"national": 0.5, "local": 0.4}}, "must sum to 1, not 0.9"),
        (("plan", "in_district", 0), {"units": 0}, "plan.in_district[0].units"),
    ],
)
def test_bad_values_are_named(
    resolved: dict[str, Any], section: tuple[str | int, ...], change: dict[str, Any], said: str
) -> None:
    node: Any = resolved
    for key in section:
        node = node[key]
    node.update(change)
    assert said in texts(resolved)


def test_all_faults_come_at_once(resolved: dict[str, Any]) -> None:
    resolved["services"]["services"][0]["prerequisites"] = ["app"]
    resolved["plan"]["in_district"][3] |= {"units": 900, "month": 40}
    resolved["plan"]["diffusion"][1]["rounds"] = 30
    with pytest.raises(PlanError) as raised:
        read(resolved)
    assert len(raised.value.faults) == 4


def test_faults_of_several_sections_come_at_once(resolved: dict[str, Any]) -> None:
    resolved["simulation"]["years"] = 0
    resolved["plan"]["zone_order"] = "random"
    resolved["services"]["services"][3]["adoption"]["q"] = -1
    assert len(check_settings(resolved)) == 3


def test_a_mistyped_value_hides_no_other_fault(resolved: dict[str, Any]) -> None:
    # A rate in one service, a share in the settings, a split and a cycle; a date and a service in items that hold.
    services = resolved["services"]["services"]
    services[2]["adoption"]["p"] = -0.1
    services[0]["prerequisites"] = ["app"]
    resolved["simulation"]["mixing"] = {"theta_hierarchical": 2}
    resolved["plan"]["in_district"][0]["split"] = {"national": 2, "local": 0}
    resolved["plan"]["in_district"][3]["month"] = 36
    resolved["plan"]["diffusion"][1]["rounds"] = 30
    resolved["plan"]["diffusion"].append(resolved["plan"]["diffusion"][0] | {"service": "tunnel"})
    found = [(fault.row, fault.column) for fault in check_settings(resolved)]
    assert found == [
        ("", "services.services[2].adoption.p"),
        ("", "plan.in_district[0].split.national"),
        ("", "simulation.mixing.theta_hierarchical"),
        ("", "services"),
        ("", "plan.diffusion[2].service"),
        ("app", "plan.in_district[3].month"),
        ("shelter", "plan.diffusion[1]"),
    ]
    # What only follows from another fault is not told: the service whose reach is wrong is known all the same.
    services[2]["reach"] = {"kind": "walk"}
    assert "'shelter'" not in texts(resolved)


def test_sections_that_are_no_mappings(resolved: dict[str, Any]) -> None:
    for section in ("services", "plan", "simulation"):
        resolved[section] = ["nothing", 3]
    resolved["programme"] = ["nothing"]
    assert len(check_settings(resolved)) == 4
    resolved["plan"] = {"in_district": [3, None], "diffusion": "x"}
    assert "plan.in_district[0]" in texts(resolved)


def test_without_a_round_its_years_and_money_bind_nothing(resolved: dict[str, Any]) -> None:
    resolved["plan"]["in_district"][0]["month"] = 119
    resolved["programme"]["ceiling_krw"] = 100_000_000
    assert len(check_settings(resolved)) > 1
    resolved["programme"] = None
    assert check_settings(resolved) == []
    assert read(resolved).programme is None
    resolved["plan"]["in_district"][0]["month"] = 120
    assert "a month from 0 to 119 (within the 120 months simulated)" in texts(resolved)
