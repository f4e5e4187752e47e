"""Every figure of services, plans, rounds and settings: within its range or refused."""

import copy
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import parse, read_yaml
from geojeom.errors import Fault
from simulation.commands.check import run as simulation_check
from simulation.commands.resolve import run as simulation_resolve
from simulation.plans.settings import check_settings, unusual
from simulation.regions import unusual_settings
from spatial.commands.check import run as spatial_check
from spatial.config.catalogue import CriteriaSet, Profile
from spatial.config.region import RegionFile
from spatial.config.resolve import resolve

RESOLVED = {
    "services": read_yaml(CATALOGUES / "services" / "default.yaml"),
    "plan": read_yaml(CATALOGUES / "plans" / "default.yaml"),
    "programme": read_yaml(CATALOGUES / "programme" / "2021.yaml"),
    "simulation": {
        "start": "2027-01",
        "years": 10,
        "worlds": 64,
        "mixing": {"contact_limit_s": 1800, "theta_contagious": 0.3},
        "barriers": {"water": 0.5},
    },
    "files": {"region": "region.json"},
}
HELD: dict[str, tuple[Any, dict[str, Any]]] = {
    "region": (RegionFile, read_yaml(CATALOGUES / "regions" / "haemil.yaml")),
    "criteria": (CriteriaSet, read_yaml(CATALOGUES / "criteria" / "default.yaml")),
    "weights": (Profile, read_yaml(CATALOGUES / "profiles" / "balanced.yaml")),
    "judged": (Profile, read_yaml(CATALOGUES / "profiles" / "judged.yaml")),
}


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of keys and lists lies."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


def put(raw: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(raw)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return changed


def texts(path: tuple[Any, ...], value: Any) -> str:
    return "\n".join(map(str, check_settings(put(RESOLVED, path, value))))


SERVICE = ("services", "services", 6)
OPENING = ("plan", "in_district", 0)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((*SERVICE, "capex_krw"), 190, "100,000 to 100,000,000,000 won a unit"),
        ((*SERVICE, "capex_krw"), 190, "백만원? Then write 190,000,000"),
        ((*SERVICE, "capex_krw"), 19_000, "만원? Then write 190,000,000"),
        ((*SERVICE, "capex_krw"), 1e308, "won a unit"),
        ((*SERVICE, "opex_share_year"), 10, "per cent? Then write 0.1"),
        ((*SERVICE, "opex_share_year"), math.inf, "0 to 2 of the capital a year"),
        ((*SERVICE, "reach", "travel_s"), 6, "minutes? Then write 360"),
        ((*SERVICE, "reach", "travel_s"), math.inf, "60 to 7,200 seconds"),
        ((*SERVICE, "adoption", "p"), 3, "per cent? Then write 0.03"),
        ((*SERVICE, "adoption", "p"), math.inf, "0 to 1 a year"),
        ((*SERVICE, "adoption", "q"), 40, "per cent? Then write 0.4"),
        ((*SERVICE, "adoption", "potential_share"), 40, "per cent? Then write 0.4"),
        (("services", "groups", 4, "share"), 66.6, "per cent? Then write 0.666"),
        ((*OPENING, "split", "national"), 50, "per cent? Then write 0.5"),
        ((*OPENING, "units"), True, "a number (units)"),
        ((*OPENING, "units"), "20", "a number (units)"),
        ((*OPENING, "month"), 2027, "0 to 599 months"),
        (("programme", "ceiling_krw"), 240, "억원? Then write 24,000,000,000"),
        (("programme", "national_share_max"), 50, "per cent? Then write 0.5"),
        (("programme", "years"), 36, "months? Then write 3"),
        (("simulation", "years"), 120, "months? Then write 10"),
        (("simulation", "worlds"), 10**9, "1 to 10,000 worlds"),
        (("simulation", "mixing", "contact_limit_s"), 30, "minutes? Then write 1,800"),
        (("simulation", "barriers", "water"), 50, "per cent? Then write 0.5"),
        (("simulation", "start"), "0001-01", "a month as YYYY-MM"),
    ],
)
def test_a_figure_that_cannot_be_meant_is_refused_with_the_slip_it_looks_like(
    path: tuple[Any, ...], value: Any, said: str
) -> None:
    assert said in texts(path, value)


