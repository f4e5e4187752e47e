"""What the check of a region file accepts of criteria and weights is measured and scored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from decisions.ranking.score import score
from geojeom.quantities import Weight
from geojeom.tables import check_schema
from spatial.config.arguments import MEASURES, VETOES, argument_faults
from spatial.config.catalogue import CriteriaSet, Profile, ValueFunction
from spatial.measures.context import Context
from spatial.measures.criteria import measure
from spatial.reading.provenance import Account
from tests.settings import valid
from tests.spatial.files import region_of

BOTH = {"ko": "가", "en": "a"}
KINDS = ["clinic", "library", "wifi", "pharmacy"]
JUDGED = ["clinic", "library", "pharmacy"]
REGION = region_of(candidates={"path": "c.geojson"})


@pytest.fixture
def whole(place: Context) -> Context:
    """The street with every column that cells have, unknown where nothing is said."""
    districts = place.districts.copy()
    for name in ("public_land_share", "private_share"):
        districts[name] = np.nan
    districts["control_centre"] = pd.array([None, False], "boolean")
    return replace(place, districts=districts)


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, Any]:
    def arguments(shape: Any) -> Any:
        args = draw(valid(shape))
        return args | ({"kinds": draw(st.lists(st.sampled_from(KINDS), min_size=1))} if "kinds" in args else {})

    measures = draw(st.lists(st.sampled_from(sorted(set(MEASURES) - {"from_simulation"})), min_size=1, max_size=4))
    vetoes = draw(st.lists(st.sampled_from(sorted(VETOES)), max_size=2))
    both = {"label": BOTH, "source": "s", "evidence": "own_choice"}
    return {
        "criteria": [
            both
            | {"id": f"c{at}", "pillar": "space", "unit": "u", "missing": BOTH, "measure": name}
            | {"direction": draw(st.sampled_from(["higher", "lower", "ideal"])), "args": arguments(MEASURES[name])}
            | ({"value": draw(valid(ValueFunction))} if draw(st.booleans()) else {})
            for at, name in enumerate(measures)
        ],
        "vetoes": [
            both | {"id": f"v{at}", "measure": name, "args": arguments(VETOES[name])} for at, name in enumerate(vetoes)
        ],
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(raw=catalogues(), rule=st.sampled_from(["equal", "entropy", "weights"]), data=st.data())
def test_criteria_that_pass_are_measured_and_scored(
    whole: Context, raw: dict[str, Any], rule: str, data: st.DataObject
) -> None:
    try:
        catalogue = CriteriaSet.model_validate(raw)
    except ValidationError:
        event("refused")
        return
    if argument_faults(catalogue, "c.yaml", KINDS, JUDGED):
        event("refused")
        return
    values, vetoes = measure(whole, catalogue, REGION, Account())
    check_schema(values, "criteria", "criteria")
    check_schema(vetoes, "vetoes", "vetoes")
    weights = {one.id: data.draw(valid(Weight)) for one in catalogue.criteria}
    if rule == "weights" and not any(weights.values()):
        return
    held = {"id": "p", "label": BOTH, "provenance": BOTH}
    held |= {"weights": weights} if rule == "weights" else {"rule": rule}
    table, contributions = score(["A", "B"], values, vetoes, catalogue, Profile.model_validate(held))
    check_schema(table, "scores", "scores")
    check_schema(contributions, "contributions", "contributions")
    # Every district with a known value has a score.
    known = values.groupby("district_id")["value"].count() > 0
    scored = table[table["method"] == "weighted_sum"].set_index("district_id")["score"].notna()
    assert (scored >= known.reindex(scored.index)).all()
    event("scored")
