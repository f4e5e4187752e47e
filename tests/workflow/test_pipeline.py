"""The whole pipeline on a small city: it runs, runs once, and re-runs exactly what a change concerns."""

import os
import re
import shlex
import tomllib
from contextlib import ExitStack

import pandas as pd
import pytest
import yaml

from tests.workflow.conftest import REGION
from tests.workflow.copies import ROOT

PAGES = {"compare", "diffusion", "report"}
MAPS = {"facts", *PAGES}
ALWAYS = {"all"}


def test_both_pages_are_made(built):
    for page in PAGES:
        text = (built.folder / "results/small" / f"{page}.html").read_text("utf-8")
        assert "합성" in text
        assert "synthetic" in text


def test_no_part_of_a_name_was_taken_for_a_command(built):
    assert not list(built.folder.parent.rglob("hit"))


def test_a_second_run_does_nothing(built):
    assert "Nothing to be done" in built.run().stderr


def test_one_weight_re_runs_scoring_and_maps_only(built):
    weights = yaml.safe_load((built.folder / "profile.yaml").read_text("utf-8"))["weights"]
    name = next(key for key, weight in weights.items() if weight > 0)
    text = (built.folder / "profile.yaml").read_text("utf-8")
    line = re.search(rf"^\s+{name}:.*$", text, re.MULTILINE).group()
    with built.as_it_was(), built.edited("profile.yaml", line, f"{line.split(':')[0]}: {weights[name] * 1.01}"):
        # A dry run cannot tell: which candidates are simulated as an ensemble is known only once the scores are.
        done = built.run()
        assert done.returncode == 0, done.stderr[-4000:]
        ran = set(re.findall(r"^(?:local)?(?:rule|checkpoint) (\w+):", done.stderr, re.MULTILINE))
        assert ran - ALWAYS == {"score", "robustness"} | MAPS


def test_a_source_saved_another_way_is_read_again_and_nothing_else_runs(built):
    tables = built.folder / "results/small/sources"
    before = {path.name: path.stat().st_mtime_ns for path in tables.glob("*.parquet")}
    path = built.folder / "city/households.csv"
    raw, stat = path.read_bytes(), path.stat()
    path.write_bytes(raw + b"\r\n")
    with built.as_it_was():
        try:
            done = built.run()
        finally:
            path.write_bytes(raw)
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert done.returncode == 0, done.stderr[-4000:]
        ran = set(re.findall(r"^(?:local)?(?:rule|checkpoint) (\w+):", done.stderr, re.MULTILINE))
        assert ran - ALWAYS == {"sources"}
        assert {path.name: path.stat().st_mtime_ns for path in tables.glob("*.parquet")} == before


# Which rules an edited module re-runs, and which it does not.
EDITED = {
    "maps/compare.py": ({"compare"}, {"score", "cells", "diffusion", "ensemble"}),
    "spatial/streets/kernel.py": ({"travel", "districts", "candidates", "ensemble"} | MAPS, {"cells", "streets"}),
    "simulation/spread/diffusion.py": ({"candidates", "ensemble", "score"} | MAPS, {"travel", "criteria", "cells"}),
}


@pytest.mark.parametrize(("module", "rules_in", "rules_out"), [(name, *rules) for name, rules in EDITED.items()])
def test_editing_a_module_re_runs_the_rules_that_use_it(built, module, rules_in, rules_out):
    path = built.folder / module
    first = path.read_text("utf-8")
    with built.edited(module, first, first + "\n_changed = True\n"):
        ran = built.would_run()
    assert rules_in <= ran
    assert not rules_out & ran


def test_comments_in_modules_re_run_nothing(built):
    with ExitStack() as edits:
        for module in EDITED:
            first = (built.folder / module).read_text("utf-8")
            edits.enter_context(built.edited(module, first, first + "\n# only a comment\n"))
        assert built.would_run() == set()


def test_a_new_end_date_re_runs_the_simulation_not_the_map_sources(built):
    with built.edited(REGION, "worlds: 8", "worlds: 9"):
        ran = built.would_run()
    assert {"candidates", "ensemble"} <= ran
    assert not {"cells", "streets", "criteria", "facilities"} & ran


def test_population_is_the_sources_population(built):
    cells = pd.read_parquet(built.folder / "results/small/cells.parquet", columns=["population"])
    rows = (built.folder / "city/population_age.csv").read_bytes().decode("cp949").splitlines()
    total = int(re.search(r'^[^,"]*,"?([\d,]+?)"?,"?\1', rows[1]).group(1).replace(",", ""))
    assert cells["population"].sum() == total


def test_bad_region_files_are_refused_before_anything_runs_and_two_regions_of_one_folder(house):
    text = (house.folder / REGION).read_text("utf-8")
    (house.folder / "bad.yaml").write_text(text.replace("region: small", "region: bad\nsead: 3"), "utf-8")
    (house.folder / "twin.yaml").write_text(text, "utf-8")
    done = house.run(region=shlex.join(["bad.yaml", REGION, "twin.yaml"]))
    assert done.returncode != 0
    told = done.stderr
    assert "bad.yaml, sead: expected" in told
    assert f"twin.yaml, region: expected a region of its own results folder, found small, as in {REGION}" in told
    assert "Traceback" not in told
    assert not (house.folder / "results/bad").exists()


def test_a_broken_source_stops_its_job_with_what_to_do_and_writes_nothing(built):
    source = "city/candidates.geojson"
    with built.as_it_was(), built.edited(source, '"new"', '"brand-new"'):
        done = built.run("--quiet", "progress")
        log = (built.folder / "results/small/logs/districts.log").read_text("utf-8")
        assert done.returncode != 0
        assert "brand-new" in log
        assert "candidates.geojson" in log
        left = [path.name for path in (built.folder / "results/small").iterdir()]
        assert not [name for name in left if "partial" in name]


def test_environment_and_lock_name_the_same_versions():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    lock = dict(line.split(" ;")[0].split("==") for line in (ROOT / "requirements/full.lock").read_text().splitlines())
    listed = yaml.safe_load((ROOT / "environment.yaml").read_text())["dependencies"][-1]["pip"]
    pins = {re.sub(r"\[.*\]", "", pin.split("==")[0]): pin.split("==")[1] for pin in listed}
    assert {re.split(r"[\[<>=]", name)[0].lower() for name in wanted} == {name.lower() for name in pins}
    assert all(lock[name.lower().replace("_", "-")] == version for name, version in pins.items())


def test_lock_files_name_no_index():
    for path in (ROOT / "requirements").iterdir():
        assert "://" not in path.read_text()
