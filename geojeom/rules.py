"""The parts of Snakemake rules that follow from what a command declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import Any

from snakemake.io import ancient

from geojeom.command import Command, asset_files, step
from geojeom.configuration import digest, source_files
from geojeom.fingerprint import command_digest, contents

RESULTS = "results/{region}/"


class Rules:
    """Inputs, outputs and parameters of the rule of a command.

    ``regions`` are the resolved configurations by name of the region, ``made`` the source files that a rule makes (of
    the sample city), ``catalogues`` the folder of shipped tables.
    """

    def __init__(self, regions: Mapping[str, dict[str, Any]], made: Set[str], catalogues: Path) -> None:
        self._regions = regions
        self._made = made
        self._catalogues = catalogues

    def inputs(self, room: str, name: str, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
        """What the command reads, by a name made of the file's; ``without`` files that the rule names itself."""
        command = step(room, name)
        # A changed setting re-runs the rules that use it (a parameter) and no others: the file itself is ancient.
        parts: dict[str, Any] = {"region": ancient(RESULTS + "region.json")}
        parts |= {_word(file): RESULTS + file for file in command.reads if file not in without}
        parts |= {_word(file): self._where(file, setting) for file, setting in command.reads_where.items()}
        if command.finds:
            parts["found"] = self._found(command)
        if command.sources:
            parts["made"] = lambda w: [path for path in self._sources(w.region, command) if path in self._made]
        return parts

    def outputs(self, room: str, name: str) -> dict[str, str]:
        """What the command writes, by a name made of the file's."""
        return {_word(file): RESULTS + file for file in step(room, name).writes}

    def params(self, room: str, name: str) -> dict[str, Any]:
        """Fingerprints of the settings the command uses, of its code, and of the files it reads that no rule makes."""
        command = step(room, name)
        return {
            "settings": lambda w: digest(self._regions[w.region], *command.settings),
            "read": lambda w: contents(
                [
                    *(path for path in self._sources(w.region, command) if path not in self._made),
                    *(self._catalogues / f"{table}.yaml" for table in command.catalogues),
                    *asset_files(room, command),
                ]
            ),
            "code": command_digest(room, name),
        }

    def _sources(self, region: str, command: Command) -> list[str]:
        """Source files the command reads; the boundary and others, by the parts of the region file it names."""
        return list(source_files(self._regions[region], *command.sources).values()) if command.sources else []

    def _where(self, file: str, setting: str) -> Callable[[Any], list[str]]:
        section, _, key = setting.partition(".")
        return lambda w: [f"results/{w.region}/{file}"] if self._regions[w.region][section].get(key) else []

    def _found(self, command: Command) -> Callable[[Any], list[str]]:
        return lambda w: sorted(
            str(path) for pattern in command.finds for path in Path("results", w.region).glob(pattern)
        )


def _word(file: str) -> str:
    """A file's name as a name in a rule: ``criteria.parquet`` is ``criteria``, ``report.html`` ``report``."""
    return Path(file).stem
