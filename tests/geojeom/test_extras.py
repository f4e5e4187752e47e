"""Running a region needs none of the extras, and a command that needs one says how to get it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from geojeom.cli import ROOMS, command_names
from geojeom.errors import LibraryError
from geojeom.extras import library

ROOT = Path(__file__).resolve().parents[2]
# Every command is imported, as a run does it, where no package outside run.lock can be.
IMPORT = """
import sys
from importlib import import_module
from importlib.metadata import packages_distributions
held = set(sys.argv[1].split())
ours = {"geojeom", *sys.argv[2].split()}
def plain(name):
    return name.lower().replace("_", "-").replace(".", "-")
barred = {
    module for module, names in packages_distributions().items()
    if module not in ours and not {plain(name) for name in names} & held
}
class Barred:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in barred:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Barred())
for name in sys.argv[3].split():
    import_module(name)
print(len(barred))
"""


@pytest.mark.slow
def test_no_command_of_a_run_needs_more_than_the_run_lock() -> None:
    lock = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    held = {re.split("[=;]", line)[0].strip() for line in lock.splitlines()} | {"pip"}
    commands = [f"{room}.commands.{name.replace('-', '_')}" for room in ROOMS for name in command_names(room)]
    words = [" ".join(sorted(held)), " ".join(ROOMS), " ".join(["geojeom.commands.run", "maps.explore", *commands])]
    done = subprocess.run([sys.executable, "-c", IMPORT, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30


def test_a_library_that_is_not_there_is_told_with_the_way_to_it() -> None:
    with pytest.raises(LibraryError, match=r"no_such_library: expected the library .*'geojeom\[sensitivity\]"):
        library("no_such_library.part", "sensitivity")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(extras) == {"workflow", "sensitivity", "office"}
