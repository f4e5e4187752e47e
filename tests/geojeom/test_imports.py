"""What a command imports before it does anything: as much as it needs, and nothing to say how it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from geojeom.cli import ROOMS, command_names

COMMANDS = {(room, name): f"{room}.commands.{name.replace('-', '_')}" for room in ROOMS for name in command_names(room)}
# What no command needs before it runs: the first four only for street graphs, one function each.
NEVER = {"osmnx", "matplotlib", "sklearn", "requests_cache", "hypothesis", "IPython", "pytest", "scipy.stats"}
# Kernels, grids of results, maps and solvers, and the commands that have some.
SOME = {
    "numba": {"criteria", "districts", "locate", "travel", "candidates", "run", "sensitivity", "ensemble", "robustness"}
    | {"compare", "report", "plan-new", "plan-improve"},
    "xarray": {"candidates", "run", "compare", "sensitivity", "ensemble", "diffusion", "report", "export"}
    | {"facts", "plan-document"},
    "folium": {"compare", "diffusion", "report", "plan-document"},
    "scipy.optimize": {"facts", "locate", "sensitivity", "plan-improve"},
    "snakemake": set(),
    # What reads one source imports no library that others need.
    **dict.fromkeys(("scipy.spatial", "rasterio"), {name for _, name in COMMANDS} - {"sources", "districts"}),
}
# The libraries that nearly every command works with; how long they take is the measure of what a command may take.
YARDSTICK = ("geopandas", "pyarrow.parquet", "pandera.pandas", "pydantic")
TIMES = 4
# Modules of Python, of the command line and of ours that a help needs: some one and a half times what it has.
HELP = 450
# A process that imports each command in turn and tells of every module what it asked for while its own code ran, and
# its seconds of processor time without those of what it asked for.
TRACED = """
import builtins, importlib, importlib.machinery, json, sys, time

asked, own, running = {}, {}, []

def note(name):
    if running:
        asked[running[-1][0]].append(name)

def timed(kind):
    run = kind.exec_module
    def exec_module(self, module):
        note(module.__name__)
        asked[module.__name__] = []
        running.append([module.__name__, 0.0])
        start = time.process_time()
        try:
            return run(self, module)
        finally:
            spent = time.process_time() - start
            name, within = running.pop()
            own[name] = spent - within
            if running:
                running[-1][1] += spent
    kind.exec_module = exec_module

for kind in (importlib.machinery.SourceFileLoader, importlib.machinery.ExtensionFileLoader):
    timed(kind)

plain, by_name = builtins.__import__, importlib.import_module

def statement(name, globals=None, locals=None, fromlist=(), level=0):
    found = plain(name, globals, locals, fromlist, level)
    base = importlib.util.resolve_name("." * level + name, (globals or {}).get("__package__")) if level else name
    note(base)
    for part in fromlist or ():
        if f"{base}.{part}" in sys.modules:
            note(f"{base}.{part}")
    return found

def function(name, package=None):
    found = by_name(name, package)
    note(importlib.util.resolve_name(name, package))
    return found

builtins.__import__, importlib.import_module = statement, function
for name in sys.argv[1:]:
    function(name)
print("|" + json.dumps([asked, own]))
"""


@dataclass(frozen=True)
class Imports:
    """Of every module what it asks for, and its own seconds of processor time."""

    asked: dict[str, list[str]]
    own_s: dict[str, float]

    def of(self, *names: str) -> set[str]:
        """All modules that are imported where these are, in a process of their own."""
        waiting, reached = list(names), set()
        while waiting:
            name = waiting.pop()
            parts = name.split(".")
            for module in (".".join(parts[:end]) for end in range(1, len(parts) + 1)):
                if module not in reached:
                    reached.add(module)
                    waiting += self.asked.get(module, [])
        return reached

    def seconds(self, *names: str) -> float:
        return sum(self.own_s.get(module, 0.0) for module in self.of(*names))


@pytest.fixture(scope="module")
def imports() -> Imports:
    command = [sys.executable, "-c", TRACED, *YARDSTICK, *COMMANDS.values()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Imports(*json.loads(done.stdout.rpartition("|")[2]))


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["spatial", "--help"]])
def test_help_imports_no_library_of_the_work(arguments: list[str]) -> None:
    code = "import sys\nfrom geojeom import cli\n"
    code += f"sys.argv = ['geojeom', *{arguments!r}]\ntry:\n    cli.main()\nexcept SystemExit:\n    pass"
    code += "\nprint('|', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.rpartition("|")[2].split())
    assert modules & {"pandas", "geopandas", "numpy", "numba", "shapely", "pyarrow", "rasterio", "scipy"} == set()
    assert len(modules) < HELP


@pytest.mark.slow
@pytest.mark.parametrize("step", COMMANDS, ids="-".join)
def test_a_command_imports_what_it_needs(imports: Imports, step: tuple[str, str]) -> None:
    modules = imports.of(COMMANDS[step])
    assert modules & NEVER == set()
    assert {library for library, users in SOME.items() if library in modules and step[1] not in users} == set()
    assert imports.seconds(COMMANDS[step]) < TIMES * imports.seconds(*YARDSTICK)


@pytest.mark.slow
def test_what_is_imported_is_seen(imports: Imports) -> None:
    assert imports.of("geojeom.errors") < imports.of("simulation.commands.run")
    assert {"numba", "numba.core.dispatcher", "numpy", "xarray", "simulation.spread.diffusion"} <= imports.of(
        "simulation.commands.run"
    )
    assert imports.seconds("spatial.commands.cells") > imports.seconds("shapely") > 0
