"""Small invented towns with one thing wrong: each case is a folder beside this file, tried through the commands alone.

A case is copied before it is used, so that a command may write beside it. The tests use nothing of the modules but the
rooms' commands and read nothing but the files they write, so that the same test tells what any version makes of a case.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from tests.command import Ran, geojeom

CASES = Path(__file__).resolve().parent


@dataclass
class Case:
    """A copy of a case's folder, and the commands run on it."""

    folder: Path
    results: Path

    @property
    def region(self) -> Path:
        return self.folder / "region.yaml"

    def run(self, *command: str | Path) -> Ran:
        """``geojeom COMMAND ...``, of the checkout under test."""
        return geojeom(*command)

    def check(self) -> Ran:
        return self.run("spatial", "check", self.region)

    def steps(self, *steps: str) -> None:
        """Run steps of the spatial room after ``resolve``; each must end well."""
        commands = [("resolve", self.region, "--folder", self.results), *((step, self.results) for step in steps)]
        for command in commands:
            ran = self.run("spatial", *command)
            assert ran.code == 0, ran.text

    def table(self, name: str) -> pd.DataFrame:
        path = self.results / f"{name}.parquet"
        try:
            return gpd.read_parquet(path)
        except ValueError:
            return pd.read_parquet(path)

    def arrays(self, name: str) -> dict[str, Any]:
        with np.load(self.results / f"{name}.npz", allow_pickle=False) as file:
            return dict(file)

    def sources(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.results / "sources.json").read_text(encoding="utf-8"))
        return content


@pytest.fixture
def case(tmp_path: Path) -> Callable[[str], Case]:
    """Copy the case of that name; its results go beside it."""

    def copy(name: str) -> Case:
        folder = tmp_path / name
        shutil.copytree(CASES / name, folder)
        return Case(folder, tmp_path / "results")

    return copy
