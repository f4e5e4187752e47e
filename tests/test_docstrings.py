"""What one room shows another says what it takes, gives and raises, in sections as numpydoc has them."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("geojeom", "data", "spatial", "simulation", "decisions", "maps")
# Rooms whose folders say so to one another, too.
BY_FOLDER = ("geojeom", "spatial", "simulation", "decisions")
# Methods that are called by no name of theirs.
UNCALLED = re.compile(r"property|validator|serializer")
# A heading, its rule, and what stands below it up to the next one.
SECTION = re.compile(r"^(\w+)\n-{3,}\n(.*?)(?=\n\w+\n-{3,}\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Public:
    """A function or method that another room, or folder, uses."""

    name: str
    node: ast.FunctionDef
    is_method: bool


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of ours by its dotted name."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "node_modules" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def used_by(tree: ast.Module, modules: set[str]) -> Iterator[tuple[str, str]]:
    """Module and name of what a module uses: ``from x import y``, and ``module.attr`` of modules it imports."""
    aliases, nodes = {}, list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (full := f"{node.module}.{alias.name}") in modules:
                    aliases[alias.asname or alias.name] = full
                else:
                    yield node.module, alias.name
        elif isinstance(node, ast.Import):
            aliases |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in modules}
    for node in nodes:
        if isinstance(node, ast.Attribute) and (used := _dotted(node.value)):
            yield aliases.get(used, used), node.attr


def _dotted(node: ast.expr) -> str:
    """The name of a module that an expression reads as, or asks ``import_module`` for; empty of any other."""
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    if isinstance(node, ast.Call) and _dotted(node.func) == "import_module" and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return node.id if isinstance(node, ast.Name) else ""


@cache
def public() -> dict[str, Public]:
    """What a room shows: its functions, and the methods of its classes, that a module of another room imports.

    Of the rooms BY_FOLDER a module of another folder counts as well.
    """
    modules = trees()
    used = {
        (module, name)
        for user, tree in modules.items()
        for module, name in used_by(tree, set(modules))
        if module in modules and _is_shown(module.split("."), user.split("."))
    }
    # What a notebook calls, and what its maps are drawn by (geojeom.cli.drawing).
    used |= {("geojeom", "open"), ("maps.explore", "layer"), ("maps.explore", "draw")}
    found = [
        one
        for module, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and (module, node.name) in used
        for one in _shown(f"{module}.{node.name}", node)
    ]
    return {one.name: one for one in found}


def _is_shown(module: list[str], user: list[str]) -> bool:
    return module[0] != user[0] or (module[0] in BY_FOLDER and module[1:2] != user[1:2])


def _shown(name: str, node: ast.FunctionDef | ast.ClassDef) -> Iterator[Public]:
    if isinstance(node, ast.FunctionDef):
        yield Public(name, node, is_method=False)
        return
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
            decorators = " ".join(map(ast.unparse, method.decorator_list))
            if not UNCALLED.search(decorators):
                yield Public(f"{name}.{method.name}", method, is_method="staticmethod" not in decorators)


@cache
def sections(docstring: str) -> dict[str, list[tuple[str, str]]]:
    """The sections of a docstring: of each its entries, as what stands at the margin and what stands below it."""
    return {title: _entries(text) for title, text in SECTION.findall(docstring)}


def _entries(text: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for line in filter(str.strip, text.splitlines()):
        if line.startswith(" "):
            head, below = entries.pop()
            entries.append((head, f"{below} {line.strip()}".strip()))
        else:
            entries.append((line, ""))
    return entries


def arguments(one: Public) -> list[str]:
    """The names of a function's arguments in their order, without ``self``."""
    given = one.node.args
    plain = [*given.posonlyargs, *given.args][1 if one.is_method else 0 :]
    starred = [f"*{given.vararg.arg}"] if given.vararg else []
    named = [f"**{given.kwarg.arg}"] if given.kwarg else []
    return [*(argument.arg for argument in plain), *starred, *(argument.arg for argument in given.kwonlyargs), *named]


