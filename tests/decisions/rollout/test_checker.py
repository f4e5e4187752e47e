"""A good certificate holds, and whatever is changed in one is found by the check that is about it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from decisions.rollout import certificate, checker, checker_file, checker_service, improving, tables
from decisions.rollout.checker import check
from geojeom.cli import room_app
from geojeom.errors import SourceError
from tests.decisions.rollout.test_bound import one_service
from tests.decisions.rollout.towns import town

Arrays = dict[str, Any]
ENTRIES, STATES, BOUND = "table entries", "a table entry for each state of each block", "bound from the prices"
COVER = "tables for every plan within the limits"


@pytest.fixture(scope="module", params=range(4))
def good(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    instance = town(request.param)
    months = np.append(instance.dates, instance.streams[0].months)

    def score(number: int, when: np.ndarray) -> np.ndarray:
        stream = instance.streams[number]
        return np.array([tables.goal(stream, tables.path(stream, months[plan])) for plan in when.T])

    start = np.full(len(instance.names), instance.never)
    path = tmp_path_factory.mktemp("certificate") / "good.npz"
    certificate.write(path, instance, improving.find(instance, start, score, rounds=1))
    return path


def test_a_good_certificate_holds(good: Path) -> None:
    checks = {each.name: each for each in check(good, every=True)}
    assert len(checks) == 12
    assert [name for name, each in checks.items() if not each.holds] == []
    with np.load(good) as arrays:
        entries = arrays["fixed_0"].size + arrays["fixed_1"].size
        gap = (arrays["bound"] - arrays["value"]) / arrays["bound"]
    assert gap > 1e-9
    assert checks[ENTRIES].found.startswith(f"{entries} of {entries} ")
    assert checks["gap"].found == f"{gap:.2%}"


def test_a_plan_that_no_other_is_better_than_is_called_so(tmp_path: Path) -> None:
    instance = one_service([[1.0] * 10], [[0.0] * 10] * 2, [[True]])

    def score(number: int, when: np.ndarray) -> np.ndarray:
        return np.array([sum(improving.worth(instance, plan)) for plan in when.T])

    found = improving.find(instance, np.array([0]), score, rounds=1)
    certificate.write(tmp_path / "best.npz", instance, found)
    checks = check(tmp_path / "best.npz")
    assert all(each.holds for each in checks)
    assert checks[-1].found == "none: no plan is better"


def test_the_tables_are_those_of_the_search(good: Path) -> None:
    arrays = checker_file.read(good)
    for number in range(2):
        service = checker_service.Service(arrays, number)
        for b, states in enumerate(service.states):
            _, fixed, pull, highest = service.tangent_of(b, np.arange(len(states)))
            np.testing.assert_allclose(service.highest[:, service.cells[b]], highest, rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(service.fixed_of(b), fixed, rtol=1e-9, atol=1e-9)
            for label in np.unique(service.label[b]):
                most = pull[service.label[b] == label].max(axis=0)
                np.testing.assert_allclose(service.pull[b, label], most, rtol=1e-9, atol=1e-12)


def worth_raised(arrays: Arrays) -> None:
    arrays["value"] = arrays["value"] * (1 + 1e-6)


def bound_lowered(arrays: Arrays) -> None:
    arrays["bound"] = arrays["bound"] * (1 - 1e-6)


def price_below_0(arrays: Arrays) -> None:
    """The price of a limit that is not below 0, made so; the bound is then what the prices give."""
    arrays["prices"][len(arrays["when"])] = -arrays["prices"].max() - 1.0
    arrays["bound"] = np.array(checker._bound(arrays, [checker_service.Service(arrays, n) for n in range(2)]))


def price_changed(arrays: Arrays) -> None:
    arrays["prices"][np.argmax(arrays["prices"])] /= 2


def price_left_out(arrays: Arrays) -> None:
    arrays["prices"] = arrays["prices"][:-1]


def limit_lowered(arrays: Arrays) -> None:
    opened = np.flatnonzero(arrays["when"] < arrays["dates"].size)
    used = arrays["usage"][opened, arrays["when"][opened]].sum(axis=0)
    arrays["limit"][np.argmax(used)] = used.max() - 0.5


def date_not_allowed(arrays: Arrays) -> None:
    option = np.flatnonzero(arrays["when"] < arrays["dates"].size)[0]
    arrays["allowed"][option, arrays["when"][option]] = False


def need_broken(arrays: Arrays) -> None:
    arrays["when"][arrays["need_option"][0]] = 0
    arrays["when"][arrays["need_supplier"][0]] = arrays["dates"].size


def fixed_lowered(arrays: Arrays) -> None:
    arrays["fixed_1"][np.argmax(arrays["fixed_1"])] *= 1 - 1e-6


def pull_lowered(arrays: Arrays) -> None:
    arrays["pull_0"][np.unravel_index(np.argmax(arrays["pull_0"]), arrays["pull_0"].shape)] *= 1 - 1e-6


def highest_lowered(arrays: Arrays) -> None:
    arrays["highest_0"] *= 1 - 1e-6


def option_left_out_of_a_tier(arrays: Arrays) -> None:
    last = np.flatnonzero(np.diff(arrays["tier_option_start_0"]))[-1]
    arrays["tier_option_0"] = np.delete(arrays["tier_option_0"], arrays["tier_option_start_0"][last])
    arrays["tier_option_start_0"][last + 1 :] -= 1


def state_left_out(arrays: Arrays) -> None:
    block = int(np.argmax(np.diff(arrays["state_start_0"])))
    arrays["fixed_0"] = np.delete(arrays["fixed_0"], arrays["state_start_0"][block])
    arrays["state_start_0"][block + 1 :] -= 1


def opens_before_the_tables(arrays: Arrays) -> None:
    arrays["earliest_0"][:] = arrays["dates"].size


def imitation_below_0(arrays: Arrays) -> None:
    arrays["contact_data_0"][0] = -0.1


def cell_in_no_block(arrays: Arrays) -> None:
    arrays["block_0"][0] = len(arrays["pull_0"])


@pytest.mark.parametrize(
    ("change", "found_by"),
    [
        (worth_raised, "worth of the plan"),
        (bound_lowered, BOUND),
        (price_below_0, "prices"),
        (price_changed, BOUND),
        (price_left_out, "prices"),
        (limit_lowered, "limits kept"),
        (date_not_allowed, "dates allowed"),
        (need_broken, "needs met"),
        (fixed_lowered, ENTRIES),
        (pull_lowered, ENTRIES),
        (highest_lowered, ENTRIES),
        (option_left_out_of_a_tier, COVER),
        (state_left_out, STATES),
        (opens_before_the_tables, COVER),
        (imitation_below_0, "arrays that fit one another"),
        (cell_in_no_block, "arrays that fit one another"),
    ],
)
def test_what_is_changed_is_found(good: Path, tmp_path: Path, change: Callable[[Arrays], None], found_by: str) -> None:
    arrays = checker_file.read(good)
    change(arrays)
    np.savez(tmp_path / "changed.npz", **arrays)
    checks = check(tmp_path / "changed.npz", every=True)
    assert found_by in [each.name for each in checks if not each.holds]
    assert not any("no plan is better" in each.found for each in checks)


def test_a_lowered_bound_is_caught_where_its_prices_are_as_they_were(good: Path, tmp_path: Path) -> None:
    """A bound equal to the worth would call the plan the best there is."""
    arrays = checker_file.read(good)
    arrays["bound"] = arrays["value"]
    np.savez(tmp_path / "changed.npz", **arrays)
    checks = {each.name: each for each in check(tmp_path / "changed.npz")}
    assert not checks[BOUND].holds
    assert not checks["gap"].holds
    assert "no plan is better" not in checks["gap"].found


def test_a_sample_is_as_large_as_told_and_the_same_for_a_seed(good: Path) -> None:
    entries = [check(good, sample=5, seed=3)[-2] for _ in range(2)]
    assert entries[0] == entries[1]
    assert entries[0].found.startswith("5 of ")


@pytest.mark.parametrize("change", ["cut off", "one array", "no prices", "another format"])
def test_what_is_no_certificate_is_told(good: Path, tmp_path: Path, change: str) -> None:
    path, arrays = tmp_path / "other.npz", checker_file.read(good)
    if change == "cut off":
        path.write_bytes(good.read_bytes()[:1000])
    elif change == "one array":
        with path.open("wb") as file:
            np.save(file, arrays["pull_0"])
    else:
        arrays["format"] = np.array(1) if change == "another format" else arrays["format"]
        if change == "no prices":
            del arrays["prices"], arrays["seed_1"]
        np.savez(path, **arrays)
    with pytest.raises(SourceError) as raised:
        check(path)
    columns = [fault.column for fault in raised.value.faults]
    assert columns == {"no prices": ["prices", "seed_1"], "another format": ["format"]}.get(change, [""])


def test_the_command_says_what_holds_and_ends_with_1_where_something_does_not(good: Path, tmp_path: Path) -> None:
    app, runner = room_app("decisions"), CliRunner()
    ended = runner.invoke(app, ["certificate", str(good), "--all"])
    assert ended.exit_code == 0
    assert ended.output.count("holds") == 12
    arrays = checker_file.read(good)
    fixed_lowered(arrays)
    np.savez(tmp_path / "changed.npz", **arrays)
    ended = runner.invoke(app, ["certificate", str(tmp_path / "changed.npz"), "--all"])
    assert ended.exit_code == 1
    assert "FAILS  table entries" in ended.output
    assert "proves nothing" in ended.output


@pytest.mark.parametrize("module", [checker, checker_file, checker_service])
def test_nothing_of_the_search_is_used(module: Any) -> None:
    named = set()
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            named.add(node.module)
        elif isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
    own = {name for name in named if name.split(".")[0] in ("decisions", "simulation", "spatial", "maps", "data")}
    assert own <= {"decisions.rollout.checker_file", "decisions.rollout.checker_service"}
    assert {name.split(".")[0] for name in named} & {"numba", "pandas"} == set()
