"""The builder of small tables keeps to every schema there is."""

from __future__ import annotations

from pathlib import Path

import pytest

import geojeom.tables
from geojeom.errors import TableError
from geojeom.schemas import SCHEMAS
from geojeom.tables import check_schema, read_table, write_table
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


def test_a_file_is_checked_once_and_again_when_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, checked = tmp_path / "scores.parquet", []
    right = table("scores", district_id=["a"], method="topsis", score=0.5, score_low=0.5, score_high=0.5, vetoed=False)
    write_table(right, path, "scores")
    monkeypatch.setattr(geojeom.tables, "check_schema", lambda *told: (checked.append(told), check_schema(*told)))
    assert read_table(path, "scores").equals(read_table(path, "scores"))
    assert len(checked) == 1
    right.assign(score=2.0).to_parquet(path, index=False)
    for _ in range(2):
        with pytest.raises(TableError):
            read_table(path, "scores")
    write_table(right, path, "scores")
    assert read_table(path, "scores")["score"].tolist() == [0.5]
    with pytest.raises(TableError):
        read_table(path, "robustness")
