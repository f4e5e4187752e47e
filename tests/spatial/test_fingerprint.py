"""Code fingerprints: what a command can reach counts, and nothing else."""

from pathlib import Path

import pytest

from spatial import fingerprint

DOOR = """
from spatial.cli import door
app = door("x")
def helper():
    return 1
@app.command()
def first(folder):
    from spatial import near
    return near.work(helper())
@app.command()
def second_step(folder):
    from simulation.runs.far import run
    return run()
"""


@pytest.fixture
def house(tmp_path, monkeypatch):
    for name, text in {
        "spatial/__main__.py": DOOR,
        "spatial/cli.py": "def door(about): return about\n",
        "spatial/near.py": "from spatial.deep import value\ndef work(x): return x + value\n",
        "spatial/deep.py": "value = 1\n",
        "spatial/apart.py": "value = 2\n",
        "simulation/runs/far.py": "import spatial.deep\ndef run(): return spatial.deep.value\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    fingerprint._parse.cache_clear()
    return tmp_path


def after(house: Path, name: str, old: str, new: str) -> tuple[bool, bool]:
    """Edit a file; say whether the fingerprints of ``first`` and ``second-step`` changed."""
    before = fingerprint.command_digest("spatial", "first"), fingerprint.command_digest("spatial", "second-step")
    path = house / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    fingerprint._parse.cache_clear()
    now = fingerprint.command_digest("spatial", "first"), fingerprint.command_digest("spatial", "second-step")
    return before[0] != now[0], before[1] != now[1]


def test_an_imported_module_counts_for_its_command_only(house):
    assert after(house, "spatial/near.py", "x + value", "x - value") == (True, False)


def test_a_module_reached_through_others_counts(house):
    assert after(house, "spatial/deep.py", "value = 1", "value = 3") == (True, True)


def test_a_module_nobody_imports_does_not_count(house):
    assert after(house, "spatial/apart.py", "value = 2", "value = 3") == (False, False)


def test_a_helper_in_the_door_counts_for_who_calls_it(house):
    assert after(house, "spatial/__main__.py", "return 1", "return 2") == (True, False)


def test_what_the_door_imports_at_its_top_counts_for_all(house):
    assert after(house, "spatial/cli.py", "return about", "return str(about)") == (True, True)


def test_comments_and_layout_do_not_count(house):
    assert after(house, "spatial/near.py", "x + value", "(x  +  value)  # the sum") == (False, False)


def test_an_unknown_command_is_an_error(house):
    with pytest.raises(KeyError, match="no command third"):
        fingerprint.command_digest("spatial", "third")
