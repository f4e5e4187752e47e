"""Steps side by side: what waits for what, what is prepared meanwhile, and what comes of a process that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from geojeom.errors import SourceError
from geojeom.pipeline import Step
from geojeom.results import stored
from geojeom.workers import Workers, workers

FIRST, LEFT, RIGHT, LAST = [("toys", name) for name in ("first", "left", "right", "last")]
NEEDS: dict[Step, list[Step]] = {FIRST: [], LEFT: [FIRST], RIGHT: [FIRST], LAST: [LEFT, RIGHT]}


def carried_out(work: Callable[[Step], None], *, fresh: tuple[Step, ...] = ()) -> tuple[list[Step], list[str]]:
    """The steps as they ended, and what began and ended: ``begin left``, ``prepared last``."""
    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:

        def begin(step: Step) -> Future[None]:
            told.append(f"begin {step[1]}")
            return pool.submit(work, step)

        def prepare(step: Step) -> Future[None]:
            def slowly() -> None:
                time.sleep(0.2)
                told.append(f"prepared {step[1]}")

            return pool.submit(slowly)

        stale: Callable[[Step], bool] = lambda step: step not in fresh  # noqa: E731
        ended = list(Workers(pool, 2).side_by_side(NEEDS, stale=stale, begin=begin, prepare=prepare))
    return [step for step, future in ended if not future.exception()], told


def test_steps_that_do_not_wait_for_one_another_run_at_the_same_time() -> None:
    both = threading.Barrier(2)

    def work(step: Step) -> None:
        if step in {LEFT, RIGHT}:
            both.wait(timeout=30)

    ended, _ = carried_out(work)
    assert (ended[0], set(ended[1:3]), ended[3]) == (FIRST, {LEFT, RIGHT}, LAST)


def test_a_step_that_is_up_to_date_is_passed_over() -> None:
    ended, told = carried_out(lambda step: None, fresh=(FIRST, RIGHT))
    assert ended == [LEFT, LAST]
    assert [line for line in told if line.startswith("begin")] == ["begin left", "begin last"]
    assert not {"prepared first", "prepared right"} & set(told)


def test_what_comes_is_prepared_while_there_is_nothing_to_do_and_begun_after() -> None:
    ended, told = carried_out(lambda step: time.sleep(0.1 if step == FIRST else 0))
    assert ended[0] == FIRST
    assert told.index("begin first") < told.index("prepared left") < told.index("begin left")


def test_after_a_failure_nothing_is_begun() -> None:
    def work(step: Step) -> None:
        if step == LEFT:
            raise ValueError("no")

    ended, told = carried_out(work)
    assert FIRST in ended
    assert "begin last" not in told


def test_a_fault_comes_whole_from_another_process(tmp_path: Path) -> None:
    with workers(2) as others:
        assert others.pool.submit(os.getpid).result() != os.getpid()
        with pytest.raises(SourceError) as there:
            others.pool.submit(stored, tmp_path, "sources.json").result()
    with pytest.raises(SourceError) as here:
        stored(tmp_path, "sources.json")
    assert there.value.faults == here.value.faults
    assert str(there.value) == str(here.value)


def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    code = """
import os, time
from geojeom.workers import workers
if __name__ == "__main__":
    with workers(2) as others:
        print(others.pool.submit(os.getpid).result(), flush=True)
        others.pool.submit(time.sleep, 300).result()
"""
    (tmp_path / "begins.py").write_text(code)
    with subprocess.Popen([sys.executable, tmp_path / "begins.py"], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        other = int(first.stdout.readline())
        os.kill(other, 0)
        first.kill()
    until = time.monotonic() + 60
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.kill(other, 0)
            time.sleep(0.05)
        pytest.fail("it goes on")
