"""What is compiled ahead is what the steps call, argument by argument: else it would be compiled twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# A process of its own, in which no other test has called a kernel. The kernels are those that modules of ours hold.
CODE = """
import json, sys
from importlib import import_module
from pathlib import Path
from numba.core.dispatcher import Dispatcher

def compiled():
    rooms = ("spatial", "simulation", "decisions")
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] in rooms]
    kernels = {id(held): held for module in modules for held in vars(module).values() if isinstance(held, Dispatcher)}
    return {f"{one.py_func.__qualname__} {signature}" for one in kernels.values() for signature in one.signatures}

steps = [import_module(f"{room}.commands.{name}") for room, name in json.loads(sys.argv[2])]
for step in steps:
    step.prepare()
ahead = compiled()
for step in steps:
    step.run(Path(sys.argv[1]))
print("|" + json.dumps([len(ahead), sorted(compiled() - ahead)]))
"""
STEPS = [("spatial", "districts"), ("spatial", "travel"), ("simulation", "candidates"), ("decisions", "robustness")]


@pytest.mark.slow
def test_all_that_steps_compile_is_compiled_ahead(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    results = tmp_path / "results" / "small"
    # So that no candidate is taken over from the run before.
    (results / "plan.parquet").unlink()
    command = [sys.executable, "-c", CODE, str(results), json.dumps(STEPS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd())
    ahead, more = json.loads(done.stdout.rpartition("|")[2])
    assert ahead >= 2 * len(STEPS)
    assert more == []
