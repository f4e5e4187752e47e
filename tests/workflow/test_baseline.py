"""The sample city gives what it gave: tests/baseline holds figures of every table. Its own plans hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xarray as xr

from tests.baseline import figures, stored
from tests.workflow.conftest import Installed


def test_the_sample_city_gives_what_it_gave(haemil: tuple[Path, list[str]]) -> None:
    now, then = figures(haemil[0]), stored()
    assert set(now) == set(then)
    for table, columns in then.items():
        assert set(now[table]) == set(columns), table
        for column, held in columns.items():
            # Sums of single-precision numbers differ between processors from the seventh digit on.
            assert now[table][column] == pytest.approx(held, rel=1e-5, abs=1e-6), (table, column)


@pytest.mark.parametrize("plan", ["hub_first", "corridor"])
def test_the_sample_citys_own_plans_have_no_fault(
    installed: Installed, haemil: tuple[Path, list[str]], plan: str
) -> None:
    """Nor anything to look at, by the region file that the workbook names."""
    said = installed.run("plan", "check", f"haemil/{plan}.xlsx", "--lang", "en")
    assert said.startswith("0 to correct, 0 to look at.")


def test_the_sample_city_shows_its_own_plans_and_the_template(haemil: tuple[Path, list[str]]) -> None:
    with xr.open_dataset(haemil[0] / "diffusion.nc", engine="h5netcdf") as data:
        assert list(data["scenario"].to_numpy()[:2]) == ["hub_first", "corridor"]
        hubs = json.loads(data.attrs["hubs"])
    template = [name for name, hub in hubs.items() if name == hub]
    assert len(template) == 2
    assert hubs["hub_first"] == hubs["corridor"] == "HM-03"
