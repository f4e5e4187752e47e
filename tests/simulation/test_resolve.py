"""What ``geojeom run`` does first: all region files that were asked for checked, each written to its region.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geojeom.errors import RegionError
from simulation.commands.resolve import run


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder ``towns`` of two regions and a table that lists them, below the folder where the command is run."""
    folder = tmp_path / "towns"
    folder.mkdir()
    for name in ("boundary.geojson", "candidates.geojson"):
        (folder / name).write_text("{}", encoding="utf-8")
    for region in ("east", "west"):
        text = {
            "region": region,
            "name": {"ko": "가", "en": "A"},
            "boundary": {"path": "boundary.geojson"},
            "sources": {},
            "candidates": {"path": "candidates.geojson"},
        }
        (folder / f"{region}.yaml").write_text(json.dumps(text), encoding="utf-8")
    (folder / "all.csv").write_text("name,region\nWest,west.yaml\nEast,east.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_table_stands_for_the_regions_of_its_rows(towns: Path) -> None:
    results = Path("results")
    assert run(["towns/all.csv"], results) == [results / "west", results / "east"]
    for region in ("west", "east"):
        stored = json.loads((results / region / "region.json").read_text(encoding="utf-8"))
        assert stored["region"]["boundary"]["path"] == "towns/boundary.geojson"


def test_a_row_without_its_file_writes_nothing(towns: Path) -> None:
    (towns / "east.yaml").unlink()
    with pytest.raises(RegionError, match=r"towns/all.csv, row 2, region: expected a region file"):
        run(["towns/all.csv"], Path("results"))
    assert not Path("results").exists()