def gives(node: ast.FunctionDef) -> str:
    """The section that says what a function gives: Returns, Yields, or none."""
    answer = "None" if node.returns is None else ast.unparse(node.returns)
    if answer in ("None", "NoReturn", "Iterator[None]"):
        return ""
    return "Yields" if any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in _own(node)) else "Returns"


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function itself, without the functions inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from _own(child)


@cache
def errors() -> set[str]:
    """Names of our own exception classes, without those that are private to a module."""
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for tree in trees().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    known = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    ours: set[str] = set()
    while more := {name for name, of in bases.items() if of & (known | ours)} - ours:
        ours |= more
    return {name for name in ours if not name.startswith("_")}


@cache
def makers() -> dict[str, str]:
    """Our functions that return an error for their caller to raise: name -> the class."""
    return {
        node.name: ast.unparse(node.returns)
        for tree in trees().values()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) in errors()
    }


def raised(node: ast.FunctionDef) -> set[str]:
    """Our own exception classes that a function raises itself: by ``raise``, or by ``raise_if_any``."""
    names = set()
    for inner in _own(node):
        call = inner.exc if isinstance(inner, ast.Raise) else None
        if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "raise_if_any":
            names.add(ast.unparse(inner.args[0]))
        for part in ast.walk(call) if call else ():
            if isinstance(part, ast.Call):
                name = ast.unparse(part.func).rpartition(".")[2]
                names.add(makers().get(name, name))
    return names & errors()


def faults(one: Public) -> list[str]:
    """What the docstring of a public function lacks or has wrong."""
    parts = sections(ast.get_docstring(one.node) or "")
    told = [name.strip() for head, _ in parts.get("Parameters", []) for name in head.partition(" : ")[0].split(",")]
    wrong = [] if told == arguments(one) else [f"arguments {arguments(one)}, Parameters {told}"]
    wrong += [f"{head} is not described" for head, below in parts.get("Parameters", []) if not below]
    if {"Returns", "Yields"} & set(parts) != {gives(one.node)} - {""}:
        wrong.append(f"section wanted for what it gives: {gives(one.node) or 'none'}")
    named = {head.removeprefix("geojeom.errors.") for head, _ in parts.get("Raises", [])}
    wrong += [f"raises {name} and does not say when" for name in sorted(raised(one.node) - named)]
    # One with a dot is a library's.
    strange = {name for name in named - errors() if "." not in name and not hasattr(builtins, name)}
    wrong += [f"Raises names {name}, which is no error" for name in sorted(strange)]
    wrong += [f"Raises does not say when {head}" for head, below in parts.get("Raises", []) if not below]
    return wrong


WHOLE = """def f(a, *b, c=1, **d) -> int:
    '''Do.

    Parameters
    ----------
    a, *b : float (n,)
        Metres.
    c : int
        Months.
    **d : any
        More.

    Returns
    -------
    int
        Won.

    Raises
    ------
    SourceError
        Where it is damaged.
    '''
    raise damaged(a) from None
"""


@pytest.mark.parametrize(
    ("here", "instead"),
    [
        ("a, *b : float", "a, *e : float"),
        ("c=1", "c=1, e=2"),
        ("        Months.\n", ""),
        ("Returns\n    -------", "Notes\n    -----"),
        ("-> int", "-> None"),
        ("raise damaged(a) from None", "yield a"),
        ("raise damaged(a) from None", "raise_if_any(TableError, a)"),
        ("raise damaged(a) from None", "raise errors.PlanError(a)"),
        ("    SourceError", "    SourcesError"),
    ],
)
def test_a_docstring_that_is_wrong_is_told(here: str, instead: str) -> None:
    def faults_of(text: str) -> list[str]:
        (node,) = ast.parse(text).body
        assert isinstance(node, ast.FunctionDef)
        return faults(Public("f", node, is_method=False))

    assert faults_of(WHOLE) == []
    assert WHOLE.count(here) == 1
    assert faults_of(WHOLE.replace(here, instead)) != []


def test_what_rooms_show_says_what_it_takes_gives_and_raises() -> None:
    assert len(public()) > 150
    wrong = {name: found for name, one in public().items() if (found := faults(one))}
    assert wrong == {}, "\n".join(f"{name}: {'; '.join(found)}" for name, found in wrong.items())
