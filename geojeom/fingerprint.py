"""What a command depends on besides tables of the results, as fingerprints: its code, and files that no step makes.

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
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from geojeom import ROOMS
from geojeom.catalogues import CATALOGUES
from geojeom.files import why_no_file

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ("geojeom", *ROOMS)
# A shapefile is several files of one name.
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
# The module that renders remarks, and the catalogues of their texts and words.
MESSAGES = ROOT / "geojeom" / "messages.py"
SAID = ("messages.yaml", "osm_kinds.yaml")


def command_digest(room: str, command: str) -> str:
    """Fingerprint of ``geojeom ROOM COMMAND``: its module and every module of ours that it imports, at any depth.

    Parameters
    ----------
    room : str
        The room.
    command : str
        The command as it is typed, with hyphens.

    Returns
    -------
    str
        16 hexadecimal digits.

    Raises
    ------
    KeyError
        Where the room has no such command.
    """
    path = ROOT / room / "commands" / f"{command.replace('-', '_')}.py"
    if not path.is_file():
        raise KeyError(f"geojeom {room} has no command {command}")
    return _digest(path)


def module_digest(name: str) -> str:
    """Fingerprint of one of our modules and of every module of ours that it imports, at any depth.

    Parameters
    ----------
    name : str
        Its dotted name (``spatial.store.read``).

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    return _digest(ROOT.joinpath(*name.split(".")).with_suffix(".py"))


def sources() -> str:
    """Fingerprint of all that ``command_digest`` may look at, byte by byte: it says nothing new where this is the same.

    Hashing every module takes hundredths of a second, parsing them the better part of one.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    total = hashlib.sha256()
    files = [path for room in HOUSE for path in sorted((ROOT / room).rglob("*.py"))]
    for path in [*files, *(CATALOGUES / name for name in SAID)]:
        total.update(f"{path.relative_to(ROOT)} {_read(path)}\n".encode())
    return total.hexdigest()


def _digest(start: Path) -> str:
    modules = _closure(start)
    text = [_module(path)[0] for path in sorted(modules)]
    # What a module remarks on stands in a catalogue, which is as much its text as its own lines.
    text += [_read(CATALOGUES / name) for name in SAID if MESSAGES in modules]
    return hashlib.sha256("\n".join(text).encode()).hexdigest()[:16]


def contents(paths: Iterable[Path | str]) -> str:
    """Fingerprint of what some files hold, whatever their dates and in whatever order they are named.

    Parameters
    ----------
    paths : iterable of Path or str
        The files; a shapefile with its parts. One that is not there counts as empty. Each is read once in a process.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    return _of_files(paths, _content)


def contents_now(paths: Iterable[Path | str]) -> str:
    """``contents`` of files that may have changed since they were last asked for.

    Parameters
    ----------
    paths : iterable of Path or str
        The files; a shapefile with its parts. One that is not there counts as empty.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    return _of_files(paths, _read)


def _of_files(paths: Iterable[Path | str], content: Callable[[Path], str]) -> str:
    files = {file for path in paths for file in with_parts(Path(path))}
    text = "\n".join(f"{path.name} {content(path)}" for path in sorted(files))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def with_parts(path: Path) -> list[Path]:
    """A file with those that belong to it: a shapefile is several.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    list of Path
        Those that are there; the file alone where none is.
    """
    if path.suffix.lower() != ".shp":
        return [path]
    beside = (path.with_suffix(end) for part in PARTS for end in (part, part.upper()))
    return [file for file in beside if not why_no_file(file)] or [path]


def not_later_than_now(folder: Path) -> None:
    """Date the files of a folder that are dated in the future now, so that what is made from them is no older.

    Parameters
    ----------
    folder : Path
        What lies in it at any depth is looked at; another user's files stay as they are.
    """
    now = time.time()
    for path in folder.rglob("*"):
        # Another user's file stays as it is.
        with suppress(OSError):
            if path.is_file() and path.stat().st_mtime > now:
                os.utime(path, (now, now))


@cache
def _content(path: Path) -> str:
    return _read(path)


def _read(path: Path) -> str:
    # Of no file: the command that reads it says what is wrong.
    if why_no_file(path):
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _closure(start: Path) -> set[Path]:
    """Return the file ``start`` and the files of all modules of ours that it imports, at any depth."""
    seen: set[Path] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += _module(path)[1]
    return seen


@cache
def _module(path: Path) -> tuple[str, frozenset[Path]]:
    """The hash of what the parser keeps of a file, and the files of our own modules imported anywhere in it.

    The tree itself is not kept: there are hundreds of thousands of nodes in all of them.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for statement in _statements(tree.body):
        if isinstance(statement, ast.Import):
            names |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module and statement.level == 0:
            names |= {statement.module} | {f"{statement.module}.{alias.name}" for alias in statement.names}
    paths = (ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in names if name.split(".")[0] in HOUSE)
    return hashlib.sha256(" ".join(_kept(tree, [])).encode()).hexdigest(), frozenset(filter(Path.is_file, paths))


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Statements with those inside of them, at any depth; between a statement and them stand handlers and cases."""
    for one in body:
        yield one
        for part in ("body", "handlers", "orelse", "finalbody", "cases"):
            inside = getattr(one, part, ())
            yield from _statements(inside if isinstance(inside, list) else ())


def _kept(node: ast.AST, into: list[str]) -> list[str]:
    """What a node and those below it are, without their places in the file: a third of the work of ``ast.dump``."""
    into.append(type(node).__name__)
    for name in node._fields:
        into.append(name)
        part = getattr(node, name, None)
        for one in part if isinstance(part, list) else (part,):
            if isinstance(one, ast.AST):
                _kept(one, into)
            else:
                into.append(repr(one))
    return into
