"""What studies share: each writes one table into docs/studies.md, with the day, the machine and the command."""

from __future__ import annotations

import datetime as dt
import inspect
import os
import platform
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "studies.md"
Rows = list[dict[str, object]]

# As in the tests: no clock, and the same examples every time.
settings.register_profile("study", deadline=None, derandomize=True)
settings.load_profile("study")


def section(module: ModuleType, rows: Rows) -> str:
    """A study's part of the page: what it is about, when and where it ran, and what it found."""
    title, _, about = inspect.getdoc(module).partition("\n")  # type: ignore[union-attr]
    where = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    command = f"`python -m pytest studies/{Path(module.__file__ or '').name}`"
    table = [list(rows[0]), ["---"] * len(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    return f"## {title.rstrip('.')}\n{about.rstrip()}\n\n{dt.date.today()}, {where}: {command}\n\n{lines}\n"


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[Rows], None]:
    """Called with what a study found, after all that it asserts: puts it in the place of what it found before."""

    def write(rows: Rows) -> None:
        made = section(request.module, rows)
        head, *parts = re.split(r"^(?=## )", PAGE.read_text("utf-8"), flags=re.MULTILINE)
        named = {part.partition("\n")[0]: part.strip() + "\n" for part in [*parts, made]}
        PAGE.write_text("\n".join([head.strip() + "\n", *(named[title] for title in sorted(named))]), "utf-8")

    return write
