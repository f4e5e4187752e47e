"""What the three doors (``python -m spatial|simulation|maps``) share: options, logging, and how an error is told."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import numba
import typer

from spatial.errors import Fault, GeojeomError, SourceError, cannot_write, damaged

Folder = Annotated[Path, typer.Argument(help="The region's results folder (holds region.json).")]


def door(about: str) -> typer.Typer:
    """A command-line app with the options every door has: a log file and the number of threads."""
    app = typer.Typer(help=about, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @app.callback()
    def options(
        log: Annotated[Path | None, typer.Option(help="Also write the log to this file.")] = None,
        threads: Annotated[int, typer.Option(min=1, help="Threads for the numerical kernels.")] = 1,
    ) -> None:
        terminal = logging.StreamHandler(sys.stderr)
        handlers: list[logging.Handler] = [terminal]
        if log is not None:
            # Details are in the file then; what is missing or wrong is still said on the terminal.
            terminal.setLevel(logging.WARNING)
            try:
                log.parent.mkdir(parents=True, exist_ok=True)
                handlers.append(logging.FileHandler(log, mode="w", encoding="utf-8"))
            except OSError as error:
                raise cannot_write(log, error) from None
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", handlers=handlers)
        # Pandas' helper announces its threads on every start.
        logging.getLogger("numexpr").setLevel(logging.WARNING)
        # More threads than numba was started with cannot be had; results do not depend on the number.
        numba.set_num_threads(min(threads, numba.get_num_threads()))

    return app


def stored(folder: Path, name: str, step: str) -> dict[str, Any]:
    """A JSON file of a region's results folder; SourceError naming the ``step`` that writes it where there is none."""
    path = folder / name
    if not path.is_file():
        raise SourceError(Fault(str(path), "a file of the step before", "no such file", f"Run `{step}` first."))
    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_hook=lambda held: _Held(held, path, step))
    except (ValueError, OSError) as error:
        raise damaged(path, error, f"run `{step}`") from None
    if not isinstance(content, dict):
        raise damaged(path, ValueError("no keys and values"), f"run `{step}`")
    return content


class _Held(dict[str, Any]):
    """Keys and values of a file of the results: a key that is not there is one that another version did not write."""

    def __init__(self, held: dict[str, Any], path: Path, step: str) -> None:
        super().__init__(held)
        self._fault = path, step

    def __missing__(self, key: str) -> Any:
        path, step = self._fault
        remedy = f"Run `{step}` again, or `make`."
        raise SourceError(Fault(str(path), f"a key {key}", "none: another version of Geojeom wrote it", remedy))


def configuration(folder: Path) -> dict[str, Any]:
    """The resolved configuration of a region's results folder."""
    return stored(folder, "region.json", "python -m spatial resolve REGION.yaml")


def enter(app: typer.Typer) -> None:
    """Run the app. Our errors end as their message and exit code 1; anything else is a fault of ours, and says so."""
    log = logging.getLogger("geojeom")
    try:
        app()
    except GeojeomError as error:
        log.error("%s", error)
        raise SystemExit(1) from None
    except Exception:
        log.exception("this is a fault of Geojeom, not of your input: please report it with the lines below")
        raise SystemExit(2) from None
