"""Settings that hold: hypothesis strategies made of the models' own types and ranges."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from geojeom.quantities import Quantity


def valid(kind: Any) -> st.SearchStrategy[Any]:
    """Plain data that each part of a type takes; what a model holds of its fields together may still refuse it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        quantity = next((note for note in arguments[1:] if isinstance(note, Quantity)), None)
        return valid(arguments[0]) if quantity is None else within(quantity, whole=arguments[0] is int)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(valid, arguments))
    if origin is list:
        return st.lists(valid(arguments[0]), min_size=1, max_size=3)
    if origin is tuple:
        return st.tuples(*map(valid, arguments))
    if origin is dict:
        return st.dictionaries(valid(arguments[0]), valid(arguments[1]), min_size=1, max_size=3)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        needed, other = {}, {}
        for name, field in kind.model_fields.items():
            inner = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            (needed if field.is_required() else other)[name] = valid(inner)
        return st.fixed_dictionaries(needed, optional=other)
    return {str: st.text("ab", min_size=1, max_size=3), bool: st.booleans(), type(None): st.none()}[kind]


def within(quantity: Quantity, *, whole: bool) -> st.SearchStrategy[Any]:
    """Numbers of a range, its ends and what is usual above all."""
    low, high = quantity.low, quantity.high
    numbers = st.integers(int(low), int(high)) if whole else st.floats(low, high)
    ends = [low, high, *(quantity.usual or ()), *([0] if quantity.free or low <= 0 <= high else [])]
    return st.sampled_from([int(end) if whole else end for end in ends]) | numbers


def put(raw: Any, key: str, value: Any) -> None:
    """Set a value of nested keys and lists by its key as faults name it (``services[2].adoption.p``)."""
    *before, last = key.replace("[", ".").replace("]", "").split(".")
    for step in before:
        raw = raw[int(step)] if isinstance(raw, list) else raw[step]
    raw[int(last) if isinstance(raw, list) else last] = value
