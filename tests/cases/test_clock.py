"""A source file dated in the future, as from an archive of another time zone: it is read like any other."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def test_a_source_dated_in_the_future_is_read_and_its_results_stay(case: Callable[[str], Any]) -> None:
    made = case("busway")
    results = made.folder / "results"
    workflow = ("snakemake", "--snakefile", ROOT / "Snakefile", "--directory", made.folder, "--cores", "1")
    asked = ("results/s_busway/cells.parquet", "--config", "region=region.yaml")
    later = time.time() + 2 * 86400
    os.utime(made.folder / "zones.geojson", (later, later))
    for _ in range(2):
        ran = made.run(*workflow, *asked)
        assert ran.code == 0, ran.text[-3000:]
        assert "clock skew" not in ran.text
        assert len(list(results.glob("*/cells.parquet"))) == 1
