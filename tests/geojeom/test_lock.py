"""A lock ends with the process that holds it, however that comes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from geojeom import lock
from geojeom.errors import FolderError

HOLDER = """
import sys, time
from pathlib import Path
from geojeom.lock import wait_for
wait_for(Path(sys.argv[1]), print)
print("held", flush=True)
time.sleep(60)
"""


def test_a_lock_is_held_by_one_process_and_free_once_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "results" / lock.LOCK
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert lock.take(path) is None
        assert lock.owner(path) == f"process {holder.pid}"
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    held = lock.take(path)
    assert held is not None
    lock.release(held)


def test_a_lock_file_that_somebody_left_is_no_lock(tmp_path: Path) -> None:
    path = tmp_path / lock.LOCK
    path.write_text("4711 and more than a number")
    held = lock.take(path)
    assert held is not None
    # The same file, opened again, is not to be had.
    assert lock.take(path) is None
    lock.release(held)


def test_a_folder_without_room_for_a_lock_is_a_readable_fault(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("")
    with pytest.raises(FolderError, match="a file in its place"):
        lock.take(tmp_path / "results" / lock.LOCK)


def test_who_has_a_lock_that_is_not_there_is_nobody(tmp_path: Path) -> None:
    assert lock.owner(tmp_path / "none") == ""
