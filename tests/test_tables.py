"""The builder of small tables keeps to every schema there is."""

from __future__ import annotations

import pytest

from geojeom.schemas import SCHEMAS
from geojeom.tables import check_schema
from tests.tables import table


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_empty_table_has_the_columns_and_types_of_its_schema(schema: str) -> None:
    frame = table(schema, 0)
    assert list(frame.columns) == list(SCHEMAS[schema].columns)
    SCHEMAS[schema].validate(frame, lazy=True)


def test_what_is_not_told_is_null_and_what_is_told_keeps_its_values() -> None:
    cells = table("cells", cell_id=["a", "b"], x_m=[0, 100], y_m=50, population=[3, None])
    check_schema(cells, "cells", "cells")
    assert cells["population"].tolist()[0] == 3
    assert cells["population"].isna().tolist() == [False, True]
    assert cells["y_m"].tolist() == [50.0, 50.0]
    assert cells[["zone_id", "jobs", "slope_deg"]].isna().all(axis=None)
    with pytest.raises(KeyError, match="cells has no people"):
        table("cells", cell_id=["a"], people=[1])
