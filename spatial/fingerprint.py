"""What code a command depends on, as one fingerprint.

Snakemake re-runs a rule when its shell line changes, but sees nothing of the modules that line runs. Each rule
therefore carries ``command_digest`` of its command as a parameter: editing any module the command can reach re-runs
the rule, and editing another does not. Comments and layout do not count: only what the parser keeps.

In the same way it carries ``contents`` of the files that no rule makes. Dates of files say when a disk was written, not
what is on it: an archive of another time zone is dated in the future, and a file put in place of another may be older.
"""

from __future__ import annotations

import ast
import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("spatial", "simulation", "maps")
# A shapefile is several files of one name.
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")


def command_digest(room: str, command: str) -> str:
    """Fingerprint of ``python -m ROOM COMMAND``: its function in the room's door and every module of ours it reaches.

    Raises KeyError when the room has no such command.
    """
    door = ROOT / room / "__main__.py"
    tree = _parse(door)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    name = command.replace("-", "_")
    if name not in functions:
        raise KeyError(f"python -m {room} has no command {command}")
    used = _reached(functions[name], functions)
    modules = set().union(*(_imports(node) for node in used)) | set().union(
        *(_imports(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    )
    closure = _closure(frozenset(modules))
    text = [ast.dump(node) for node in used] + [ast.dump(_parse(path)) for path in sorted(closure)]
    return hashlib.sha256("\n".join(text).encode()).hexdigest()[:16]


def contents(paths: Iterable[Path | str]) -> str:
    """Fingerprint of what some files hold, whatever their dates and in whatever order they are named."""
    files = {file for path in paths for file in _parts(Path(path))}
    text = "\n".join(f"{path.name} {_content(path)}" for path in sorted(files))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def not_later_than_now(folder: Path) -> None:
    """Date the files of a folder that are dated in the future now, so that what is made from them is no older."""
    now = time.time()
    for path in folder.rglob("*"):
        # Another user's file stays as it is.
        with suppress(OSError):
            if path.is_file() and path.stat().st_mtime > now:
                os.utime(path, (now, now))


def _parts(path: Path) -> list[Path]:
    if path.suffix.lower() != ".shp":
        return [path]
    beside = (path.with_suffix(end) for part in PARTS for end in (part, part.upper()))
    return [file for file in beside if file.is_file()] or [path]


@cache
def _content(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        # The command that reads it says what is wrong.
        return ""


def _reached(start: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    """Return the command and the functions beside it that it names, in the order they are met."""
    found = [start]
    for node in found:
        for name in (n.id for n in ast.walk(node) if isinstance(n, ast.Name)):
            if name in functions and functions[name] not in found:
                found.append(functions[name])
    return found


def _closure(modules: frozenset[Path]) -> set[Path]:
    """Return the files of ``modules`` and of all modules of ours that they import, at any depth."""
    seen: set[Path] = set()
    waiting = list(modules)
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += _imports(_parse(path))
    return seen


def _imports(tree: ast.AST) -> set[Path]:
    """Return the files of our own modules imported anywhere below a node."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    paths = (ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in names if name.split(".")[0] in ROOMS)
    return {path for path in paths if path.is_file()}


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
