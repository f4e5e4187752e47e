"""The pipeline as the commands declare it: which steps there are, and an order in which each finds what it reads."""

from __future__ import annotations

from graphlib import TopologicalSorter

from geojeom.command import Command, declared

Step = tuple[str, str]


def in_order(commands: dict[Step, Command]) -> list[Step]:
    """The steps such that each comes after those that write what it reads.

    ``commands`` are the declared commands by room and name. Raises KeyError for a file that no command writes, and
    graphlib.CycleError where steps wait for one another.
    """
    writer = {file: step for step, command in commands.items() for file in command.writes}
    needs = {
        step: {writer[file] for file in (*command.reads, *command.reads_where)} for step, command in commands.items()
    }
    return list(TopologicalSorter(needs).static_order())


def declared_in(names: dict[str, list[str]]) -> dict[Step, Command]:
    """The declarations of all commands of some rooms that have one; ``names`` are the commands of each room."""
    commands = {}
    for room, members in names.items():
        for name in members:
            command = declared(room, name)
            if command is not None:
                commands[room, name] = command
    return commands
