"""What is kept of compiled kernels is used while their sources are the same, and never stands in the way of others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Each compiles in processes of its own.
pytestmark = pytest.mark.slow

SOURCE = """
from typing import NamedTuple
import numpy as np
from geojeom.kernels import kernel

class Pair(NamedTuple):
    one: int
    other: int

@kernel
def total(pair):
    return pair.one + pair.other

print(total(Pair(3, 4)), sum(total.stats.cache_hits.values()))
"""


def run(file: Path) -> list[str]:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(file.parent / "kept")}
    done = subprocess.run(
        [sys.executable, "-B", "-c", f"import {file.stem}"],
        cwd=file.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_kept_kernels_hold_as_long_as_their_source(tmp_path: Path) -> None:
    file = tmp_path / "sums.py"
    file.write_text(SOURCE)
    assert run(file) == ["7", "0"]
    assert run(file) == ["7", "1"]
    # A copy of the same text with another date is the same kernel.
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert run(file) == ["7", "1"]


def test_a_renamed_argument_type_compiles_anew(tmp_path: Path) -> None:
    file = tmp_path / "sums.py"
    file.write_text(SOURCE)
    run(file)
    # What was kept names a class that is no longer there: numba by itself ends with AttributeError.
    file.write_text(SOURCE.replace("Pair", "Couple").replace("pair.one +", "10 * pair.one +"))
    assert run(file) == ["34", "0"]
