"""What stands in the rooms is used there, or by a script beside them: nothing is kept for tests alone."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("geojeom", "spatial", "simulation", "decisions", "maps")
# What stands there for another reason.
KEPT = {
    ("geojeom", "open"): "notebooks and scripts call it (README)",
    ("maps.explore", "layer"): "geojeom.open(...).explore() does, by way of geojeom.cli.drawing",
    ("maps.facts.text", "fact_text"): "the pages' script says facts by the same rules, and is held to it",
    ("simulation.spread.information_field", "contacts"): "the published model that ours is held to (docs/model.md)",
    ("simulation.spread.information_field", "telling"): "the same",
}
Used = Iterator[tuple[str, str]]


def trees(paths: list[Path]) -> dict[str, ast.Module]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in paths
    }


def used_by(name: str, tree: ast.Module) -> Used:
    """Which (module, function or class) a module uses: of others by import or as a dotted text, of its own by name."""
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
            bound |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            bound |= {alias.asname or alias.name: alias.name for alias in node.names}
    for part in tree.body:
        # A function that calls itself is not used by that.
        own = part.name if isinstance(part, ast.FunctionDef | ast.ClassDef) else ""
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id != own:
                yield name, node.id
            elif isinstance(node, ast.Attribute):
                at = ast.unparse(node.value)
                yield bound.get(at, at), node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                module, _, attribute = node.value.rpartition(".")
                yield module, attribute


def used_in(path: Path) -> Used:
    """The same of a workflow file or a notebook, by its lines of import."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    for module, names in re.findall(r"^\s*from ([\w.]+) import ([\w, ]+)", text, re.MULTILINE):
        yield from ((module, name.strip()) for name in names.split(","))


def unused(ours: dict[str, ast.Module], used: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Public functions and classes that nothing uses; a command's ``run`` is called by its name on the command line."""
    made = {
        (module, part.name)
        for module, tree in ours.items()
        if ".commands." not in module
        for part in tree.body
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and not part.name.startswith("_")
    }
    return made - used


def test_nothing_public_is_used_by_tests_alone() -> None:
    ours = trees([path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "web" not in path.parts])
    scripts = [path for folder in ("data", "docs", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    used = {pair for name, tree in (ours | trees(scripts)).items() for pair in used_by(name, tree)}
    others = [ROOT / "Snakefile", *ROOT.glob("*/rules.smk"), *ROOT.glob("docs/notebooks/*.ipynb")]
    used |= {pair for path in others for pair in used_in(path)}
    assert len(used) > 5000
    assert unused(ours, used) == set(KEPT)


def test_the_search_itself() -> None:
    one = ast.parse(
        "def first(): return second()\ndef second(): return second()\ndef third(): return third()\ndef fourth(): pass"
    )
    two = ast.parse(
        "from a import one\nfrom a.one import first\none.fourth()\ncall('a.two.lonely')\nclass Lonely: pass"
    )
    ours = {"a.one": one, "a.two": two, "a.commands.run": ast.parse("def run(): pass")}
    used = {pair for name, tree in ours.items() for pair in used_by(name, tree)}
    assert unused(ours, used) == {("a.one", "third"), ("a.two", "Lonely")}
