"""Runs that are cut off or meet one another, and sources dated in the future."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from geojeom.lock import LOCK, owner
from tests.workflow.copies import house, town

# Asked for by its file: of what stands after a checkpoint, Snakemake forgets what `--until` asked for.
CELLS = "results/r_scale/cells.parquet"
FACILITIES = "results/r_scale/facilities.parquet"


def snakemake(folder: Path, asked: str, *further: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "snakemake", "--cores", "1", "--rerun-incomplete", *further]
    env = os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "GEOJEOM_REGION": asked}
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def told(process: subprocess.Popen) -> str:
    text, _ = process.communicate()
    assert process.returncode == 0, text[-4000:]
    return text


def until(holds: Callable[[], object], run: subprocess.Popen) -> None:
    """Wait for something that a run does; fails where the run ends without it, however long either takes."""
    while not holds():
        assert run.poll() is None, "the run has ended"
        time.sleep(0.02)


def test_a_killed_run_is_gone_on_with_and_a_living_one_waited_for(tmp_path):
    folder = house(tmp_path / "house")
    asked = town(folder)
    killed = snakemake(folder, asked, FACILITIES)
    until(lambda: list(folder.glob(".snakemake/incomplete/*")), killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert list(folder.glob(".snakemake/locks/*.lock"))

    first = snakemake(folder, asked, FACILITIES)
    until(lambda: owner(folder / "results" / LOCK) == f"process {first.pid}", first)
    second = told(snakemake(folder, asked, FACILITIES))
    assert f"process {first.pid}" in second
    after = told(first)
    assert "its lock is removed" in after
    assert "LockException" not in after
    assert (folder / FACILITIES).exists()


def test_sources_dated_in_the_future_are_read_and_then_left_alone(tmp_path):
    """Two days ahead, as from an archive of another time zone; and once more after they have been read."""
    folder = house(tmp_path / "house")
    asked = town(folder)
    sources = [folder / "towns" / name for name in ("pop.tif", "zones.geojson")]

    def date(paths: list[Path], days: int) -> None:
        for path in paths:
            os.utime(path, (time.time() + days * 86400,) * 2)

    date(sources, days=2)
    text = told(snakemake(folder, asked, CELLS))
    assert "clock skew" not in text
    assert (folder / CELLS).exists()
    # Of what a step makes, too.
    date([*sources, *folder.glob("results/*/*")], days=3)
    text = told(snakemake(folder, asked, CELLS))
    assert "clock skew" not in text
    assert "rule cells:" not in text
    assert "checkpoint sources:" not in text
    for source in sources:
        source.write_bytes(source.read_bytes() + b"\n")
        date([source], days=3)
        text = told(snakemake(folder, asked, CELLS))
        # What it holds is the same, so that its table is, and no step after it runs.
        assert "checkpoint sources:" in text
        assert "rule cells:" not in text
