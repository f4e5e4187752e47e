"""A region without a known user of any service: the pages stand, and say that nothing was simulated and why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xarray as xr
from playwright.sync_api import Page
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.messages import Remark

pytestmark = pytest.mark.browser


def test_pages_without_any_service_say_why(visit: Callable[..., Page], pages: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(pages, tmp_path / "copy")
    with xr.open_dataset(pages / "diffusion.nc", engine="h5netcdf") as data:
        empty = data.isel(service=slice(0, 0), cell=slice(0, 0)).load()
    reason = Remark("users.unknown", group={"ko": "인구", "en": "population"})
    empty.attrs["not_simulated"] = json.dumps({"drt": reason.as_file()})
    for variable in empty.variables.values():
        variable.encoding.clear()
    (folder / "diffusion.nc").unlink()
    empty.to_netcdf(folder / "diffusion.nc", engine="h5netcdf")
    for command in ("facts", "diffusion", "report"):
        assert CliRunner().invoke(room_app("maps"), [command, str(folder)], catch_exceptions=False).exit_code == 0
    for command in ("diffusion", "report"):
        page = visit(command, "#lang=en", folder=folder)
        assert "no data on its users (population) in the region" in page.inner_text("body")
        assert "No service’s users were simulated." in page.inner_text("body")
        # The plan and its money stand, nothing is said of users: 6 openings of 2 billion inside, half of it national.
        assert "12" in page.locator("#money tbody tr", has_text="Total").first.inner_text()
        assert page.locator("#outside svg.map, #chart svg").count() == 0
