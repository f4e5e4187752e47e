"""What a command of the pipeline reads, writes and uses, declared once beside its code.

Its rule, its fingerprint and the table of files in the docs all come from this declaration.
"""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Command:
    """The contract of one command of the pipeline; names are of files in the region's results folder.

    A name with a ``*`` stands for any number of files (``sources/counts-*.parquet``); whoever writes them also writes
    one file of a fixed name. ``reads_where`` are files that are read only where a setting asks for them: file -> dotted
    key of ``region.json``.
    ``finds`` are patterns of files that are used where they exist and that no step makes (results of commands run by
    hand). ``sources`` are the parts of the region file whose source files are read, ``catalogues`` tables below
    ``data/`` (without ``.yaml``), ``settings`` the dotted keys of ``region.json`` that the result depends on.
    ``only`` says of a file that is read what the result depends on, where that is less than all it holds: file -> the
    dotted name of a function of its path and the resolved region, whose answer (anything JSON has) counts in its place.
    ``assets`` are patterns of files below the room's folder that are part of what is written (a page's script).
    """

    writes: tuple[str, ...]
    reads: tuple[str, ...] = ()
    reads_where: Mapping[str, str] = field(default_factory=dict)
    finds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    assets: tuple[str, ...] = ()
    threads: int = 1

    def inputs(self, resolved: Mapping[str, Any]) -> tuple[str, ...]:
        """The files of the results folder that the command reads for a resolved region.

        Parameters
        ----------
        resolved : mapping
            The resolved configuration, as ``region.json`` has it.

        Returns
        -------
        tuple of str
            Names below the results folder, with ``*`` where they are declared so: ``reads``, then those of
            ``reads_where`` whose setting is set.
        """
        return (*self.reads, *(file for file, setting in self.reads_where.items() if _setting(resolved, setting)))


def _setting(resolved: Mapping[str, Any], dotted: str) -> Any:
    node: Any = resolved
    for key in dotted.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    return node


def commands_folder(room: str) -> Path:
    """The folder that holds a room's commands.

    Parameters
    ----------
    room : str
        The room.

    Returns
    -------
    Path
        Where it is installed.

    Raises
    ------
    ModuleNotFoundError
        For a room there is not.
    """
    spec = find_spec(f"{room}.commands")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{room} has no folder of commands")
    return Path(next(iter(spec.submodule_search_locations)))


def command_names(room: str) -> list[str]:
    """The commands of a room: the modules of its folder ``commands``.

    Parameters
    ----------
    room : str
        The room.

    Returns
    -------
    list of str
        With hyphens, in alphabetical order.
    """
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules([str(commands_folder(room))]))


@cache
def declared(room: str, name: str) -> Command | None:
    """The declaration of a command.

    It is read from the source of the command's module, which is not imported: a workflow asks for all declarations at
    every start, and importing what the commands need takes seconds. So a declaration is made of literals alone.

    Parameters
    ----------
    room, name : str
        The room, and the command with hyphens or underscores.

    Returns
    -------
    Command or None
        None where it is run by hand only and no step of the pipeline.

    Raises
    ------
    FileNotFoundError
        Where the room has no such command.
    """
    path = commands_folder(room) / f"{name.replace('-', '_')}.py"
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and ast.unparse(node.targets[0]) == "COMMAND"
        ):
            values = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in node.value.keywords}
            return Command(**values)
    return None


def asset_files(room: str, command: Command) -> list[Path]:
    """The files that ``assets`` of a room's command names.

    Parameters
    ----------
    room : str
        The room.
    command : Command
        Its declaration.

    Returns
    -------
    list of Path
        In alphabetical order.
    """
    return sorted(path for pattern in command.assets for path in commands_folder(room).parent.glob(pattern))


def step(room: str, name: str) -> Command:
    """The declaration of a step of the pipeline.

    Parameters
    ----------
    room, name : str
        The room, and the command with hyphens or underscores.

    Returns
    -------
    Command
        What it declares.

    Raises
    ------
    KeyError
        Where the command declares none.
    """
    command = declared(room, name)
    if command is None:
        raise KeyError(f"geojeom {room} {name} is no step of the pipeline")
    return command
