from __future__ import annotations

from pathlib import Path

import numpy as np

from simulation.runs.checkpoint import Checkpoint


def test_blocks_come_back_under_their_key_only(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    kept = Checkpoint(folder, "one")
    assert kept.get("west 0 64") is None
    kept.put("west 0 64", {"adopters": np.array([1, 2], np.uint16)})
    # What a process that was killed while it wrote leaves behind is no block.
    (kept.folder / ".half.1.partial.npz").write_bytes(b"PK")
    assert Checkpoint(folder, "one").blocks == 1
    again = Checkpoint(folder, "one").get("west 0 64")
    assert again is not None
    assert again["adopters"].tolist() == [1, 2]
    assert again["adopters"].dtype == np.uint16
    assert Checkpoint(folder, "one").get("east 0 64") is None
    # Another configuration never sees them, and clears them away.
    assert Checkpoint(folder, "two").get("west 0 64") is None
    assert Checkpoint(folder, "one").get("west 0 64") is None


def test_names_are_text_and_no_paths(tmp_path: Path) -> None:
    kept = Checkpoint(tmp_path / "blocks", "one")
    kept.put("../../outside 0 64", {"a": np.zeros(1)})
    assert kept.get("../../outside 0 64") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["blocks"]
    kept.clear()
    assert list(tmp_path.iterdir()) == []
