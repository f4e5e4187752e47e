"""What ``geojeom run`` does again on a small city for one weight, and for one candidate more."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from benchmarks.pipeline import one_more
from geojeom.results import configuration
from tests.workflow.conftest import bring
from tests.workflow.copies import as_they_were

pytestmark = pytest.mark.slow


def test_a_weight_runs_no_worlds_and_a_candidate_those_of_one(whole: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "geojeom")
    folder = whole / "results" / "small"
    with as_they_were(whole, "city", "results"):
        assert bring(folder) == []
        before = (folder / "diffusion.nc").read_bytes()

        stored = configuration(folder)
        weights = stored["profile"]["weights"]
        name = next(name for name, weight in weights.items() if weight > 0)
        weights[name] *= 1.01
        (folder / "region.json").write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
        # Scores are facts, and every page has its figures from that table.
        assert set(bring(folder)) == {"score", "robustness", "facts", "compare", "diffusion", "report"}
        assert (folder / "diffusion.nc").read_bytes() == before

        one_more(whole)
        ran = bring(folder)
        assert {"sources", "districts", "candidates", "score"} <= set(ran)
        assert not {"streets", "cells", "travel", "facilities", "backdrop"} & set(ran)
        count = len(json.loads((whole / "city" / "candidates.geojson").read_text("utf-8"))["features"])
        assert f"{count} candidates, {count - 1} of them as they were" in caplog.text
