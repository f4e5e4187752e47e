"""What a simulation is given and what it returns, as arrays; checked whole before the first month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geojeom.errors import Fault, PlanError, raise_if_any
from simulation.spread.mixing import Rows

# A draw's counter holds service and month in 16 bits each, and cell and world in 32.
COUNTER_WORD = 1 << 32
COUNTER_HALF = 1 << 16
ROW_SUM_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Problem:
    """A city and what is open in it: n cells, S services, E epochs, T months, Z zones; La is 1 or the number of lanes.

    ``number`` names each cell in the random stream (0 … n-1 where left out): give the region's own cell numbers and a
    cell keeps its luck when other cells are left out or put in another order. ``stream`` does the same for each service
    (0 … S-1 where left out). ``order`` is the order in which cells are kept in memory (``spread.order``): it makes
    runs quicker and leaves every world as it is.
    """

    potential: NDArray[np.int32]  # (S, n) M: integer potential adopters
    availability: NDArray[np.float32]  # (E, S, n, La) a·g, 0 to 1, constant within an epoch
    epoch: NDArray[np.int32]  # (T,) the epoch of each month
    hub_travel_s: NDArray[np.float32]  # (n, La) c to the hub; infinite where unreachable
    inside: NDArray[np.bool_]  # (n, La) in the hub's district
    contact: Rows  # K, n × n
    zone: NDArray[np.int32]  # (n,) -1: in no zone, whose hierarchical share is then the cell's own
    zone_weight: NDArray[np.float32]  # (Z, Z) H
    number: NDArray[np.int64] | None = None  # (n,)
    stream: NDArray[np.int64] | None = None  # (S,)
    order: NDArray[np.int64] | None = None  # (n,) each cell once


@dataclass(frozen=True)
class Lanes:
    """Parameters of L lanes, each a world or an alternative plan."""

    p: NDArray[np.float64]  # (S, L) per year
    q: NDArray[np.float64]  # (S, L) per year
    theta_contagious: NDArray[np.float64]  # (L,)
    theta_hierarchical: NDArray[np.float64]  # (L,)
    demonstration: NDArray[np.float64]  # (L,) β
    demonstration_decay_s: NDArray[np.float64]  # (L,) τ_v
    world: NDArray[np.int64]  # (L,) the lane's number in the random stream


@dataclass(frozen=True)
class Outcome:
    """Totals at the end of every month (month 0 is the start), and adopters per cell in the months recorded."""

    inside: NDArray[Any]  # (S, T+1, L) int64, mean field float64
    outside: NDArray[Any]  # (S, T+1, L)
    adopters: NDArray[Any]  # (S, R, n, L) int32, mean field float32


class _Rules:
    """What is asked of a run's arrays, and a fault for each that does not hold."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def need(self, holds: Any, name: str, expected: str, found: Any) -> None:
        if not holds:
            self.faults.append(Fault("the simulation's input", expected, str(found), f"Correct {name}.", column=name))

    def shaped(self, name: str, array: NDArray[Any], *shapes: tuple[int, ...]) -> None:
        self.need(array.shape in shapes, name, " or ".join(f"shape {shape}" for shape in shapes), array.shape)

    def between(self, name: str, array: NDArray[Any], low: float, high: float) -> None:
        wrong = array[~((array >= low) & (array <= high))]
        self.need(wrong.size == 0, name, f"values of {low} to {high}", f"{wrong.size} others, the first {wrong[:1]}")


def check_problem(  # noqa: PLR0917 -- the arguments of a run, in their order
    problem: Problem,
    lanes: Lanes,
    record: NDArray[Any],
    start: NDArray[Any] | None,
    first_month: int,
    seed: int | None,
) -> None:
    """Raise PlanError naming every shape and every value with which the model cannot run.

    Values are looked at where all shapes hold: they say which value belongs to what.
    """
    raise_if_any(PlanError, _shapes(problem, lanes, start))
    faults = [*_of_city(problem), *_of_lanes(lanes), *_of_run(problem, np.asarray(record), start, first_month, seed)]
    raise_if_any(PlanError, faults)


