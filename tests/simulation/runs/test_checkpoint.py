from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from geojeom.errors import FolderError, SourceError
from simulation.runs.checkpoint import Checkpoint

HOLD = """
import sys, time
from pathlib import Path
from simulation.runs.checkpoint import Checkpoint
kept = Checkpoint(Path(sys.argv[1]), "one")
print("held", flush=True)
time.sleep(60)
"""


def test_blocks_come_back_under_their_key_only(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    with Checkpoint(folder, "one") as kept:
        assert not kept.has("west 0 64")
        kept.put("west 0 64", {"adopters": np.array([1, 2], np.uint16), "inside": np.array([3])})
        # What a process that was killed while it wrote leaves behind is no block.
        (kept.folder / ".half.1.partial.npz").write_bytes(b"PK")
    with Checkpoint(folder, "one") as again:
        assert again.blocks == 1
        assert again.has("west 0 64")
        assert again.get("west 0 64", "adopters").tolist() == [1, 2]
        assert again.get("west 0 64", "adopters").dtype == np.uint16
        assert again.get("west 0 64", "inside").tolist() == [3]
        assert not again.has("east 0 64")
    # Another configuration never sees them, and clears them away.
    with Checkpoint(folder, "two") as other:
        assert not other.has("west 0 64")
    with Checkpoint(folder, "one") as gone:
        assert not gone.has("west 0 64")


def test_names_are_text_and_no_paths(tmp_path: Path) -> None:
    with Checkpoint(tmp_path / "blocks", "one") as kept:
        kept.put("../../outside 0 64", {"a": np.zeros(1)})
        assert kept.has("../../outside 0 64")
        assert [path.name for path in tmp_path.iterdir()] == ["blocks"]
        kept.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_block_says_what_to_do(tmp_path: Path) -> None:
    with Checkpoint(tmp_path / "blocks", "one", "geojeom simulation run results/x") as kept:
        kept.put("west 0 64", {"a": np.arange(1000)})
        (path,) = kept.folder.glob("*.npz")
        path.write_bytes(path.read_bytes()[:2000])
        with pytest.raises(
            SourceError, match=r"a damaged one .*Delete it and run `geojeom simulation run results/x` again"
        ):
            kept.get("west 0 64", "a")


def test_a_second_run_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    (folder / "theirs").mkdir()
    with pytest.raises(FolderError, match=rf"another that is under way \(process {child.pid}\)"):
        Checkpoint(folder, "two")
    # What the first has kept is still there.
    assert (folder / "theirs").is_dir()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with Checkpoint(folder, "two") as kept:
        assert kept.blocks == 0
        assert not (folder / "theirs").exists()
        with pytest.raises(FolderError):
            Checkpoint(folder, "two")
        kept.clear()
    # Also within one process, and after the folder has gone.
    Checkpoint(folder, "two").close()
