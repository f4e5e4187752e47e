"""Write the sample city Haemil, with its region file, into a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from geojeom.catalogues import CATALOGUES
from geojeom.errors import Fault, RegionError
from geojeom.files import atomic

REGION = "haemil.yaml"
# The shipped region file names the files where `make` keeps them.
KEPT = "../cache/haemil/"


def run(folder: Annotated[Path, typer.Argument(help="Folder to write to; it is made.")] = Path("haemil")) -> None:
    """Write the sample city Haemil, with its region file, into a folder.

    Raises RegionError where the folder holds a region file of that name already.
    """
    region = folder / REGION
    if region.exists():
        remedy = f"Use it (geojeom run {region}), or name another folder."
        raise RegionError(Fault(str(region), "no such file yet", "one", remedy))
    # The generator is a script of its own, shipped beside the tables.
    subprocess.run([sys.executable, str(CATALOGUES / "sample"), str(folder)], check=True)  # noqa: S603
    text = (CATALOGUES / "regions" / REGION).read_text(encoding="utf-8").replace(KEPT, "")
    with atomic(region) as partial:
        partial.write_text(text, encoding="utf-8")
    typer.echo(f"{region}: run it with `geojeom run {region}`")
