from __future__ import annotations

import json
import tomllib
from pathlib import Path

import numpy as np

from simulation.runs.dataset import Run, dataset, encoding, versions


def test_dimensions_units_and_attributes() -> None:
    services, months, cells, worlds = 2, 12, 3, 4
    adopters = np.full((services, months + 1, cells), 0.1, np.float32)
    run = Run(
        scenario="west",
        inside=np.array([True, False, False]),
        adopters=adopters,
        adopters_quantile=np.zeros((services, 2, cells, 3), np.float32),
        total_inside=np.zeros((services, months + 1, worlds), np.int64),
        total_outside=np.zeros((services, months + 1, worlds), np.int64),
    )
    data = dataset(
        [run],
        ["a", "b"],
        stream=np.array([0, 3]),
        cell_index=np.array([4, 7, 9], np.int32),
        cell_id=np.array(["x", "y", "z"]),
        potential=np.ones((services, cells), np.int32),
        attributes={"seed": "1", "not_simulated": {"c": "why"}},
    )
    assert dict(data.sizes) == {
        "scenario": 1,
        "service": 2,
        "month": 13,
        "cell": 3,
        "world": 4,
        "quantile": 3,
        "year": 2,
    }
    assert data["adopters"].attrs["units"] == "persons"
    assert data["adopters"].dtype == np.float32
    assert abs(float(data["adopters"][0, 0, 0, 0]) - 0.1) <= 1 / 512
    assert json.loads(data.attrs["not_simulated"]) == {"c": "why"}
    assert encoding(data)["adopters"]["chunksizes"] == (1, 1, 1, 3)
    assert encoding(data)["total_inside"]["chunksizes"] == (1, 1, 13, 4)


def test_versions_name_what_the_numbers_depend_on() -> None:
    project = tomllib.loads(Path(__file__).resolve().parents[3].joinpath("pyproject.toml").read_text(encoding="utf-8"))
    assert versions()["geojeom"] == project["project"]["version"]
