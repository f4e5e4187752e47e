"""Write the pages of reference from the code: ``python docs/reference.py``. A test holds the pages to the code."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from geojeom import cli, quantities
from geojeom.checked_yaml import PATTERNS
from geojeom.cli import command_names
from geojeom.pipeline import declared_in, in_order
from geojeom.quantities import Quantity, number
from geojeom.schemas import SCHEMAS
from simulation.plans.catalogue import PlanTemplate, ServiceCatalogue, Settings
from spatial.config.arguments import MEASURES, VETOES
from spatial.config.catalogue import CriteriaSet, Profile, Programme
from spatial.config.minimum import Minimum
from spatial.config.region import RegionFile
from spatial.counts.plausible import Densest
from spatial.finding.suitability import Locate
from spatial.reading.tags import BuildingUses, SpeedTable, TagTable
from spatial.sources.codes import CodeAliases
from spatial.sources.parcels import LandOwners
from spatial.sources.zoning import ZoningTable

# What a column holds, by the start of its type's name.
KINDS = {"string": "text", "int": "whole numbers", "float": "numbers", "bool": "true or false", "object": "lists"}
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


# What each kind of file is checked against, in the order in which somebody meets them.
FILES: list[tuple[str, str, list[type[BaseModel]]]] = [
    ("Region file", "One region. Sections named by a word are files of their own, below.", [RegionFile]),
    ("Criteria", "`criteria:`, a name in `data/criteria` or a path.", [CriteriaSet]),
    ("Arguments of measures", "`args` of a criterion or veto, by its `measure`.", []),
    ("Weights", "`profile:`, a name in `data/profiles` or a path.", [Profile]),
    ("Round of a programme", "`programme:`, a name in `data/programme` or a path.", [Programme]),
    ("Services", "`services:`, a name in `data/services` or a path.", [ServiceCatalogue]),
    ("Plan", "`plan:`, a name in `data/plans` or a path.", [PlanTemplate]),
    ("Simulation", "`simulation:` of the region file.", [Settings]),
    (
        "Tables under data/",
        "What tags, words and codes mean, and what is plausible; of the project, not of a region.",
        [TagTable, BuildingUses, SpeedTable, Minimum, ZoningTable, CodeAliases, LandOwners, Densest, Locate],
    ),
]


def settings() -> str:
    """The page of settings: every key of every file, with what it takes."""
    told: set[type[BaseModel]] = set()
    parts = []
    for title, text, shapes in FILES:
        parts.append(f"## {title}\n\n{text}")
        if not shapes:
            rows = [(f"`{name}`", _keys(shape)) for name, shape in {**MEASURES, **VETOES}.items()]
            parts.append(_table(("measure", "arguments"), rows))
        waiting = list(shapes)
        while waiting:
            shape = waiting.pop(0)
            if shape in told:
                continue
            told.add(shape)
            parts.append(_model(shape))
            waiting = [*(inner for _, kind in _all(shape) for inner in _models(kind)), *waiting]
    return _page("Settings", "Keys in **bold** must be given. Unknown keys are refused. [Ranges](../ranges.md).", parts)


def _model(shape: type[BaseModel]) -> str:
    if issubclass(shape, RootModel):
        rows = [("*any name*", _shown(get_args(shape.model_fields["root"].annotation)[1]), "")]
    else:
        rows = [
            (f"**`{name}`**" if field.is_required() else f"`{name}`", _shown(kind), _default(field))
            for (name, kind), field in zip(_all(shape), shape.model_fields.values(), strict=True)
        ]
    text = inspect.cleandoc(shape.__doc__ or "").replace("``", "`")
    return f"### {shape.__name__}\n\n{text}\n\n{_table(('key', 'takes', 'left out'), rows)}"


def _all(shape: type[BaseModel]) -> list[tuple[str, Any]]:
    """All fields of a model with their types, those of the models it is made from first."""
    return [
        (name, Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        for name, field in shape.model_fields.items()
    ]


def _keys(shape: type[BaseModel]) -> str:
    keys = (
        f"{f'**`{name}`**' if shape.model_fields[name].is_required() else f'`{name}`'}: {_shown(kind)}"
        for name, kind in _all(shape)
    )
    return "; ".join(keys) or "none"


def _default(field: Any) -> str:
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True)
    if value is None or value in ({}, [], ""):
        return "nothing"
    if isinstance(value, BaseModel):
        return "its defaults"
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def _models(kind: Any) -> list[type[BaseModel]]:
    return [plain for plain, _ in held(kind) if isinstance(plain, type) and issubclass(plain, BaseModel)]


def _shown(kind: Any) -> str:
    """A type in words."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        quantity = next((note for note in arguments[1:] if isinstance(note, Quantity)), None)
        pattern = next((note.pattern for note in arguments[1:] if getattr(note, "pattern", None)), None)
        if quantity is not None:
            return f"{'whole number' if arguments[0] is int else 'number'}, {quantity.range} {quantity.unit}"
        return f"{_shown(arguments[0])}: {PATTERNS.get(pattern, f'`{pattern}`')}" if pattern else _shown(arguments[0])
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_shown(one) for one in arguments if one is not type(None)))
    if origin is not None:
        return _composed(origin, arguments)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return {str: "text", bool: "true or false", Any: "keys and values"}[kind]


