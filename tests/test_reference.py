"""The pages of reference are what the code says; every number that settings may give has a range."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Annotated, Any, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from geojeom import quantities
from geojeom.quantities import Quantity

DOCS = Path(__file__).resolve().parents[1] / "docs"
_spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
assert _spec is not None
assert _spec.loader is not None
reference: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

# Free until their own shapes check them: arguments by measure, and what the simulation's room makes models of.
FREE = {("Criterion", "args"), ("Veto", "args"), ("RegionFile", "simulation")} | {
    ("Resolved", name) for name in ("services", "plan", "simulation")
}


@pytest.mark.parametrize("name", list(reference.PAGES))
def test_the_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == reference.PAGES[name](), "run python docs/reference.py"


def unbounded(shapes: list[type[BaseModel]]) -> list[tuple[str, str]]:
    """Fields that take a number of any size, or whatever there is."""
    return [
        (shape.__name__, name)
        for shape in shapes
        for name, kind in reference.fields(shape)
        if any(plain in (int, float, Any, object) and own is None for plain, own in reference.held(kind))
    ]


def test_every_number_of_every_model_has_a_range() -> None:
    shapes = reference.models()
    assert len(shapes) > 60
    assert set(unbounded(shapes)) == FREE


def test_a_number_without_a_range_would_be_found() -> None:
    class Careless(BaseModel):
        one: float
        some: dict[str, list[tuple[str, int | None]]]
        held: quantities.Share | None

    assert unbounded([Careless]) == [("Careless", "one"), ("Careless", "some")]


QUANTITIES = {name: kind for name, kind in vars(quantities).items() if get_origin(kind) is Annotated}


@pytest.mark.parametrize("name", QUANTITIES)
def test_what_has_no_end_passes_no_range(name: str) -> None:
    kind = TypeAdapter(QUANTITIES[name])
    for value in (float("inf"), float("-inf"), float("nan"), 1e308, -1e308, 10**300, -(10**300), True, "1", None, [1]):
        with pytest.raises(ValidationError):
            kind.validate_python(value)


@pytest.mark.parametrize("name", QUANTITIES)
def test_ends_pass_and_the_usual_lies_within(name: str) -> None:
    ((plain, told),) = reference.held(QUANTITIES[name])
    assert isinstance(told, Quantity)
    kind = TypeAdapter(QUANTITIES[name])
    ends = (told.low, told.high) if plain is float else (int(told.low), int(told.high))
    for value in ends:
        assert kind.validate_python(value) == value
    if told.usual is not None:
        assert told.low <= told.usual[0] < told.usual[1] <= told.high
    # A slip is named only where the other unit would bring some number into the range.
    assert all(told.low <= told.high / factor * factor <= told.high * (1 + 1e-9) for factor in told.slips.values())
