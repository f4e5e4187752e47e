"""A first plan in Korean and the same in English: no cell differs, and what is changed in one does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import geojeom


@pytest.mark.slow
def test_a_first_plan_is_the_same_in_either_language(whole: Path, tmp_path: Path) -> None:
    # A copy: others go on with the city.
    here = tmp_path / "here"
    shutil.copytree(whole, here)
    for language in ("ko", "en"):
        done = geojeom("plan", "new", "small.yaml", f"{language}.xlsx", "--lang", language, folder=here)
        assert done.code == 0, done.text
    diff = ("plan", "diff", "ko.xlsx", "en.xlsx", "--lang", "en")
    assert geojeom(*diff, folder=here).printed.splitlines()[0] == "no cell differs."
    book = load_workbook(here / "en.xlsx")
    sheet = book["Indicators"]
    assert sheet["B6"].value.startswith("users of ")
    sheet["B6"] = sheet["B6"].value + " a day"
    book.save(here / "en.xlsx")
    changed = [line for line in geojeom(*diff, folder=here).printed.splitlines() if "→" in line]
    assert len(changed) == 1
    assert changed[0].startswith("Indicators!B6 ")
    assert changed[0].endswith(" a day")