def test_figures_that_hold_each_but_not_together_are_refused() -> None:
    # 100,000 nets of 60 million won: 6 trillion, and 0.08 of it in each of 10 years: 10.8 trillion. In 7 x 15
    # zones 1.134e15, more than 1e15.
    units = put(RESOLVED, (*OPENING, "units"), 100_000)
    assert "for all openings" not in "\n".join(map(str, check_settings(units)))
    roll_out = put(RESOLVED, ("plan", "diffusion", 0, "units"), 100_000)
    roll_out["plan"]["diffusion"][0] |= {"rounds": 7, "zones": 15}
    said = "\n".join(map(str, check_settings(roll_out)))
    assert "plan.diffusion[0]: expected at most 1,000,000,000,000,000 KRW for all openings" in said


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ((*SERVICE, "adoption", "p"), 0.3, "services.services[6].adoption.p: expected as a rule 0 to 0.15 a year"),
        ((*SERVICE, "adoption", "p"), 0.3, "found 0.3. per cent? Then write 0.003. Where it is meant, leave it."),
        ((*SERVICE, "adoption", "p"), 1, "per cent? Then write 0.01"),
        ((*SERVICE, "adoption", "q"), 4, "expected as a rule 0.05 to 2 a year"),
        ((*SERVICE, "opex_share_year"), 2, "per cent? Then write 0.02"),
        ((*SERVICE, "capex_krw"), 150_000, "천원? Then write 150,000,000"),
        (("simulation", "years"), 36, "months? Then write 3"),
        (("simulation", "mixing", "contact_limit_s"), 60, "minutes? Then write 3,600"),
    ],
)
def test_a_figure_that_is_seldom_meant_is_warned_of_and_kept(path: tuple[Any, ...], value: Any, said: str) -> None:
    assert texts(path, value) == ""
    files = {"files": dict.fromkeys(RESOLVED, "s.yaml")}
    (told,) = unusual(put(RESOLVED, path, value) | files)
    assert said in str(told)


def test_what_is_shipped_is_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Settings alone are read: where the files of real cities are is all the same.
    monkeypatch.setenv("GEOJEOM_REAL_DATA", str(tmp_path))
    assert unusual(RESOLVED | {"files": dict.fromkeys(RESOLVED, "s.yaml")}) == []
    for name in ("haemil", "chuncheon", "liechtenstein"):
        told = unusual_settings(resolve(CATALOGUES / "regions" / f"{name}.yaml", made_below=""))
        assert told == []


def test_the_checks_and_the_pipeline_say_what_is_seldom_meant(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("boundary.geojson", "candidates.geojson"):
        Path(name).write_text("{}", encoding="utf-8")
    region = {
        "region": "r",
        "name": {"ko": "가", "en": "A"},
        "boundary": {"path": "boundary.geojson"},
        "sources": {},
        "candidates": {"path": "candidates.geojson"},
        "budget_krw_year": 99 * 10**12,
        "simulation": {"years": 36},
    }
    Path("r.yaml").write_text(json.dumps(region), encoding="utf-8")
    simulation_check(Path("r.yaml"))
    printed = capsys.readouterr().out
    assert "warning: r.yaml, budget_krw_year: expected as a rule 100,000,000,000 to 50,000,000,000,000 won" in printed
    assert "warning: r.yaml, simulation.years: expected as a rule 1 to 30 years" in printed
    simulation_resolve(["r.yaml"], Path("results"))
    assert "r.yaml, budget_krw_year: expected as a rule" in caplog.text
    assert "r.yaml, simulation.years: expected as a rule" in caplog.text
    with pytest.raises(typer.Exit):
        spatial_check(Path("r.yaml"))
    assert "warning: r.yaml, budget_krw_year: expected as a rule" in capsys.readouterr().out


def test_what_costs_the_city_nothing_may_cost_nothing() -> None:
    assert texts((*SERVICE, "capex_krw"), 0) == ""


def test_a_budget_in_another_unit_is_refused() -> None:
    faults: list[Fault] = []
    parse(RegionFile, HELD["region"][1] | {"budget_krw_year": 9800}, "r.yaml", faults)
    assert "억원? Then write 980,000,000,000" in faults[0].remedy


STRANGE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**290, max_value=10**300)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([[], {}, [[]], "2025-02-30", 1e308, "x" * 5000])
)


@pytest.mark.slow
@given(st.sampled_from(list(places(RESOLVED))), STRANGE)
def test_whatever_stands_in_any_place_of_a_plan_is_accepted_or_a_short_fault(path: tuple[Any, ...], value: Any) -> None:
    assert all(len(str(fault)) < 3000 for fault in check_settings(put(RESOLVED, path, value)))


@given(st.data(), st.sampled_from(list(HELD)), STRANGE)
def test_whatever_stands_in_any_place_of_a_region_or_its_criteria_is_accepted_or_a_short_fault(
    data: st.DataObject, name: str, value: Any
) -> None:
    shape, raw = HELD[name]
    faults: list[Fault] = []
    path = data.draw(st.sampled_from(list(places(raw))))
    parse(shape, put(raw, path, value), "r.yaml", faults)
    assert all(len(str(fault)) < 3000 for fault in faults)
