"""The parts of Snakemake rules that follow from what a command declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import Any

from snakemake.io import ancient
from snakemake.ioflags import update

from geojeom.command import Command, asset_files, step
from geojeom.configuration import digest, source_files
from geojeom.fingerprint import command_digest, contents, contents_now, sources
from geojeom.warm import State

RESULTS = "results/{region}/"
INDEX = "sources/index.json"


class Rules:
    """Inputs, outputs and parameters of the rule of a command.

    ``regions`` are the resolved configurations by name of the region, ``made`` the source files that a rule makes (of
    the sample city), ``catalogues`` the folder of shipped tables.

    Files in a folder of their own (``sources/land.parquet``) are tables of the checkpoint ``sources``, which leaves
    those that come out the same as they were: what they hold counts, by the parameter ``tables``, not their dates.
    """

    def __init__(self, regions: Mapping[str, dict[str, Any]], made: Set[str], catalogues: Path) -> None:
        self._regions = regions
        self._made = made
        self._catalogues = catalogues
        # Fingerprints of code take two seconds of every start: they are remembered, as long as no module has changed.
        self._known, self._sources_now = State(Path(RESULTS).parent), sources()

    def inputs(self, room: str, name: str, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """What the command reads, by a name made of the file's; ``without`` files that the rule names itself."""
        command = step(room, name)
        # A changed setting re-runs the rules that use it (a parameter) and no others: the file itself is ancient.
        parts: dict[str, Any] = {"region": ancient(RESULTS + "region.json")}
        if _has_tables(command):
            # That it was written again says nothing. Who depends on a checkpoint is asked again when it has run.
            parts["index"] = ancient(RESULTS + INDEX)
        plain = dict.fromkeys(command.reads) | dict(command.reads_where)
        for file, setting in plain.items():
            if file not in without and "/" not in file:
                parts[_word(file)] = self._where(file, command) if setting else RESULTS + file
        if command.finds:
            parts["found"] = self._found(command)
        if command.sources:
            parts["made"] = lambda w: [path for path in self._sources(w.region, command) if path in self._made]
        return parts

    def outputs(self, room: str, name: str) -> dict[str, str]:
        """What the command writes, by a name made of the file's.

        Where it writes further files, which are no outputs, it takes up from those that are there: it updates.
        """
        files = step(room, name).writes
        fixed = {_word(file): RESULTS + file for file in files if "*" not in file}
        return fixed if len(fixed) == len(files) else {word: update(file) for word, file in fixed.items()}

    def params(self, room: str, name: str) -> dict[str, Any]:
        """Fingerprints of the settings the command uses, of its code, and of the files it reads that no rule makes."""
        command = step(room, name)
        tables = {"tables": lambda w: self._tables(w.region, command)} if _has_tables(command) else {}
        return tables | {
            "settings": lambda w: digest(self._regions[w.region], *command.settings),
            "read": lambda w: contents(
                [
                    *(path for path in self._sources(w.region, command) if path not in self._made),
                    *(self._catalogues / f"{table}.yaml" for table in command.catalogues),
                    *asset_files(room, command),
                ]
            ),
            "code": self._code(room, name),
        }

    def remember(self) -> None:
        """Keep what took time to find out, for the next start."""
        if self._known.learned:
            self._known.save()

    def _code(self, room: str, name: str) -> str:
        return str(self._known.answer(f"{room} {name}", self._sources_now, lambda: command_digest(room, name)))

    def _sources(self, region: str, command: Command) -> list[str]:
        """Source files the command reads; the boundary and others, by the parts of the region file it names."""
        return list(source_files(self._regions[region], *command.sources).values()) if command.sources else []

    def _where(self, file: str, command: Command) -> Callable[[Any], list[str]]:
        return lambda w: [f"results/{w.region}/{file}"] * (file in self._inputs(w.region, command))

    def _inputs(self, region: str, command: Command) -> tuple[str, ...]:
        return command.inputs(self._regions[region])

    def _tables(self, region: str, command: Command) -> str:
        """Fingerprint of the tables of sources that the command reads, as they are now."""
        folder = Path("results", region)
        asked = [file for file in self._inputs(region, command) if "/" in file]
        return contents_now(path for file in asked for path in folder.glob(file))

    def _found(self, command: Command) -> Callable[[Any], list[str]]:
        return lambda w: sorted(
            str(path) for pattern in command.finds for path in Path("results", w.region).glob(pattern)
        )


def _has_tables(command: Command) -> bool:
    return any("/" in file for file in (*command.reads, *command.reads_where))


def _word(file: str) -> str:
    """A file's name as a name in a rule: ``report.html`` is ``report``.

    But ``streets.json`` is ``streets_json`` and ``reasons.csv`` is ``reasons_csv``: an account, and a table for
    people, have the name of the table that they go with.
    """
    path = Path(file)
    return f"{path.stem}_{path.suffix[1:]}" if path.suffix in (".json", ".csv") else path.stem
