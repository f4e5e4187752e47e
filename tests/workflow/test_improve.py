"""A plan workbook is improved: it holds, is worth in the simulation what was said, and its certificate holds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulation.city_folder import read_workbook
from simulation.folder import checked, gather
from simulation.plans.settings import read
from simulation.runs import inputs, scenario
from simulation.runs.worlds import central
from simulation.spread.diffusion import mean_field
from spatial.config.resolved import stored_region
from tests.workflow.copies import ROOT

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
SERVICE = re.compile(r"^(.+): [\d,]+ → [\d,]+ users outside the hub$", re.MULTILINE)
SUM = re.compile(r"\(end of the years, mean field\): ([\d,]+) → ([\d,]+)")


def said(folder: Path, *words: str | Path) -> str:
    """What a command prints, run in a folder by a process of its own."""
    command = [sys.executable, "-m", "geojeom.cli", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


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
def test_a_plan_is_improved(whole: Path, tmp_path: Path) -> None:
    # A copy: others go on with the city.
    here = tmp_path / "here"
    shutil.copytree(whole, here)
    said(here, "plan", "new", "small.yaml", "plan.xlsx")
    before = (here / "plan.xlsx").read_bytes()
    asked = ("--seconds", "1", "--worlds", "2", "--lang", "en")
    text = said(here, "plan", "improve", "small.yaml", "plan.xlsx", "-o", "better.xlsx", *asked)
    assert (here / "plan.xlsx").read_bytes() == before
    found = SUM.search(text)
    assert found is not None
    old, new = (int(figure.replace(",", "")) for figure in found.groups())
    assert new > old
    counted = set(SERVICE.findall(text))
    assert counted
    results = here / "results" / "small"
    assert worth(here / "plan.xlsx", results, counted) == pytest.approx(old, abs=1)
    assert worth(here / "better.xlsx", results, counted) == pytest.approx(new, abs=1)
    checked = said(here, "plan", "check", "better.xlsx", "--region", "small.yaml", "--lang", "en")
    assert "\n0 to correct" in "\n" + checked
    assert "FAILS" not in said(here, "decisions", "certificate", "better.certificate.npz", "--seed", "1")
