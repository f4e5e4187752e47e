"""Jobs that start at once with nothing compiled yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import numpy as np
from simulation.spread.diffusion import stochastic
from tests.simulation.cities import lanes, random_city

run = stochastic(random_city(40, 2, 2, 1, months=6), lanes(2, world=np.arange(3), near=0.4, far=0.2), 5, np.array([6]))
print(run.inside.tolist(), run.adopters.tolist())
"""


def started(cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_several_at_once_fill_one_cache_and_agree(tmp_path: Path) -> None:
    """Two compile side by side into an empty cache, a third finds it filled; all say the same."""
    jobs = [started(tmp_path) for _ in range(2)]
    said = [job.communicate() for job in jobs]
    assert list(tmp_path.rglob("*.nbc"))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nbc")}
    last = started(tmp_path)
    jobs.append(last)
    said.append(last.communicate())
    assert [job.returncode for job in jobs] == [0] * 3, said
    outputs = {out for out, _ in said}
    assert len(outputs) == 1
    assert len(outputs.pop()) > 100
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.nbc")} == before
