"""What the check of a region file accepts of services, plan, round and settings is laid, opened and run."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from decisions.commands.programme import run as programme
from geojeom.figures import Figure, figures
from geojeom.tables import read_table
from simulation.commands.candidates import run as candidates
from simulation.commands.run import run
from simulation.plans.catalogue import PlanTemplate, ServiceCatalogue, Settings
from simulation.plans.settings import check_settings
from spatial.config.catalogue import Programme
from tests.settings import put, within
from tests.simulation.conftest import RESOLVED

SHAPES = {"services": ServiceCatalogue, "plan": PlanTemplate, "programme": Programme, "simulation": Settings}
# Every default written out, so that each number has its place.
BASE = RESOLVED | {name: shape.model_validate(RESOLVED[name]).model_dump() for name, shape in SHAPES.items()}
PLACES: dict[str, Figure] = {
    one.key: one for name, shape in SHAPES.items() for one in figures(shape.model_validate(BASE[name]), key=name)
}
# Worlds of chance all run alike, and a hub more or less is no other city.
FEW = {"simulation.worlds": 2, "simulation.ensemble_candidates": 1}


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data(), changed=st.lists(st.sampled_from(sorted(set(PLACES) - set(FEW))), min_size=1, max_size=4))
def test_settings_that_pass_are_run(
    write_folder: Callable[..., Path], river: gpd.GeoDataFrame, data: st.DataObject, changed: list[str]
) -> None:
    resolved: dict[str, Any] = copy.deepcopy(BASE)
    for key, few in FEW.items():
        put(resolved, key, few)
    for key in changed:
        quantity = PLACES[key].quantity
        assert quantity is not None
        put(resolved, key, data.draw(within(quantity, whole=isinstance(PLACES[key].value, int)), label=key))
    if check_settings(resolved):
        event("refused")
        return
    folder = write_folder(resolved=json.loads(json.dumps(resolved)), backdrop=river)
    if resolved["simulation"]["mixing"]["contact_limit_s"] > 1800:
        # The toy's travel times reach no farther; the pipeline's do (geojeom spatial travel).
        with np.load(folder / "travel.npz") as stored:
            np.savez(folder / "travel.npz", **{**stored, "limit_s": 7200.0})
    candidates(folder)
    programme(folder)
    run(folder, district=["west"])
    totals = read_table(folder / "totals.parquet", "totals")
    used = totals[["adopters_inside", "adopters_outside"]].to_numpy()
    held = totals[["potential_inside", "potential_outside"]].to_numpy()
    assert np.isfinite(used).all()
    assert (used <= held + 1e-6).all()
    event("run")


def test_every_number_of_the_toy_has_its_place() -> None:
    assert len(PLACES) > 60
    assert [key for key, one in PLACES.items() if one.quantity is None] == []
    with pytest.raises(KeyError):
        put(copy.deepcopy(BASE), "plan.nothing.here", 1)
