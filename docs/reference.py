"""Write the pages of reference from the code: ``python docs/reference.py``. A test holds the pages to the code."""

from __future__ import annotations

import importlib
import pkgutil
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from geojeom import quantities
from geojeom.quantities import Quantity, number

HERE = Path(__file__).resolve().parent
ROOMS = ("geojeom", "spatial", "simulation", "decisions", "maps")


def models() -> list[type[BaseModel]]:
    """Every model that settings are checked against, in the order of rooms, modules and names."""
    for room in ROOMS:
        for found in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    waiting, known = [BaseModel], set()
    while waiting:
        for shape in waiting.pop().__subclasses__():
            if shape not in known:
                known.add(shape)
                waiting.append(shape)
    ours = [shape for shape in known if _is_ours(shape)]
    return sorted(
        ours, key=lambda shape: (ROOMS.index(shape.__module__.split(".")[0]), shape.__module__, shape.__name__)
    )


def _is_ours(shape: Any) -> bool:
    """Whether a class is a model of this project, and no generic one filled in."""
    ours = issubclass(shape, BaseModel) and shape.__module__.split(".")[0] in ROOMS
    return ours and "[" not in shape.__name__


def held(kind: Any) -> Iterator[tuple[Any, Quantity | None]]:
    """The plain types that a type is made of, each with its range where it has one."""
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        quantity = next((note for note in notes if isinstance(note, Quantity)), None)
        yield from ((plain, quantity or own) for plain, own in held(inner))
    elif get_origin(kind) in (Union, types.UnionType, list, tuple, dict):
        for inner in get_args(kind):
            yield from held(inner)
    else:
        yield kind, None


def fields(shape: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """The fields that a model itself adds, with their types, ranges included."""
    for name, field in shape.model_fields.items():
        if not any(name in base.model_fields for base in shape.__mro__[1:] if _is_ours(base)):
            yield name, Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def ranges() -> str:
    """The page of ranges: every quantity, and where it is asked for."""
    places: dict[Quantity, list[str]] = {}
    for shape in models():
        for name, kind in fields(shape):
            for quantity in {own for _, own in held(kind) if own is not None}:
                places.setdefault(quantity, []).append(f"{shape.__name__}.{name}")
    rows = []
    for name, kind in vars(quantities).items():
        if get_origin(kind) is not Annotated:
            continue
        ((_, quantity),) = held(kind)
        assert quantity is not None
        usual = "any" if quantity.usual is None else " to ".join(map(number, quantity.usual))
        slips = ", ".join(quantity.slips) or "–"
        used = ", ".join(f"`{place}`" for place in places.get(quantity, []))
        rows.append((f"`{name}`", quantity.range, usual, quantity.unit, slips, quantity.source, used))
    head = ("quantity", "range", "usual", "unit", "slips known", "where the range is from", "asked for by")
    return _page(
        "Ranges of the numbers in settings",
        "A number beyond its range is a fault: it cannot be meant. One in the range but not usual may be, and is a\n"
        "warning of `check` and in the log. Both name the unit in which it would do. 0, where it passes, is usual.",
        [_table(head, rows)],
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '¦') for cell in line)} |" for line in lines)


def _page(title: str, text: str, parts: list[str]) -> str:
    note = "Written by `python docs/reference.py` from the types in the code: change those, not this page."
    return "\n\n".join([f"# {title}", note, text, *parts]) + "\n"


PAGES = {"ranges.md": ranges}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
