"""``geojeom plan check``: what it prints, the copy it marks, and the files it leaves alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook

from geojeom.errors import PlanError
from simulation.commands import plan_check
from simulation.workbook.city import City
from tests.simulation.workbook.test_faults import edited

ORANGE, YELLOW = "00F4B183", "00FFE699"
# Cells written over; all but the one that is noted have to be corrected.
SLIPS = {
    "지구내!F6": "봄",
    "지구내!D7": "없는 곳",
    "지구내!H7": "8백만",
    "재원!C9": "내년",
    "일정!C14": "2026-08",
    "일정!C9": None,
}
NOTED = ("일정!C9",)
PLACES = ["지구내!F6", "지구내!D7", "지구내!H7", "재원!C9", "일정!C9", "일정!C14"]


@pytest.fixture
def folder(tmp_path: Path, city: City, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the region file that the workbook names; its results are the toy city."""
    monkeypatch.setattr(plan_check, "results_of", lambda *_: tmp_path)
    monkeypatch.setattr(plan_check, "read_city", lambda _: city)
    (tmp_path / "toy.yaml").touch()
    return tmp_path


def test_slips_are_printed_in_order_and_coloured_in_the_copy(
    folder: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = edited(good, folder / "plan.xlsx", *reversed(SLIPS.items()))
    before = plan.read_bytes()
    with pytest.raises(typer.Exit) as ended:
        plan_check.run(plan)
    assert ended.value.exit_code == 1
    assert plan.read_bytes() == before
    *lines, last = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{'·' if at in NOTED else '✗'} {at}" for at in PLACES]
    assert last.startswith("고칠 것 5, 살필 것 1.")
    copy = load_workbook(folder / "plan.checked.xlsx")
    # The list in front has them in the same order.
    assert [copy.worksheets[0].cell(row, 1).value for row in range(2, len(PLACES) + 2)] == PLACES
    coloured = {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in copy.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in (ORANGE, YELLOW)
    }
    assert coloured == {at: YELLOW if at in NOTED else ORANGE for at in PLACES}
    for at, line in zip(PLACES, lines, strict=True):
        sheet, cell = at.split("!")
        assert line.split(": ", 1)[1] in copy[sheet][cell].comment.text


def test_no_file_but_a_marked_copy_is_written_over(folder: Path, good: Path) -> None:
    plan = Path(shutil.copy(good, folder / "plan.xlsx"))
    for name, given in {"report.ods": None, "letter.xlsx": "Dear Sir", "budget.xlsx": good}.items():
        if isinstance(given, Path):
            shutil.copy(given, folder / name)
        elif given:
            (folder / name).write_text(given, encoding="utf-8")
        before = {path: path.read_bytes() for path in folder.iterdir()}
        with pytest.raises(PlanError, match="2 faults") as raised:
            plan_check.run(plan, out=folder / name, lang="fr")
        assert [fault.file for fault in raised.value.faults] == [str(folder / name), "--lang"]
        assert {path: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(PlanError, match="the workbook itself"):
        plan_check.run(plan, out=folder / "." / "plan.xlsx")
    # Its own copy is written again, until somebody has worked in it.
    copy = folder / "plan.checked.xlsx"
    plan_check.run(plan)
    plan_check.run(plan, lang="en")
    book = load_workbook(copy)
    assert book.sheetnames[0] == "Check"
    book["지구내"]["T6"].value = "확인함"
    book.properties.lastModifiedBy = "스마트도시과"
    book.save(copy)
    before_ = copy.read_bytes()
    with pytest.raises(PlanError, match="a marked copy that nobody has changed, found another file"):
        plan_check.run(plan)
    assert copy.read_bytes() == before_
