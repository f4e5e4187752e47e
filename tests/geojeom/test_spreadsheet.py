"""CSV that spreadsheets open as text."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from geojeom.spreadsheet import harmless, write_csv


@pytest.mark.parametrize("text", ["=1+1", "+82", "-A", "@SUM(A1)", "\t=1", "＝1"])
def test_formulas_become_text(text) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["가람", "a=b", "", None, -0.5])
def test_all_else_stays(value) -> None:
    assert harmless(value) == value


@pytest.mark.parametrize("kind", [object, "string", "str"])
def test_the_file(tmp_path, kind) -> None:
    frame = pd.DataFrame({"=name": pd.Series(["=1+1", '가람, "강"', None], dtype=kind), "value": [-0.5, None, 1 / 3]})
    write_csv(frame, tmp_path / "t.csv")
    raw = (tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["'=name", "value"], ["'=1+1", "-0.5"], ['가람, "강"', ""], ["", "0.333333333"]]
