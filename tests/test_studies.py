"""Every study has its part on the page of studies, and a small sibling among the tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STUDIES = sorted((ROOT / "studies").glob("test_*.py"))


def test_there_are_studies() -> None:
    assert len(STUDIES) >= 4


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_a_study_has_its_part_and_its_sibling(study: Path) -> None:
    about = ast.get_docstring(ast.parse(study.read_text("utf-8"))) or ""
    (sibling,) = re.findall(r"`(tests/[\w/]+\.py)`", about)
    assert (ROOT / sibling).is_file()
    page = (ROOT / "docs" / "studies.md").read_text("utf-8")
    (part,) = [part for part in page.split("\n## ") if part.startswith(about.partition("\n")[0].rstrip(".") + "\n")]
    # The page says what the study is now, and when what it found was found.
    assert about.partition("\n")[2].strip() in part
    command = rf"`python -m pytest studies/{study.name}`\n"
    assert re.search(rf"\n(20\d\d-\d\d-\d\d, \d+ cores, .*{command}\n\| |Not run yet: {command})", part)
