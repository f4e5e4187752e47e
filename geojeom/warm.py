"""One region's pipeline: a step runs only where what it reads, its settings or its code have changed.

Steps are carried out by ``geojeom.workers``, whose processes import libraries and load kernels once.
For one region of ordinary size this takes a fraction of the time of a process per step. Many regions, or very large
ones, are for the Snakemake workflow, which runs the same commands.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any

from geojeom.command import Command, asset_files
from geojeom.configuration import digest, source_files
from geojeom.errors import cannot_write
from geojeom.files import atomic, why_no_file
from geojeom.fingerprint import command_digest, sources, with_parts
from geojeom.pipeline import Step, before_each
from geojeom.workers import Workers

STATE = ".steps.json"


class State:
    """What each step last ran on: a key made of settings, code and the content of its inputs; and known hashes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE
        self.keys: dict[str, str] = {}
        # The files that each step last wrote under a name with a *.
        self.made: dict[str, list[str]] = {}
        self._hashes: dict[str, list[Any]] = {}
        self._answers: dict[str, list[Any]] = {}
        self.learned = False
        with contextlib.suppress(OSError, ValueError, KeyError):
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            self.keys, self.made, self._hashes = stored["keys"], stored["made"], stored["hashes"]
            self._answers = stored["answers"]

    def content(self, path: Path) -> str:
        """SHA-256 of a file; of one whose size and time are as before the hash is remembered. Empty for no file.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        if why_no_file(path):
            return ""
        status = path.stat()
        seen = [status.st_size, status.st_mtime_ns]
        known = self._hashes.get(str(path))
        if known is None or known[:2] != seen:
            with path.open("rb") as file:
                known = [*seen, hashlib.file_digest(file, "sha256").hexdigest()]
            self._hashes[str(path)] = known
        return str(known[2])

    def answer(self, question: str, seen: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, as JSON has it: remembered as long as ``seen``, all that it depends on, is the same.

        Parameters
        ----------
        question : str
            What is asked, as it is remembered by.
        seen : str
            Fingerprint of all that the answer depends on.
        make : callable
            Gives the answer; takes nothing.

        Returns
        -------
        any
            What JSON has.
        """
        known = self._answers.get(question)
        if known is None or known[0] != seen:
            known = self._answers[question] = [seen, make()]
            self.learned = True
        return known[1]

    def save(self) -> None:
        """Write the state beside the results.

        Raises
        ------
        FolderError
            Where it cannot be written.
        """
        stored = {"keys": self.keys, "made": self.made, "hashes": self._hashes, "answers": self._answers}
        with atomic(self._path) as partial:
            partial.write_text(json.dumps(stored), encoding="utf-8")


def run(
    folder: Path,
    resolved: dict[str, Any],
    commands: dict[Step, Command],
    catalogues: Path,
    *,
    workers: Workers,
    say: Callable[[str], None],
) -> list[str]:
    """Bring every step of a region up to date.

    Parameters
    ----------
    folder : Path
        The region's results folder; it holds ``region.json``.
    resolved : dict
        What that holds.
    commands : dict of Command
        The steps, by room and name.
    catalogues : Path
        The folder of the tables of facts.
    workers : Workers
        What carries them out.
    say : callable
        Is told of each step that has run, with its seconds.

    Returns
    -------
    list of str
        The names of those that ran, in the order in which they ended.

    Raises
    ------
    GeojeomError
        What the command of a step that failed raises; what other steps wrote stays.
    """
    state, code = State(folder), sources()
    keys: dict[Step, str] = {}

    def stale(step: Step) -> bool:
        command = commands[step]
        keys[step] = _key(
            folder, resolved, step, command, catalogues=catalogues, state=state, code=code, ask=workers.call
        )
        fixed = [file for file in command.writes if "*" not in file]
        files = [folder / file for file in (*fixed, *state.made.get(step[1], []))]
        done = all(not why_no_file(file) and file.stat().st_size for file in files)
        return not done or state.keys.get(step[1]) != keys[step]

    def begin(step: Step) -> Future[float]:
        # Until it has succeeded it has not run.
        state.keys.pop(step[1], None)
        state.save()
        return workers.pool.submit(_carry_out, folder, *step)

    def prepare(step: Step) -> Future[None]:
        return workers.pool.submit(_prepare, *step)

    ran, failed = [], []
    for step, future in workers.side_by_side(before_each(commands), stale=stale, begin=begin, prepare=prepare):
        if error := future.exception():
            failed.append(error)
            continue
        room, name = step
        say(f"{room} {name}: {future.result():.1f} s")
        state.keys[name] = keys[step]
        patterns = [file for file in commands[step].writes if "*" in file]
        made = [path.relative_to(folder).as_posix() for pattern in patterns for path in folder.glob(pattern)]
        state.made |= {name: sorted(made)} if made else {}
        state.save()
        ran.append(name)
    if failed:
        raise failed[0]
    if state.learned and not ran:
        state.save()
    return ran


def _carry_out(folder: Path, room: str, name: str) -> float:
    """Run a step; return its seconds."""
    started = time.perf_counter()
    with _logged(folder / "logs" / f"{name}.log"), contextlib.redirect_stdout(io.StringIO()):
        import_module(f"{room}.commands.{name}").run(folder)
    return time.perf_counter() - started


def _prepare(room: str, name: str) -> None:
    """Import a step's module, and let it prepare what it can before there is anything to read."""
    module = import_module(f"{room}.commands.{name}")
    if hasattr(module, "prepare"):
        module.prepare()


def _key(
    folder: Path,
    resolved: dict[str, Any],
    step: Step,
    command: Command,
    *,
    catalogues: Path,
    state: State,
    code: str,
    ask: Callable[..., Any],
) -> str:
    """What a step's result depends on, as one hash; ``code`` is the fingerprint of all sources.

    ``ask`` calls a function by its dotted name.
    """
    inputs = [folder / file for file in command.inputs(resolved) if "*" not in file]
    patterns = [file for file in command.inputs(resolved) if "*" in file]
    inputs += sorted(path for pattern in (*patterns, *command.finds) for path in folder.glob(pattern))
    if command.sources:
        inputs += [
            part for path in source_files(resolved, *command.sources).values() for part in with_parts(Path(path))
        ]
    inputs += [catalogues / f"{table}.yaml" for table in command.catalogues]
    inputs += asset_files(step[0], command)

    def of_file(file: str, function: str) -> Any:
        seen = f"{state.content(folder / file)} {digest(resolved, *resolved)} {code}"
        return state.answer(function, seen, lambda: ask(function, folder / file, resolved))

    parts = {
        "settings": digest(resolved, *command.settings),
        "code": state.answer(" ".join(step), code, lambda: command_digest(*step)),
        "inputs": {str(path): state.content(path) for path in inputs if path.name not in command.only},
        "only": {file: of_file(file, function) for file, function in command.only.items()},
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@contextlib.contextmanager
def _logged(path: Path) -> Iterator[None]:
    """Write what is logged meanwhile to a file as well."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    except OSError as error:
        raise cannot_write(path, error) from None
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        # On a full disk what is still to be written is lost; the fault that this made is on its way already.
        with contextlib.suppress(OSError):
            handler.close()
