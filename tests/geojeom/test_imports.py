"""What a command imports before it does anything: as much as it needs, and nothing to say how it is called."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from geojeom.cli import ROOMS, command_names

COMMANDS = [(room, name) for room in ROOMS for name in command_names(room)]
# What no command needs before it runs: the first four only for street graphs, one function each.
NEVER = {"osmnx", "matplotlib", "sklearn", "requests_cache", "hypothesis", "IPython", "pytest", "scipy.stats"}
# Kernels, grids of results, maps and solvers, and the commands that have some.
SOME = {
    "numba": {"criteria", "districts", "locate", "travel", "candidates", "run", "sensitivity", "ensemble", "robustness"}
    | {"compare", "report"},
    "xarray": {"candidates", "run", "compare", "sensitivity", "ensemble", "diffusion", "report", "export"},
    "folium": {"compare", "diffusion", "report"},
    "scipy.optimize": {"locate", "sensitivity"},
    "snakemake": set(),
}
# Seconds of processor time a command may take to import: some three times what it takes.
LIMIT_S = 6.0


def imported(code: str) -> tuple[set[str], float]:
    """The modules that a fresh interpreter has once it has run some code, and its seconds of processor time."""
    tell = "import json, sys, time\nprint('|', json.dumps([list(sys.modules), time.process_time()]))"

    done = subprocess.run([sys.executable, "-c", f"{code}\n{tell}"], capture_output=True, text=True, check=True)
    modules, seconds = json.loads(done.stdout.rpartition("|")[2])
    return set(modules), seconds


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["spatial", "--help"]])
def test_help_imports_no_library_of_the_work(arguments: list[str]) -> None:
    code = "import sys\nfrom geojeom import cli\n"
    code += f"sys.argv = ['geojeom', *{arguments!r}]\ntry:\n    cli.main()\nexcept SystemExit:\n    pass"
    modules, seconds = imported(code)
    assert modules & {"pandas", "geopandas", "numpy", "numba", "shapely", "pyarrow"} == set()
    assert seconds < LIMIT_S / 2


@pytest.mark.slow
@pytest.mark.parametrize(("room", "name"), COMMANDS)
def test_a_command_imports_what_it_needs(room: str, name: str) -> None:
    modules, seconds = imported(f"import {room}.commands.{name.replace('-', '_')}")
    assert modules & NEVER == set()
    assert {library for library, users in SOME.items() if library in modules and name not in users} == set()
    assert seconds < LIMIT_S
