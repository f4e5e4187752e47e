"""What ``geojeom run`` does again on a small city for one weight, and for one candidate more."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest

from benchmarks.pipeline import one_more
from geojeom import warm
from geojeom.catalogues import CATALOGUES
from geojeom.cli import function
from geojeom.results import configuration
from tests.workflow.test_declared import COMMANDS, whole

__all__ = ["whole"]
pytestmark = pytest.mark.slow


def bring(folder: Path) -> list[str]:
    return warm.run(folder, configuration(folder), COMMANDS, catalogues=CATALOGUES, say=lambda text: None)


def test_a_weight_runs_no_worlds_and_a_candidate_those_of_one(
    whole: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "geojeom")
    for name in ("city", "small.yaml"):
        (shutil.copytree if name == "city" else shutil.copy)(whole / name, tmp_path / name)
    (folder,) = function("simulation", "resolve")([str(tmp_path / "small.yaml")], tmp_path / "results")
    bring(folder)
    assert bring(folder) == []
    before = (folder / "diffusion.nc").read_bytes()

    stored = configuration(folder)
    weights = stored["profile"]["weights"]
    name = next(name for name, weight in weights.items() if weight > 0)
    weights[name] *= 1.01
    (folder / "region.json").write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
    assert set(bring(folder)) == {"score", "robustness", "compare", "report"}
    assert (folder / "diffusion.nc").read_bytes() == before

    one_more(tmp_path)
    ran = bring(folder)
    assert {"sources", "districts", "candidates", "score"} <= set(ran)
    assert not {"streets", "cells", "travel", "facilities", "backdrop"} & set(ran)
    count = len(json.loads((tmp_path / "city" / "candidates.geojson").read_text("utf-8"))["features"])
    assert f"{count} candidates, {count - 1} of them as they were" in caplog.text
