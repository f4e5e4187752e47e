"""Code fingerprints: what a command can reach counts, and nothing else."""

import os
from pathlib import Path

import pytest

from geojeom import fingerprint


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "spatial/commands/first.py": "from spatial.near import work\ndef run(folder): return work(1)\n",
        "spatial/commands/second_step.py": "import simulation.runs.far\ndef run(folder): return 2\n",
        "spatial/near.py": "from spatial.deep import value\ndef work(x): return x + value\n",
        "spatial/deep.py": "value = 1\n",
        "spatial/apart.py": "value = 2\n",
        "simulation/runs/far.py": "import spatial.deep\ndef run(): return spatial.deep.value\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    return tmp_path


def after(house: Path, name: str, old: str, new: str) -> tuple[bool, bool]:
    """Edit a file; say whether the fingerprints of ``first`` and ``second-step`` changed."""

    def both() -> tuple[str, str]:
        fingerprint._module.cache_clear()
        return fingerprint.command_digest("spatial", "first"), fingerprint.command_digest("spatial", "second-step")

    before = both()
    path = house / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    now = both()
    return before[0] != now[0], before[1] != now[1]


def test_an_imported_module_counts_for_its_command_only(house: Path) -> None:
    assert after(house, "spatial/near.py", "x + value", "x - value") == (True, False)


def test_a_module_reached_through_others_counts(house: Path) -> None:
    assert after(house, "spatial/deep.py", "value = 1", "value = 3") == (True, True)


def test_a_module_nobody_imports_does_not_count(house: Path) -> None:
    assert after(house, "spatial/apart.py", "value = 2", "value = 3") == (False, False)


def test_the_command_itself_counts(house: Path) -> None:
    assert after(house, "spatial/commands/first.py", "work(1)", "work(2)") == (True, False)


def test_comments_and_layout_do_not_count(house: Path) -> None:
    assert after(house, "spatial/near.py", "x + value", "(x  +  value)  # the sum") == (False, False)


def test_an_unknown_command_is_an_error(house: Path) -> None:
    with pytest.raises(KeyError, match="no command third"):
        fingerprint.command_digest("spatial", "third")


def test_contents_are_what_files_hold_and_not_their_dates(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("1")
    two.write_text("2")
    fingerprint._content.cache_clear()
    before = fingerprint.contents([one, two])
    os.utime(one, (4e9, 4e9))
    fingerprint._content.cache_clear()
    assert fingerprint.contents([two, one]) == before
    one.write_text("3")
    os.utime(one, (4e9, 4e9))
    fingerprint._content.cache_clear()
    assert fingerprint.contents([one, two]) != before
    fingerprint._content.cache_clear()
    assert fingerprint.contents([tmp_path / "none.csv"]) != fingerprint.contents([one])


def test_a_shapefile_is_all_its_parts(tmp_path: Path) -> None:
    for name in ("a.shp", "a.DBF", "a.prj", "b.dbf"):
        (tmp_path / name).write_text("")
    assert {path.name for path in fingerprint.with_parts(tmp_path / "a.shp")} == {"a.shp", "a.DBF", "a.prj"}


def test_files_of_the_future_are_dated_now(tmp_path: Path) -> None:
    late, old = tmp_path / "late", tmp_path / "old"
    for path, date in ((late, 4e9), (old, 1e9)):
        path.write_text("")
        os.utime(path, (date, date))
    fingerprint.not_later_than_now(tmp_path)
    assert late.stat().st_mtime < 3e9
    assert old.stat().st_mtime == 1e9
