"""Steps that do not wait for one another, side by side in two processes, each of which imports and loads but once.

A process that has nothing to do yet prepares the steps to come: it imports their modules and has their kernels compiled
(numba keeps what is compiled on disk, where the other process finds it).
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib import import_module
from multiprocessing import get_context, parent_process
from typing import Any

from geojeom.app import quiet, start
from geojeom.pipeline import Step

# Of more the pipeline has little use: seldom does a third step wait for none of two others.
PROCESSES = 2
INTERRUPTED = 130


@dataclass(frozen=True)
class Workers:
    """What carries steps out, and how many of them at once."""

    pool: Executor
    count: int

    def call(self, function: str, *arguments: Any) -> Any:
        """What a function gives, by its dotted name; this process need not import what it needs.

        Parameters
        ----------
        function : str
            Its dotted name.
        *arguments : any
            What it takes; they can be sent from one process to another.

        Returns
        -------
        any
            What it gives.
        """
        return self.pool.submit(_call, function, *arguments).result()

    def side_by_side(
        self,
        needs: Mapping[Step, list[Step]],
        *,
        stale: Callable[[Step], bool],
        begin: Callable[[Step], Future[Any]],
        prepare: Callable[[Step], Future[Any]],
    ) -> Iterator[tuple[Step, Future[Any]]]:
        """Begin every step that is ``stale`` once those that it needs have ended; yield each that has ended.

        Once one has failed no other is begun. While a step is being prepared it is not begun.

        Parameters
        ----------
        needs : mapping
            Step -> the steps that it needs.
        stale : callable
            Whether a step has to run; asked once all that it needs have ended.
        begin, prepare : callable
            Begin a step, or let it be prepared; give its future.

        Yields
        ------
        step, future : (str, str), Future
            In the order in which they end.
        """
        graph = TopologicalSorter(needs)
        later = list(TopologicalSorter(needs).static_order())
        graph.prepare()
        waiting: list[Step] = []
        running: dict[Future[Any], Step] = {}
        preparing: dict[Future[Any], Step] = {}
        failed = False
        while running or not failed:
            waiting += [] if failed else _ready(graph, stale, later)
            for step in [step for step in waiting if not failed and step not in preparing.values()]:
                waiting.remove(step)
                running[begin(step)] = step
            if not running and not waiting:
                return
            while later and not failed and len(running) + len(preparing) < self.count:
                step = later.pop(0)
                preparing[prepare(step)] = step
            for future in wait([*running, *preparing], return_when=FIRST_COMPLETED).done:
                if future in preparing:
                    del preparing[future]
                    future.result()
                    continue
                step = running.pop(future)
                yield step, future
                if future.exception():
                    failed = True
                else:
                    graph.done(step)


def _call(function: str, *arguments: Any) -> Any:
    module, _, name = function.rpartition(".")
    return getattr(import_module(module), name)(*arguments)


def _ready(graph: TopologicalSorter[Step], stale: Callable[[Step], bool], later: list[Step]) -> list[Step]:
    """The steps that may begin now, when those that are up to date have been passed over; ``later`` has neither."""
    found: list[Step] = []
    while ready := graph.get_ready():
        later[:] = [step for step in later if step not in ready]
        for step in ready:
            if stale(step):
                found.append(step)
            else:
                graph.done(step)
    return found


@contextlib.contextmanager
def workers(threads: int) -> Iterator[Workers]:
    """Processes for the steps, whose kernels use ``threads`` threads; for one thread, this process alone.

    Parameters
    ----------
    threads : int
        At least 1.

    Yields
    ------
    Workers
        They end with the block.
    """
    count = min(PROCESSES, threads)
    if count == 1:
        with ThreadPoolExecutor(1) as pool:
            yield Workers(pool, 1)
        return
    with ProcessPoolExecutor(count, get_context("spawn"), _begin, (threads,)) as pool:
        yield Workers(pool, count)


def _begin(threads: int) -> None:
    """Begin a process: it logs as the one that started it, and ends with it."""
    start(None, threads)
    quiet()
    # Where both are interrupted the other one says so.
    signal.signal(signal.SIGINT, _end)
    # However the other one ended: it might have been killed.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end(*_: Any) -> None:
    raise SystemExit(INTERRUPTED)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(INTERRUPTED)
