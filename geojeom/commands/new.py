"""Look at the files of a folder and write a first region file that names what each seems to be."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geojeom import cli


def run(
    folder: Annotated[Path, typer.Argument(help="Folder that holds the files of a city.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The region file to write; region.yaml in FOLDER.")
    ] = None,
) -> None:
    """Look at the files of a folder and write a first region file that names what each seems to be."""
    cli.function(*cli.DRAFT)(folder, output)
