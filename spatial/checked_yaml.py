"""YAML files checked against a model: every fault at once, in words a planner can act on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from spatial.errors import Fault, RegionError, raise_if_any

M = TypeVar("M", bound=BaseModel)


def read_catalogue(path: Path, shape: type[M]) -> M:
    """Read one YAML table of facts and check it; RegionError with every fault."""
    faults: list[Fault] = []
    model = parse(shape, read_yaml(path), str(path), faults)
    raise_if_any(RegionError, faults)
    assert model is not None
    return model


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file of keys and values; RegionError when it is not one, naming the line where it breaks off."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise RegionError(
            Fault(str(path), "a readable YAML file", "no such file", "Check the name and the folder.")
        ) from None
    except UnicodeDecodeError:
        raise RegionError(
            Fault(str(path), "UTF-8 text", "another encoding", "Save the file as UTF-8 (in the editor: Save as).")
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise RegionError(
            Fault(
                str(path),
                "valid YAML",
                str(getattr(error, "problem", error)),
                "Check indentation, colons and quotes at that line.",
                row=place,
            )
        ) from None
    if not isinstance(content, dict):
        raise RegionError(
            Fault(str(path), "keys and values", type(content).__name__, "Start from data/regions/haemil.yaml.")
        )
    return content


def parse(shape: type[M], raw: dict[str, Any], file: str, faults: list[Fault]) -> M | None:
    """Check ``raw`` against a model; None where it does not hold, with every fault added to ``faults``."""
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        faults.extend(fault_of(file, item, shape) for item in error.errors())
        return None


def fault_of(file: str, item: Any, shape: type[BaseModel] | None = None) -> Fault:
    """One pydantic error as a Fault; with ``shape`` an unknown key at the top is told the known ones."""
    key = ""
    for part in item["loc"]:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else str(part)
    if item["type"] == "extra_forbidden":
        known = ", ".join(shape.model_fields) if shape is not None and len(item["loc"]) == 1 else ""
        return Fault(
            file,
            f"one of: {known}" if known else "a key this section knows",
            "an unknown key",
            "Correct the spelling or take the key out.",
            column=key,
        )
    if item["type"] == "missing":
        return Fault(file, "a value", "nothing", "Add this key.", column=key)
    found = repr(item["input"])
    return Fault(
        file,
        item["msg"].removeprefix("Value error, ").removeprefix("Input should be "),
        found if len(found) <= 80 else found[:77] + "...",
        "Change the value.",
        column=key,
    )
