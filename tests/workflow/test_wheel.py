"""Installed from its wheel, Geojeom needs no checkout: catalogues, generator, rules and pages come along."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.workflow.conftest import Installed
from tests.workflow.copies import HOSTILE, ROOT, town
from tests.workflow.looking import NAMES, looks_right


def test_the_wheel_holds_all_that_a_run_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [path for path in (ROOT / "data").rglob("*.yaml") if "cache" not in path.relative_to(ROOT).parts]
    assert {f"geojeom/{path.relative_to(ROOT).as_posix()}" for path in shipped} <= names
    assert {f"geojeom/data/sample/{path.name}" for path in (ROOT / "data/sample").glob("*.[py]*")} <= names
    rules = {f"{room}/rules.smk" for room in ("spatial", "simulation", "decisions", "maps")}
    assert {f"geojeom/workflow/{name}" for name in {"Snakefile", "environment.yaml"} | rules} <= names
    # Whatever lies in a room is used by it, but for its rules (above) and the sources of the pages (see maps/dist).
    rooms = ("geojeom", "spatial", "simulation", "decisions", "maps")
    parts = [path.relative_to(ROOT) for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    left = ("web", "__pycache__", "rules.smk")
    assert {path.as_posix() for path in parts if not set(left) & set(path.parts)} <= names
    assert not {name for name in names if name.startswith("maps/web")}
    assert not {name for name in names if name.startswith(("tests", "benchmarks", "geojeom/data/cache"))}


def test_the_sample_city_from_an_empty_folder(installed: Installed, haemil: tuple[Path, list[str]]) -> None:
    _, printed = haemil
    pages = [Path("results", "haemil", f"{page}.html") for page in NAMES]
    assert printed[-3:] == [str(page) for page in pages]
    assert all((installed.here / page).stat().st_size > 100_000 for page in pages)
    left = sorted(path.name for path in installed.here.iterdir())
    assert left == ["data", "haemil", "maps", "results", "simulation"]
    assert "nothing has changed" in installed.run("run", "haemil")


@pytest.mark.slow
def test_the_workflow_in_a_folder_a_shell_would_trip_over(installed: Installed, tmp_path: Path) -> None:
    here = tmp_path / HOSTILE
    here.mkdir()
    asked = town(here, "my;town! $HOME 서울.yaml")
    replace(installed, here=here).run("workflow", "--cores", "2", asked)
    (region,) = {path.parent for path in here.glob("results/*/*.html")}
    assert {path.name for path in region.glob("*.html")} == {f"{name}.html" for name in NAMES}
    assert not list(tmp_path.rglob("hit"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_its_pages_in_every_size(haemil: tuple[Path, list[str]], page: Page, name: str) -> None:
    folder, _ = haemil
    looks_right(page, folder / f"{name}.html")
