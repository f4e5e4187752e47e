"""Every step in a folder that holds only what it declares: no file, catalogue or source that it does not name."""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import BaseModel

from geojeom.catalogues import CATALOGUES
from geojeom.cli import ROOMS
from geojeom.command import Command, step
from geojeom.pipeline import in_order
from geojeom.results import configuration
from spatial.config.resolved import stored_region
from tests.workflow.copies import COMMANDS

STEPS = in_order(COMMANDS)


@pytest.mark.slow
@pytest.mark.parametrize(("room", "name"), STEPS)
def test_a_step_needs_nothing_that_it_does_not_declare(
    room: str, name: str, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, results = step(room, name), whole / "results" / "small"
    folder = tmp_path / "results"
    folder.mkdir()
    text = (results / "region.json").read_text("utf-8")
    # Source files are where the configuration says for a step that declares some, and nowhere for the others.
    (folder / "region.json").write_text(text if command.sources else text.replace("city/", "gone/"), "utf-8")
    for pattern in (*command.inputs(configuration(results)), *command.finds):
        for path in results.glob(pattern):
            (folder / path.relative_to(results)).parent.mkdir(exist_ok=True)
            shutil.copy2(path, folder / path.relative_to(results))
    given = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    (tmp_path / "data").mkdir()
    for table in command.catalogues:
        (tmp_path / "data" / table).parent.mkdir(exist_ok=True, parents=True)
        shutil.copy(CATALOGUES / f"{table}.yaml", tmp_path / "data" / f"{table}.yaml")
    run = import_module(f"{room}.commands.{name}").run
    declared = tuple(tuple(key.split(".")) for key in settings_of(command))
    for module in [held for held in sys.modules.values() if held.__name__.partition(".")[0] in ROOMS]:
        if getattr(module, "CATALOGUES", None) == CATALOGUES:
            monkeypatch.setattr(module, "CATALOGUES", tmp_path / "data")
        if getattr(module, "stored_region", None) is stored_region:
            monkeypatch.setattr(module, "stored_region", lambda folder: only(stored_region(folder), declared))
    run(folder)
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - given
    assert {file for file in made if not any(Path(file).match(pattern) for pattern in command.writes)} == set()
    for file in made:
        assert same(folder / file, results / file), f"{file} came out otherwise"
    assert all(list(folder.glob(pattern)) for pattern in command.writes)


def settings_of(command: Command) -> set[str]:
    """The settings a step may look at: those it declares, and the entries whose tables it reads."""
    tables = {Path(file).stem for file in command.reads if file.startswith("sources/")}
    return {*command.settings, *command.reads_where.values(), *(f"region.{name}" for name in tables)}


def only(model: BaseModel, keys: tuple[tuple[str, ...], ...]) -> Any:
    """A model without the fields that no key names: whoever looks at one of them gets an AttributeError."""
    held: dict[str, Any] = {}
    for name in type(model).model_fields:
        below = tuple(key[1:] for key in keys if key[0] == name)
        value = getattr(model, name)
        if () in below or (below and not isinstance(value, BaseModel)):
            held[name] = value
        elif below:
            held[name] = only(value, below)
    made = type(model).model_construct(**held)
    for name in set(type(model).model_fields) - set(held):
        made.__dict__.pop(name, None)
    return made


def test_a_setting_that_is_not_declared_is_refused(whole: Path) -> None:
    held = only(stored_region(whole / "results" / "small"), (("region", "sources", "land"), ("criteria",)))
    assert held.region.sources.land.path.endswith("streets.osm.pbf")
    assert held.criteria.criteria
    for undeclared in (lambda: held.programme, lambda: held.region.country, lambda: held.region.sources.streets):
        with pytest.raises(AttributeError):
            undeclared()


def same(one: Path, other: Path) -> bool:
    """Whether two results say the same; of pages and datasets, which bear dates and times, whether both are there."""
    if one.suffix == ".parquet":
        return bool(pd.read_parquet(one).equals(pd.read_parquet(other)))
    if one.suffix == ".npz":
        with np.load(one) as left, np.load(other) as right:
            return left.files == right.files and all(
                np.array_equal(left[key], right[key], equal_nan=left[key].dtype.kind == "f") for key in left.files
            )
    if one.suffix in (".json", ".csv"):
        return one.read_bytes() == other.read_bytes()
    return other.is_file()
