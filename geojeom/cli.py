"""The command line: ``geojeom ROOM COMMAND``. The one module, with ``geojeom`` itself, that names the rooms.

A command is a module of its room's ``commands`` folder with a function ``run``; it is imported when it is called and
not before, so that starting is quick.
"""

from __future__ import annotations

import ast
import logging
import os
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from geojeom import ROOMS as ROOMS  # noqa: PLC0414 -- for those who ask for the commands of all
from geojeom.app import run_app, start
from geojeom.command import command_names, commands_folder, declared
from geojeom.pipeline import before_by_hand, declared_in, out_of_date

log = logging.getLogger("geojeom")
ALONE = "GEOJEOM_ALONE"
# Commands of the rooms that those of `geojeom` itself begin with.
RESOLVE, DRAFT = ("simulation", "resolve"), ("spatial", "draft")

PLAN = "A city's own plan: a workbook written, checked, compared and handed in."


def load(room: str, name: str) -> TyperCommand:
    """Import a command's module and return its ``run`` as a command of the command line."""
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    single.command(name)(_after_others(room, name))
    command = typer.main.get_command(single)
    assert isinstance(command, TyperCommand)
    return command


def _after_others(room: str, name: str) -> Callable[..., Any]:
    """A command's ``run`` as it runs by hand: tables of sources that it reads are brought up to date before.

    A workflow runs each step by itself and says so (``ALONE`` in the environment).
    """
    run = function(room, name)
    if declared(room, name) is None or os.environ.get(ALONE):
        return run

    @wraps(run)
    def prepared(folder: Path, **others: Any) -> Any:
        commands = declared_in({room: command_names(room) for room in ROOMS})
        for step in before_by_hand((room, name), commands):
            if out_of_date(folder, commands[step]):
                log.info("%s before %s", step[1], name)
                function(*step)(folder)
        return run(folder, **others)

    return prepared


def function(room: str, name: str) -> Callable[..., Any]:
    """Import a command's module and return its ``run``.

    Parameters
    ----------
    room, name : str
        The room, and the command with hyphens or underscores.

    Returns
    -------
    callable
        Takes what the command does.
    """
    module, _, attribute = dotted(room, name).rpartition(".")
    run: Callable[..., Any] = getattr(import_module(module), attribute)
    return run


def dotted(room: str, name: str) -> str:
    """Where a command's ``run`` stands, for a process that imports it by itself.

    Parameters
    ----------
    room, name : str
        The room, and the command with hyphens or underscores.

    Returns
    -------
    str
        The dotted name of the function.
    """
    return f"{room}.commands.{name.replace('-', '_')}.run"


def drawing() -> ModuleType:
    """The module that draws the live maps of ``geojeom.open(...).explore()``; it is imported when a map is asked for.

    Returns
    -------
    module
        ``maps.explore``.
    """
    return import_module("maps.explore")


def summary(room: str, name: str) -> str:
    """First line of the command's docstring, read without importing it."""
    text = (commands_folder(room) / f"{name.replace('-', '_')}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]


class PlanGroup(TyperGroup):
    """The commands of all rooms that are about a plan workbook: ``plan-new`` of a room is ``geojeom plan new``."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is the library's
        """The names of the commands, without the word they share."""
        return sorted(plan_commands())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of that name, or None where there is none."""
        room = plan_commands().get(cmd_name)
        return None if room is None else load(room, f"plan-{cmd_name}")

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the commands with their summaries, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, summary(room, f"plan-{name}")) for name, room in sorted(plan_commands().items())]
            )


def plan_commands() -> dict[str, str]:
    """The commands about a plan workbook, and the room of each."""
    return {
        name.removeprefix("plan-"): room for room in ROOMS for name in command_names(room) if name.startswith("plan-")
    }


class RoomGroup(TyperGroup):
    """The commands of a room, or of ``geojeom`` itself, each imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, after those of the rooms."""
        return [*super().list_commands(ctx), *command_names(str(self.name))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command or room of that name, or None where there is none."""
        name = str(self.name)
        return load(name, cmd_name) if cmd_name in command_names(name) else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List commands and rooms with their summaries, importing none of them."""
        name = str(self.name)
        rooms = [(room, {**ROOMS, "plan": PLAN}[room]) for room in super().list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rooms + [(command, summary(name, command)) for command in command_names(name)])


def options(
    log: Annotated[Path | None, typer.Option(help="Also write the log to this file.")] = None,
    threads: Annotated[int, typer.Option(min=1, help="Threads for the numerical kernels.")] = 1,
) -> None:
    """Options that the commands of every room have."""
    start(log, threads)


def room_app(room: str) -> typer.Typer:
    """The command-line app of a room."""
    app = _group(room, RoomGroup, ROOMS[room])
    app.callback()(options)
    return app


def _group(name: str, shape: type[TyperGroup], about: str) -> typer.Typer:
    return typer.Typer(
        name=name,
        cls=shape,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def run_room(room: str) -> None:
    """Run ``python -m ROOM``.

    Parameters
    ----------
    room : str
        The name of a room that has commands.
    """
    run_app(typer.main.get_command(room_app(room)))


def main() -> None:
    """Run ``geojeom``."""
    app = _group("geojeom", RoomGroup, "Site planning and diffusion simulation for regional-hub smart cities.")
    app.callback()(options)
    for room in ROOMS:
        app.add_typer(room_app(room))
    app.add_typer(_group("plan", PlanGroup, PLAN))
    run_app(typer.main.get_command(app))


if __name__ == "__main__":
    main()
