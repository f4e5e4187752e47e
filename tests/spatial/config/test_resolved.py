"""region.json read back: as it was written, and refused with file and key where it was changed by hand."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geojeom.catalogues import CATALOGUES
from geojeom.errors import Fault, GeojeomError, RegionError, SourceError
from spatial.config.resolve import resolve, write
from spatial.config.resolved import Resolved, stored_region


@pytest.fixture(scope="module")
def resolved() -> dict[str, Any]:
    return resolve(CATALOGUES / "regions" / "haemil.yaml", made_below=str(CATALOGUES)).plain


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(resolved: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    copied = copy.deepcopy(resolved)
    node = copied
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return copied


def test_what_was_written_is_read_back_whole(resolved: dict[str, Any], tmp_path: Path) -> None:
    write(Resolved.model_validate(resolved), tmp_path)
    found = stored_region(tmp_path)
    assert found.plain == resolved
    assert found.region.sources.streets is not None
    assert found.region.sources.counts[1].kind == "zone_table"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("region", "cell_size_m"), "100", "region.cell_size_m: expected 50, 100, 250 or 500, found '100'"),
        (("region", "budget_krw_year"), math.inf, "region.budget_krw_year: expected 10,000,000,000 to"),
        (("region", "sources", "zones", "code"), None, "region.sources.zones.code: expected text, found nothing"),
        (("region", "sources", "zone"), {}, "region.sources.zone: expected one of: streets"),
        (("criteria", "criteria", 0, "value", "low"), math.nan, "criteria.criteria[0].value.low: expected -1,000,000"),
        (("profile", "weights", "slope"), -1, "profile.weights.slope: expected 0 to 1,000,000"),
        (("programme",), [], "programme: expected keys and values, found []"),
    ],
)
def test_a_change_by_hand_is_told_with_file_and_key(
    resolved: dict[str, Any], tmp_path: Path, path: tuple[Any, ...], value: Any, said: str
) -> None:
    (tmp_path / "region.json").write_text(json.dumps(changed(resolved, path, value)), encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        stored_region(tmp_path)
    assert f"{tmp_path / 'region.json'}, {said}" in str(caught.value)
    assert "run the pipeline or `geojeom spatial resolve` again" in str(caught.value)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"region": ' + "9" * 5000 + "}", "null", '{"a": NaN}'])
def test_what_is_no_configuration_at_all_is_one_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "region.json").write_text(text, encoding="utf-8")
    with pytest.raises((SourceError, RegionError), match=r"region\.json"):
        stored_region(tmp_path)


STRANGE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**290, max_value=10**300)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([[], {}, [[]], "2025-02-30", 1e308, "x" * 5000])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.large_base_example])
@given(data=st.data(), value=STRANGE)
def test_whatever_stands_in_any_place_is_read_or_a_short_fault(
    resolved: dict[str, Any], tmp_path: Path, data: st.DataObject, value: Any
) -> None:
    path = data.draw(st.sampled_from(list(places(resolved))))
    (tmp_path / "region.json").write_text(json.dumps(changed(resolved, path, value)), encoding="utf-8")
    told: list[Fault] = []
    try:
        stored_region(tmp_path)
    except GeojeomError as error:
        told = error.faults
    assert all(len(str(fault)) < 3000 for fault in told)