def _numbers(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """``number``, ``stream`` and ``order``, in turn where they are left out."""
    services, cells = problem.potential.shape
    given = ((problem.number, cells), (problem.stream, services), (problem.order, cells))
    number, stream, order = (np.arange(size) if array is None else array for array, size in given)
    return number, stream, order


def _shapes(problem: Problem, lanes: Lanes, start: NDArray[Any] | None) -> list[Fault]:
    rules = _Rules()
    (services, cells), count, zones = problem.potential.shape, lanes.world.size, problem.zone_weight.shape[0]
    epochs = problem.availability.shape[0]
    rules.shaped("availability", problem.availability, *((epochs, services, cells, la) for la in (1, count)))
    rules.shaped("hub_travel_s", problem.hub_travel_s, (cells, 1), (cells, count))
    rules.shaped("inside", problem.inside, (cells, 1), (cells, count))
    rules.shaped("zone", problem.zone, (cells,))
    rules.shaped("zone_weight", problem.zone_weight, (zones, zones))
    rules.shaped("contact.indptr", problem.contact.indptr, (cells + 1,))
    rules.shaped("p", lanes.p, (services, count))
    rules.shaped("q", lanes.q, (services, count))
    for name in ("theta_contagious", "theta_hierarchical", "demonstration", "demonstration_decay_s"):
        rules.shaped(name, getattr(lanes, name), (count,))
    number, stream, order = _numbers(problem)
    rules.shaped("number", number, (cells,))
    rules.shaped("stream", stream, (services,))
    rules.shaped("order", order, (cells,))
    if start is not None:
        rules.shaped("start", start, (services, cells, 1), (services, cells, count))
    return rules.faults


def _of_city(problem: Problem) -> list[Fault]:
    rules = _Rules()
    (services, cells), zones = problem.potential.shape, problem.zone_weight.shape[0]
    number, stream, order = _numbers(problem)
    rules.between("potential", problem.potential, 0, np.iinfo(np.int32).max)
    rules.between("availability", problem.availability, 0, 1)
    rules.between("epoch", problem.epoch, 0, problem.availability.shape[0] - 1)
    rules.between("hub_travel_s", problem.hub_travel_s, 0, np.inf)
    rules.between("zone", problem.zone, -1, zones - 1)
    rules.between("contact.indices", problem.contact.indices, 0, cells - 1)
    rules.between("number", number, 0, COUNTER_WORD - 1)
    rules.between("stream", stream, 0, COUNTER_HALF - 1)
    rules.need(np.unique(stream).size == services, "stream", "a number of its own for each service", stream)
    rules.need((np.sort(order) == np.arange(cells)).all(), "order", "each cell once", order)
    about_one = (1 - ROW_SUM_TOLERANCE, 1 + ROW_SUM_TOLERANCE)
    rules.between("sums of the rows of zone_weight", problem.zone_weight.sum(axis=1), *about_one)
    rules.between("sums of the rows of contact", _row_sums(problem.contact), *about_one)
    rules.need(services <= COUNTER_HALF, "services", f"at most {COUNTER_HALF}", services)
    return rules.faults


def _of_lanes(lanes: Lanes) -> list[Fault]:
    rules, largest = _Rules(), np.finfo(float).max
    for name in ("p", "q", "demonstration"):
        rules.between(name, getattr(lanes, name), 0, largest)
    rules.between("demonstration_decay_s", lanes.demonstration_decay_s, np.finfo(float).tiny, largest)
    rules.between("theta_contagious", lanes.theta_contagious, 0, 1)
    rules.between("theta_hierarchical", lanes.theta_hierarchical, 0, 1)
    # A rounding error over 1 is not a fault: 0.7 + 0.2 + 0.1 is.
    both = lanes.theta_contagious + lanes.theta_hierarchical
    rules.between("theta_contagious + theta_hierarchical", both, 0, 1 + 1e-12)
    rules.between("world", lanes.world, 0, COUNTER_WORD - 1)
    return rules.faults


def _of_run(
    problem: Problem, record: NDArray[Any], start: NDArray[Any] | None, first_month: int, seed: int | None
) -> list[Fault]:
    rules, months = _Rules(), problem.epoch.size
    rules.between("record", record, 0, months)
    rules.need(0 <= first_month <= months, "first_month", f"0 to {months}", first_month)
    rules.need(seed is None or 0 <= seed < COUNTER_WORD**2, "seed", "0 to 2**64 - 1", seed)
    rules.need(months <= COUNTER_HALF, "months", f"at most {COUNTER_HALF}", months)
    if start is not None:
        rules.need((start >= 0).all(), "start", "no negative adopters", start.min())
        rules.need((start <= problem.potential[:, :, None]).all(), "start", "no more adopters than potential", "more")
    return rules.faults


def _row_sums(rows: Rows) -> NDArray[np.float64]:
    running = np.concatenate([[0.0], np.cumsum(rows.weight, dtype=float)])
    return np.asarray(running[rows.indptr[1:]] - running[rows.indptr[:-1]])
