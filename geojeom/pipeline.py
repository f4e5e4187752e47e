"""The pipeline as the commands declare it: which steps there are, and an order in which each finds what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter
from pathlib import Path

from geojeom.command import Command, declared

Step = tuple[str, str]


def in_order(commands: dict[Step, Command]) -> list[Step]:
    """The steps such that each comes after those that write what it reads.

    ``commands`` are the declared commands by room and name. Raises KeyError for a file that no command writes, and
    graphlib.CycleError where steps wait for one another.
    """
    return list(TopologicalSorter(before_each(commands)).static_order())


def before_each(commands: dict[Step, Command]) -> dict[Step, list[Step]]:
    """The steps that write what each step reads.

    Parameters
    ----------
    commands : dict of Command
        By room and name.

    Returns
    -------
    dict of list
        Step -> steps, in alphabetical order.

    Raises
    ------
    KeyError
        For a file that no command writes.
    """
    writer = writers(commands)
    # Sorted, so that the order is the same in every process.
    return {
        step: sorted({writer(file) for file in (*command.reads, *command.reads_where)})
        for step, command in commands.items()
    }


def writers(commands: dict[Step, Command]) -> Callable[[str], Step]:
    """Which step writes a file, or the files that a name with a ``*`` stands for; KeyError where none does."""
    written = {file: step for step, command in commands.items() for file in command.writes}

    def writer(file: str) -> Step:
        for name, step in written.items():
            if file == name or ("*" in name and fnmatchcase(file, name)):
                return step
        raise KeyError(file)

    return writer


def needed(files: Iterable[str], commands: dict[Step, Command]) -> dict[Step, Command]:
    """The steps that some files come from: those that write them, and all before these.

    Parameters
    ----------
    files : iterable of str
        Names of files of a results folder.
    commands : dict of Command
        By room and name.

    Returns
    -------
    dict of Command
        Those of ``commands`` that are needed.

    Raises
    ------
    KeyError
        For a file that no command writes.
    """
    before = before_each(commands)
    steps: dict[Step, Command] = {}
    waiting = list(map(writers(commands), files))
    while waiting:
        step = waiting.pop()
        if step not in steps:
            steps[step] = commands[step]
            waiting += before[step]
    return steps


def before_by_hand(step: Step, commands: dict[Step, Command]) -> list[Step]:
    """The steps to bring up to date before a step that is run by hand: those that stand between it and the sources.

    These are the step that writes the tables of sources (files without a number of their own, ``*``), where the step
    reads some, and steps whose files it reads that are made of such tables alone. Nothing else is run unasked.

    Parameters
    ----------
    step : (str, str)
        Room and name.
    commands : dict of Command
        By room and name.

    Returns
    -------
    list of (str, str)
        In the order in which they run.
    """
    needs = {name: set(before) for name, before in before_each(commands).items()}
    readers = {name for name, command in commands.items() if any("*" in file for file in command.writes)}
    if not needs.get(step, set()) & readers:
        return []
    return [*readers, *sorted(name for name in needs[step] if needs[name] and needs[name] <= readers)]


def out_of_date(folder: Path, command: Command) -> bool:
    """Whether a step has to run before one run by hand: its files are lacking, or older than what it reads.

    A step that reads source files judges them by itself, by what they hold.

    Parameters
    ----------
    folder : Path
        The region's results folder.
    command : Command
        The step's declaration.

    Returns
    -------
    bool
        True where it has to run.
    """
    files = [folder / file for file in command.writes if "*" not in file]
    if command.sources or not all(file.is_file() for file in files):
        return True
    read = [path for file in (*command.reads, *command.reads_where) for path in folder.glob(file)]
    return min(file.stat().st_mtime_ns for file in files) < max(path.stat().st_mtime_ns for path in read)


def declared_in(names: dict[str, list[str]]) -> dict[Step, Command]:
    """The declarations of all commands of some rooms that have one.

    Parameters
    ----------
    names : dict of list of str
        Room -> its commands.

    Returns
    -------
    dict of Command
        By room and name.
    """
    commands = {}
    for room, members in names.items():
        for name in members:
            command = declared(room, name)
            if command is not None:
                commands[room, name] = command
    return commands
