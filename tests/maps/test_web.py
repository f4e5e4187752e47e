"""The scripts of the pages beside Python: values they are held to, what is bundled, and who imports whom."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from tests.maps.web_values import FILE, values

MAPS = Path(__file__).resolve().parents[2] / "maps"
WEB = MAPS / "web"
PAGES = ("compare", "diffusion", "report")
# Modules of a floor use those of lower floors and their own.
FLOORS = {"lib": 0, "rank": 1, "map": 2, "ui": 3, **dict.fromkeys(PAGES, 4)}
FILES = [path for folder in FLOORS for path in sorted((WEB / folder).glob("*.js"))]
IMPORT = re.compile(r'^(?:import|export) (?:[^"\n;]*? from )?"([^"]+)";|^\} from "([^"]+)";', re.MULTILINE)


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == pytest.approx(other, abs=2e-3 if isinstance(one, float) else 0) if one is not None else other is None


def imports() -> list[tuple[str, str]]:
    """Who imports whom, each as its path below maps/web."""
    found = []
    for path in FILES:
        for match in IMPORT.finditer(path.read_text(encoding="utf-8")):
            target = (path.parent / (match[1] or match[2])).resolve()
            assert target.is_file(), f"{path}: {target}"
            found.append((str(path.relative_to(WEB)), str(target.relative_to(WEB))))
    assert len(found) > 150
    return found


def test_the_values_for_the_scripts_are_those_of_today() -> None:
    assert alike(json.loads(FILE.read_text(encoding="utf-8")), json.loads(json.dumps(values())))


def test_modules_use_one_another_one_way_and_never_in_a_circle() -> None:
    folder = {name: name.split("/")[0] for pair in imports() for name in pair}
    up = [
        pair
        for pair in imports()
        if FLOORS[folder[pair[1]]] > FLOORS[folder[pair[0]]]
        or (folder[pair[1]] in PAGES and folder[pair[0]] != folder[pair[1]])
    ]
    assert up == []
    assert list(nx.simple_cycles(nx.DiGraph(imports()))) == []


def test_modules_are_short_and_share_no_global_object() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 450, path
        assert not re.search(r"\b(window|globalThis|self)\.\w+ = ", text), path


def test_every_module_is_in_a_bundle() -> None:
    bundled = "".join((MAPS / "dist" / f"{page}.js").read_text(encoding="utf-8") for page in PAGES)
    assert [str(path) for path in FILES if f"// {path.relative_to(WEB)}\n" not in bundled] == []


def test_the_lock_of_the_tools_names_no_host() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
