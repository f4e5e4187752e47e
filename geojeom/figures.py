"""The numbers of a checked model: where each stands, what it is, and whether it is one that is usually given."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from geojeom.errors import Fault
from geojeom.quantities import Quantity, number


class Figure(NamedTuple):
    """A number of a model: its key as faults name it, its value, and what it is (None: it has no range)."""

    key: str
    value: float
    quantity: Quantity | None


def figures(value: Any, kind: Any = None, key: str = "") -> Iterator[Figure]:
    """Every number in a checked model, or in a ``value`` whose type is written as ``kind``."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            # What pydantic took off the type (its range) is put back on.
            inner = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            yield from figures(getattr(value, name), inner, f"{key}.{name}" if key else name)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from figures(item, _inside(kind, dict, 1), f"{key}.{name}" if key else str(name))
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from figures(item, _inside(kind, type(value), at), f"{key}[{at}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield Figure(key, value, next((part for part in _parts(kind) if isinstance(part, Quantity)), None))


def unusual(model: BaseModel, file: str, key: str = "") -> list[Fault]:
    """Say of every number that may be meant, but is not usually given, in which unit it looks usual.

    Numbers that a model fills in by itself are never unusual.

    Parameters
    ----------
    model : BaseModel
        A checked model; what lies in it is looked at too.
    file : str
        The file, as faults name it.
    key : str
        The key of the file at which the model stands; empty for the whole file.

    Returns
    -------
    list of Fault
        One per number, in the order of the model's fields. They are for warnings: each number passes.
    """
    faults = []
    for where, value, quantity in figures(model, key=key):
        if quantity is None or quantity.usual is None or quantity.usually(value):
            continue
        usual = " to ".join(map(number, quantity.usual))
        slips = [f"{slip}." for slip in quantity.meant(value, whole=isinstance(value, int), usual=True)]
        remedy = " ".join([*slips, "Where it is meant, leave it."])
        expected = f"as a rule {usual} {quantity.unit} ({quantity.source})"
        faults.append(Fault(file, expected, number(value), remedy, column=where))
    return faults


def _parts(kind: Any) -> Iterator[Any]:
    """A type, what is annotated to it, and the same of the members of a union."""
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        yield from notes
        yield from _parts(inner)
    elif get_origin(kind) in (Union, types.UnionType):
        for member in get_args(kind):
            yield from _parts(member)
    else:
        yield kind


def _inside(kind: Any, shape: type, at: int) -> Any:
    """The type of what lies at a place of a list, tuple or (1) of a dictionary's values."""
    for part in _parts(kind):
        if get_origin(part) is shape:
            arguments = get_args(part)
            return arguments[min(at, len(arguments) - 1)] if shape is not list else arguments[0]
    return None
