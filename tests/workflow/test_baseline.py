"""The sample city gives what it gave: tests/baseline holds figures of every table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.baseline import figures, stored


def test_the_sample_city_gives_what_it_gave(haemil: tuple[Path, list[str]]) -> None:
    now, then = figures(haemil[0]), stored()
    assert set(now) == set(then)
    for table, columns in then.items():
        assert set(now[table]) == set(columns), table
        for column, held in columns.items():
            # Sums of single-precision numbers differ between processors from the seventh digit on.
            assert now[table][column] == pytest.approx(held, rel=1e-5, abs=1e-6), (table, column)