def _composed(origin: Any, arguments: tuple[Any, ...]) -> str:
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in arguments)
    if origin is dict:
        return f"keys ({_shown(arguments[0])}) with: {_shown(arguments[1])}"
    count = f"{len(arguments)}: " if origin is tuple else ": "
    return f"list of {count}{'; '.join(dict.fromkeys(map(_shown, arguments)))}".replace("of :", "of:")


def tables() -> str:
    """The page of tables: every column that flows between the rooms."""
    parts = []
    for name, schema in SCHEMAS.items():
        rows = [
            (
                f"`{column}`",
                next(words for start, words in KINDS.items() if str(told.dtype).lower().startswith(start)),
                "may be null" if told.nullable else "",
                "; ".join([*map(_rule, told.checks), *(["each once"] if told.unique else [])]),
            )
            for column, told in schema.columns.items()
        ]
        unique = [f"One row for each {', '.join(f'`{one}`' for one in schema.unique)}."] if schema.unique else []
        parts += [f"## {name}", *unique, _table(("column", "holds", "null", "rule"), rows)]
    text = "Checked on read and before write (`geojeom/schemas.py`). What the columns mean: [files](../files.md)."
    return _page("Tables", text, parts)


def _rule(check: Any) -> str:
    """A check of a column in words."""
    stated = check.statistics or {}
    if "allowed_values" in stated:
        return ", ".join(f"`{one}`" for one in stated["allowed_values"])
    ways = {"greater_than": "over {min_value}", "greater_than_or_equal_to": "{min_value} or more"}
    ways |= {"in_range": "{min_value} to {max_value}"}
    return ways[check.name].format(**stated) if check.name in ways else str(check.error or check.name)


def commands() -> str:
    """The page of commands: what each step of the pipeline reads, writes and depends on, in the order they run."""
    declared = declared_in({room: command_names(room) for room in cli.ROOMS})
    parts = []
    for room, name in in_order(declared):
        one = declared[room, name]
        reads = [f"`{file}`" for file in one.reads]
        reads += [f"`{file}` where there is `{setting}`" for file, setting in one.reads_where.items()]
        reads += [f"`{pattern}` where there are some" for pattern in one.finds]
        reads += [f"the source files that `{part}` names" for part in one.sources]
        rows = {
            "reads": reads,
            "writes": [f"`{file}`" for file in one.writes],
            "settings": [f"`{key}`" for key in one.settings],
            "tables of facts": [f"`data/{table}.yaml`" for table in one.catalogues],
        }
        table = _table(("", ""), [(what, ", ".join(names)) for what, names in rows.items() if names])
        parts += [f"## {room} {name}", cli.summary(room, name), table]
    text = (
        "The steps of the pipeline in the order they run, as each declares it beside its code. A `*` stands for any "
        "number of files; settings are keys of `region.json`, which every step reads. A step runs again when what it "
        "reads holds something else, or a setting, a table of facts or its code has changed."
    )
    return _page("Commands of the pipeline", text, parts)


PAGES = {
    "ranges.md": ranges,
    "reference/settings.md": settings,
    "reference/tables.md": tables,
    "reference/commands.md": commands,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
