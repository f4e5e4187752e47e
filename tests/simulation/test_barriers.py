"""Barriers named in the region file, on the toy city: a river between zones A and B, a railway in a tunnel."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import xarray as xr

from geojeom.errors import TableError
from geojeom.tables import read_table
from simulation.commands.candidates import run as candidates
from simulation.commands.run import run
from simulation.folder import gather
from simulation.plans.settings import check_settings, read
from simulation.runs import inputs

Writer = Callable[..., Path]


def weights(folder: Path, resolved: dict[str, Any], backdrop: gpd.GeoDataFrame | None) -> np.ndarray:
    """K, dense, cells in the order of the file."""
    scheme = read(resolved)
    found, _ = gather(folder)
    found = inputs.Inputs(**{**vars(found), "backdrop": backdrop})
    contact = inputs.city_of(found, scheme, inputs.potential_of(found, scheme, scheme.opened)).contact
    dense = np.zeros((36, 36))
    for row in range(36):
        part = slice(contact.indptr[row], contact.indptr[row + 1])
        dense[row, contact.indices[part]] = contact.weight[part]
    return dense


def test_contact_across_is_halved_or_stopped(
    write_folder: Writer, resolved: dict[str, Any], river: gpd.GeoDataFrame
) -> None:
    folder = write_folder()
    open_land = weights(folder, resolved, None)
    # Cell 3 is the last before the river: 2 and 4 lie 90 s away on either side, each with 100 residents.
    assert open_land[3, 4] == pytest.approx(open_land[3, 2])
    west = np.arange(36) % 12 < 4
    across = west[:, None] != west[None, :]
    resolved["simulation"]["barriers"] = {"water": 0.5, "rail": 0}
    half = weights(folder, resolved, river)
    # Met once, though the river comes in two pieces; every row is what is left, scaled to 1. The tunnel hinders nobody.
    assert half[3, 4] == pytest.approx(half[3, 2] / 2)
    expected = np.where(across, 0.5, 1) * open_land
    np.testing.assert_allclose(half, expected / expected.sum(axis=1, keepdims=True), rtol=1e-5)
    resolved["simulation"]["barriers"] = {"water": 0}
    full = weights(folder, resolved, river)
    assert (full[across] == 0).all()
    assert full.sum(axis=1) == pytest.approx(np.ones(36))


@pytest.mark.slow
def test_commands_use_them_and_say_which_are_not_there(
    write_folder: Writer, resolved: dict[str, Any], river: gpd.GeoDataFrame, caplog: pytest.LogCaptureFixture
) -> None:
    # In the first month after its opening the app has adopters by innovation only; barriers show from the second on.
    folder = write_folder(backdrop=river)
    candidates(folder)
    run(folder, district=["west"], worlds=2, out=folder / "open.nc")
    before = read_table(folder / "totals.parquet", "totals")
    assert "barrier" not in caplog.text
    resolved["simulation"]["barriers"] = {"water": 0, "rail": 0.5}
    write_folder(resolved=resolved)
    candidates(folder)
    run(folder, district=["west"], worlds=2, out=folder / "barred.nc")
    assert [r.getMessage() for r in caplog.records if "barrier" in r.getMessage()] == [
        "barrier (rail): nothing above ground in backdrop.parquet, so that it hinders nobody"
    ] * 2
    after = read_table(folder / "totals.parquet", "totals")
    changed = (before["adopters_outside"] != after["adopters_outside"]) & (before["service"] == "app")
    assert before.loc[changed, "month"].min() == 8
    with xr.open_dataset(folder / "barred.nc", engine="h5netcdf") as data:
        assert json.loads(data.attrs["notes"])[0]["code"] == "barriers.absent"
        assert "backdrop.parquet" in json.loads(data.attrs["input_sha256"])
    with xr.open_dataset(folder / "open.nc", engine="h5netcdf") as data:
        assert "backdrop.parquet" not in json.loads(data.attrs["input_sha256"])
    (folder / "backdrop.parquet").unlink()
    with pytest.raises(TableError, match="backdrop"):
        candidates(folder)


def test_a_layer_there_is_not(resolved: dict[str, Any]) -> None:
    resolved["simulation"]["barriers"] = {"rver": 0.5, "rail": 2}
    said = [str(fault) for fault in check_settings(resolved)]
    assert said[0].startswith("region.json, simulation.barriers.rail: expected 0 to 1 as a share of 1")
    assert "simulation.barriers.rver: expected one of: water, rail, motorway, street_major, found an unknown" in said[1]
