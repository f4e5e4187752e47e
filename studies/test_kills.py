"""Runs killed at any moment.

A run of 64 worlds on the toy city, a block of four worlds at a time, is killed 50 times at random moments, each time
gone on with from what the one before it left, and begun anew when it has come to its end. Every one that ends has the
bytes of a run that nobody disturbed. Among the tests: one kill, in `tests/simulation/test_run.py`.
"""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.simulation.conftest import cells, hub_inside, network, resolved, write_folder
from tests.simulation.test_run import sha256

__all__ = ["cells", "hub_inside", "network", "resolved", "write_folder"]
ROOT = Path(__file__).resolve().parents[1]
KILLS = 50
# Blocks are made slower than they are, so that a kill falls before, between, within and after them.
SLOWLY = """
import sys, time
import simulation.runs.ensemble
from simulation.runs.checkpoint import Checkpoint
simulation.runs.ensemble.WORLDS_PER_BLOCK = 4
put = Checkpoint.put
def slower(self, name, arrays):
    time.sleep(0.03)
    put(self, name, arrays)
Checkpoint.put = slower
print("imported", flush=True)
from geojeom.cli import run_room
run_room("simulation")
"""


def test_kills(write_folder: Callable[..., Path], tell) -> None:
    folder = write_folder()
    whole, cut = folder / "whole.nc", folder / "cut.nc"

    def started(out: Path) -> subprocess.Popen[str]:
        words = ["run", str(folder), "--district", "west", "--worlds", "64", "--out", str(out)]
        command = [sys.executable, "-c", SLOWLY, *words]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "imported\n"
        return child

    # The first compiles, the second says how long one takes.
    for _ in range(2):
        whole.unlink(missing_ok=True)
        begun = time.monotonic()
        assert started(whole).wait() == 0
        lasts_s = time.monotonic() - begun

    rng, kills, ended, left = random.Random(5), 0, 0, []
    while kills < KILLS:
        child = started(cut)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(rng.uniform(0, lasts_s))
        child.kill()
        if child.wait() == -signal.SIGKILL:
            kills += 1
            left.append(len(list(folder.glob(".cut.nc.blocks/*/[!.]*.npz"))))
        if cut.exists():
            assert sha256(cut) == sha256(whole)
            ended += 1
            cut.unlink()
    child = started(cut)
    assert child.wait() == 0
    assert sha256(cut) == sha256(whole)
    assert not (folder / ".cut.nc.blocks").exists()
    tell(
        [
            {"what": "kills", "figure": kills},
            {"what": "kills that left a part of the 16 blocks", "figure": sum(0 < one < 16 for one in left)},
            {"what": "runs that came to their end, all with the same bytes", "figure": ended + 1},
        ]
    )
