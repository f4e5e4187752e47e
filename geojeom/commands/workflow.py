"""Run the pipeline by Snakemake, a process per step: for many regions at once, on many cores."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from geojeom.extras import library

# In a checkout the Snakefile stands beside the rooms, installed in the package.
_INSIDE = Path(str(files("geojeom"))) / "workflow" / "Snakefile"
SNAKEFILE = _INSIDE if _INSIDE.is_file() else Path(str(files("geojeom"))).parent / "Snakefile"
# Every region is finished that can be, also what a killed run left half done; less is said than Snakemake would.
OPTIONS = ("--keep-going", "--rerun-incomplete", "--quiet", "host", "reason", "rules")


def run(
    regions: Annotated[list[str], typer.Argument(help="Region files (YAML), folders or tables (CSV) of them.")],
    cores: Annotated[str, typer.Option(help="Number of cores, or all.")] = "all",
) -> None:
    """Run the pipeline by Snakemake, a process per step: for many regions at once, on many cores.

    Results stand in ``results`` where it is called, as those of ``geojeom run``. Raises LibraryError where Snakemake is
    not installed; ends with its exit code.
    """
    library("snakemake", "workflow")
    command = [sys.executable, "-P", "-m", "snakemake", "--snakefile", str(SNAKEFILE), "--cores", cores, *OPTIONS]
    # Words as a shell reads them; one text may be several names already.
    asked = regions[0] if len(regions) == 1 else shlex.join(regions)
    done = subprocess.run(command, env=os.environ | {"GEOJEOM_REGION": asked}, check=False)  # noqa: S603
    raise typer.Exit(done.returncode)
