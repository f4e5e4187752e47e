"""A plan workbook is improved: it holds, is worth in the simulation what was said, and its certificate holds."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from geojeom.cli import room_app
from simulation.city_folder import read_workbook
from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.runs import inputs, scenario
from simulation.runs.worlds import central
from simulation.spread.diffusion import mean_field
from spatial.config.resolved import stored_region

SERVICE = re.compile(r"^(.+): [\d,]+ → [\d,]+ users outside the hub$", re.MULTILINE)
SUM = re.compile(r"\(end of the years, mean field\): ([\d,]+) → ([\d,]+)")


def said(room: str, *words: str | Path) -> str:
    """What a command prints."""
    done = CliRunner().invoke(room_app(room), [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def worth(path: Path, folder: Path, counted: set[str]) -> float:
    """People outside the hub who use services at the end, by the mean field of the whole plan."""
    plan, table = read_workbook(path, folder)
    stored = stored_region(folder)
    scheme = read(stored.plain | {"services": plan.services.model_dump(mode="json")}, str(folder / "region.json"))
    data, known = gather(folder)
    data = checked(folder, data, scheme, known)
    openings = inputs.from_table(table.drop(columns=["plan_id", "number"]), data.cells, plan.hub)
    working, reached = inputs.working(data, scheme, plan.hub, openings)
    people = inputs.potential_of(data, scheme, set(openings["service"]))
    mixed = inputs.city_of(data, scheme, people)
    hub = inputs.hub_of(data, scheme, mixed, plan.hub, openings=working, reached=reached)
    lanes = central(scheme.services, people.services, scheme.settings.mixing, 1)
    outcome = mean_field(scenario.problem(mixed, [hub], scheme.months), lanes, np.array([scheme.months]))
    rows = [row for row, service in enumerate(people.services) if scheme.services[service].name.en in counted]
    return float(outcome.outside[rows, -1, 0].sum())


@pytest.mark.slow
def test_a_plan_is_improved(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(whole)
    results = whole / "results" / "small"
    plan, better = tmp_path / "plan.xlsx", tmp_path / "better.xlsx"
    said("simulation", "plan-new", "small.yaml", plan)
    before = plan.read_bytes()
    text = said(
        "decisions", "plan-improve", "small.yaml", plan, "-o", better, "--seconds", "1", "--worlds", "2", "--lang", "en"
    )
    assert plan.read_bytes() == before
    found = SUM.search(text)
    assert found is not None
    old, new = (int(figure.replace(",", "")) for figure in found.groups())
    assert new > old
    counted = set(SERVICE.findall(text))
    assert counted
    assert worth(plan, results, counted) == pytest.approx(old, abs=1)
    assert worth(better, results, counted) == pytest.approx(new, abs=1)
    assert "\n0 to correct" in "\n" + said("simulation", "plan-check", better, "--region", "small.yaml", "--lang", "en")
    assert "FAILS" not in said("decisions", "certificate", better.with_suffix(".certificate.npz"), "--seed", "1")
