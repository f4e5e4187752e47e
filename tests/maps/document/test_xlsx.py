"""The .xlsx of a plan: a sheet for each table, values exact, sums as formulas that another program computes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from maps.document.model import Table
from maps.document.xlsx import write_xlsx
from tests.maps.document.small import COST_KRW, document


def test_a_sheet_for_each_table(tmp_path: Path) -> None:
    made = document(tmp_path)
    write_xlsx(made, tmp_path / "plan.xlsx")
    read = CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx"))
    tables = list(made.blocks(Table))
    assert len(read.sheet_names) == len(tables) + 1
    for name, table in zip(read.sheet_names[1:], tables, strict=True):
        rows = read.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert rows[0][0] == made.caption(table)
        assert rows[2][: len(table.columns)] == [column.title for column in table.columns]
    empty = read.get_sheet_by_name("7-1 규제특례").to_python()
    assert "시트 ‘규제특례’" in str(empty[1][0])


def test_texts_are_no_formulas(tmp_path: Path) -> None:
    write_xlsx(document(tmp_path), tmp_path / "plan.xlsx")
    contents = load_workbook(tmp_path / "plan.xlsx")["차례"]
    cell = next(cell for (cell,) in contents.iter_rows(max_col=1) if cell.value == "=머리글")
    assert cell.data_type == "s"


@pytest.mark.slow
def test_sums_computed_by_libreoffice_are_the_cost_to_the_won(tmp_path: Path) -> None:
    if (office := shutil.which("soffice")) is None:
        pytest.skip("no LibreOffice on this machine")
    write_xlsx(document(tmp_path, unit="억원"), tmp_path / "plan.xlsx")
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "plan.xlsx")], check=True, capture_output=True, timeout=300)
    read = CalamineWorkbook.from_path(str(tmp_path / "out/plan.xlsx"))
    for name in read.sheet_names:
        if name in ("1-2 재원별 총사업비", "4-2 서비스별·연도별 사업비", "4-4 연도별·재원별 사업비"):
            last = read.get_sheet_by_name(name).to_python()[-1]
            assert last[0] == "합계"
            assert round(float(last[-1]) * 10**8) == COST_KRW, name
