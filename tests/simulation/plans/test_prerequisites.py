from __future__ import annotations

from simulation.plans.prerequisites import cycle, in_order


def test_every_prerequisite_comes_before_what_needs_it() -> None:
    assert in_order({"app": ["hub"], "hub": ["net"], "net": []}) == ["net", "hub", "app"]


def test_no_cycle_is_none() -> None:
    assert cycle({"a": ["b", "c"], "b": ["c"], "c": []}) is None


def test_a_cycle_is_named_in_the_direction_of_need() -> None:
    assert cycle({"c": ["a"], "a": ["b"], "b": ["c"], "free": []}) == ["a", "b", "c", "a"]


def test_a_service_that_needs_itself() -> None:
    assert cycle({"a": ["a"]}) == ["a", "a"]
