"""YAML files checked against a model: every fault at once, in words a planner can act on."""

from __future__ import annotations

import reprlib
import types
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, RootModel, ValidationError

from geojeom.core_yaml import MAX_BYTES, CoreLoader
from geojeom.errors import Fault, RegionError, raise_if_any
from geojeom.files import why_no_file
from geojeom.models import Text
from geojeom.renamed import in_new_words
from geojeom.spelling import composed

M = TypeVar("M", bound=BaseModel)
# What a text must look like, in words; a pattern that is not here is shown as it is.
PATTERNS = {
    "^[A-Z]{2}$": "two capital letters, e.g. KR",
    "^[a-z0-9][a-z0-9_-]{0,39}$": "up to 40 small letters, digits, - and _, e.g. my-city",
    "^[a-z][a-z0-9_]*$": "small letters, digits and _, led by a letter, e.g. land_price",
    r"^\d+$": "digits only",
    r"^\d{4}-\d{2}-\d{2}$": "a day as YYYY-MM-DD, e.g. 2024-01-31",
    r"^(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])$": "a month as YYYY-MM, e.g. 2027-01",
}
MOST_FAULTS = 100
BOX = "four numbers: west, south, east, north"


def read_catalogue(path: Path, shape: type[M]) -> M:
    """Read one YAML table of facts and check it.

    Parameters
    ----------
    path : Path
        The file.
    shape : type of BaseModel
        The model that it is checked against.

    Returns
    -------
    BaseModel
        The checked model, of class ``shape``.

    Raises
    ------
    RegionError
        With every fault, where it is no YAML file (``read_yaml``) or breaks the model.
    """
    faults: list[Fault] = []
    model = parse(shape, read_yaml(path), str(path), faults)
    raise_if_any(RegionError, faults)
    assert model is not None
    return model


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file of keys and values, as the core schema of YAML 1.2 reads it.

    Parameters
    ----------
    path : Path
        The file, in UTF-8, of at most ``MAX_BYTES`` bytes.

    Returns
    -------
    dict
        Its content, renamed keys under their new names.

    Raises
    ------
    RegionError
        Where it cannot be read, is too large, breaks off or is none of keys and values, and with every key that stands
        in it twice; it names the line.
    """
    if found := why_no_file(path):
        remedy = "Check the name and the folder, and that you may read it."
        raise RegionError(Fault(str(path), "a readable YAML file", found, remedy))
    raw = _start_of(path)
    if len(raw) > MAX_BYTES:
        limit = f"at most {MAX_BYTES:,} bytes of YAML"
        raise RegionError(Fault(str(path), limit, "a larger file", "Name the settings, not the data."))
    try:
        loader = CoreLoader(composed(raw.decode("utf-8-sig")))
        content = loader.get_single_data()
    except UnicodeDecodeError:
        raise RegionError(
            Fault(str(path), "UTF-8 text", "another encoding", "Save the file as UTF-8 (in the editor: Save as).")
        ) from None
    # The scanner lets a few errors of Python through, such as that of a character beyond the last.
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        row = f"line {mark.line + 1}" if mark else ""
        raise RegionError(
            Fault(
                str(path),
                "valid YAML",
                _cut(str(getattr(error, "problem", None) or error)),
                "Check indentation, colons and quotes at that line.",
                row=row,
            )
        ) from None
    raise_if_any(
        RegionError,
        [
            Fault(
                str(path),
                "each key once",
                f"it again (first in line {first})",
                "Keep one of the two.",
                row=f"line {line}",
                column=_cut(key),
            )
            for key, line, first in loader.twice[:MOST_FAULTS]
        ],
    )
    if not isinstance(content, dict):
        raise RegionError(
            Fault(str(path), "keys and values", type(content).__name__, "Start from data/regions/haemil.yaml.")
        )
    return in_new_words(content, str(path))


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def parse(shape: type[M], raw: dict[str, Any], file: str, faults: list[Fault]) -> M | None:
    """Check ``raw`` against a model.

    Parameters
    ----------
    shape : type of BaseModel
        The model.
    raw : dict
        What was read of the file.
    file : str
        The file, as faults name it.
    faults : list of Fault
        Gets every fault, at most ``MOST_FAULTS`` one by one.

    Returns
    -------
    BaseModel or None
        The checked model, of class ``shape``; None where ``raw`` does not hold.
    """
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        # A list that is too short is one fault, not one per value it lacks.
        distinct = list(dict.fromkeys(fault_of(file, item, shape) for item in error.errors()[:MOST_FAULTS]))
        faults.extend(distinct)
        if (more := error.error_count() - MOST_FAULTS) > 0:
            faults.append(Fault(file, "settings that hold", f"{more:,} faults more", "Correct those named first."))
        return None


def fault_of(file: str, item: Any, shape: type[BaseModel] | None = None) -> Fault:
    """One error of pydantic's as a fault.

    Parameters
    ----------
    file : str
        The file, as the fault names it.
    item : dict
        A member of ``ValidationError.errors()``.
    shape : type of BaseModel, optional
        The model that was checked: an unknown key is then told the known ones.

    Returns
    -------
    Fault
        Its column is the key, as ``section.key[2]``.
    """
    section, path = _section(shape, item["loc"])
    key = ""
    for part in path:
        key += f"[{part}]" if isinstance(part, int) else f".{_cut(part)}" if key else _cut(part)
    context = item.get("ctx", {})
    found = shown(item["input"])
    kind = item["type"]
    if kind == "extra_forbidden":
        known = ", ".join(section.model_fields) if section is not None else ""
        expected = f"one of: {known}" if known else "a key this section knows"
        return Fault(file, expected, "an unknown key", "Correct the spelling or take the key out.", column=key)
    if kind == "union_tag_invalid":
        known = context["expected_tags"].replace("'", "")
        return Fault(file, f"one of: {known}", shown(context["tag"]), "Correct the spelling.", column=f"{key}.kind")
    short = kind == "missing" and isinstance(path[-1], int)
    if short or (kind == "too_long" and context["field_type"] == "Tuple") or kind == "tuple_type":
        key = key.rpartition("[")[0] if short else key
        expected = BOX if key.endswith("bbox") else "a list of as many values as this key takes"
        return Fault(file, expected, found, "Change the value.", column=key)
    if kind in ("missing", "union_tag_not_found"):
        return Fault(file, "a value", "nothing", "Add this key.", column=key if kind == "missing" else f"{key}.kind")
    if kind in ("string_type", "model_type", "dict_type"):
        return _of_another_shape(file, key, item, found)
    expected = item["msg"].removeprefix("Value error, ").removeprefix("Input should be ").partition(", unable to")[0]
    if kind == "string_pattern_mismatch":
        expected = PATTERNS.get(context["pattern"], f"a text that matches {context['pattern']}")
    # Of a figure beyond what can be meant: the unit it seems to be in.
    slip = context.get("slip")
    remedy = f"In {slip}." if slip else "Change the value."
    return Fault(file, expected, found, remedy, column=key)


def shown(value: Any) -> str:
    """A value as a fault shows it: cut before it is written out, as it may be long without end.

    Parameters
    ----------
    value : any
        What was found.

    Returns
    -------
    str
        At most 80 letters of its Python form.
    """
    brief = reprlib.Repr()
    brief.maxlevel, brief.maxstring, brief.maxother, brief.maxlong = 2, 77, 77, 77
    text = brief.repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _cut(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:97]}..."


def _of_another_shape(file: str, key: str, item: Any, found: str) -> Fault:
    """What is no text, or no keys and values, where there should be some."""
    value, kind = item["input"], item["type"]
    both = item.get("ctx", {}).get("class_name") == Text.__name__
    expected = "text" if kind == "string_type" else "{ko: ..., en: ...}" if both else "keys and values"
    if value is None:
        return Fault(file, expected, "nothing", "Write it, or take the key out.", column=key)
    if kind == "string_type" and isinstance(value, bool | int | float):
        # 2025, 0411 and true are no texts; what was written cannot be told any more.
        return Fault(file, expected, found, 'Put it in quotes, e.g. "2025" or "0411".', column=key)
    return Fault(file, expected, found, "Change the value.", column=key)


def _section(
    shape: type[BaseModel] | None, loc: tuple[str | int, ...]
) -> tuple[type[BaseModel] | None, list[str | int]]:
    """The model that has the last key of an error's place, and the place as the file has it.

    Pydantic names in it which of several models was taken (``counts[0].raster.path``); no file has such a key.
    """
    path: list[str | int] = []
    section: type[BaseModel] | None = None
    options: list[Any] = _options(shape)
    for part in loc:
        tagged = [option for option in options if len(options) > 1 and _is_tagged(option, part)]
        if tagged:
            options = tagged
            continue
        path.append(part)
        held = [option for option in options if _is_model(option)]
        section = held[0] if len(held) == 1 else None
        options = [inner for option in options for inner in _inner(option, part)]
    return section, path


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_tagged(kind: Any, tag: str | int) -> bool:
    return _is_model(kind) and "kind" in kind.model_fields and get_args(kind.model_fields["kind"].annotation) == (tag,)


def _inner(kind: Any, part: str | int) -> list[Any]:
    """Types a value below ``part`` of a value of type ``kind`` may have."""
    if _is_model(kind):
        return _options(kind.model_fields[part].annotation) if part in kind.model_fields else []
    arguments = get_args(kind)
    if get_origin(kind) in (list, tuple, dict) and arguments:
        return _options(arguments[-1 if get_origin(kind) is dict else 0])
    return []


def _options(kind: Any) -> list[Any]:
    """The members of a union, however it is wrapped."""
    if get_origin(kind) is Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return [option for member in get_args(kind) for option in _options(member)]
    if _is_model(kind) and issubclass(kind, RootModel):
        return _options(kind.model_fields["root"].annotation)
    return [kind]
