"""Steps that run because a command needs their results say little, and leave logging as it was."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from geojeom import ready
from geojeom.errors import SourceError


@pytest.mark.parametrize("fails", [False, True])
def test_steps_say_only_warnings_while_they_run(fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loggers = [logging.getLogger("geojeom.spatial"), logging.getLogger("geojeom.simulation")]
    meanwhile = []

    def run(*_: Any, **__: Any) -> None:
        meanwhile.extend(each.isEnabledFor(logging.INFO) for each in loggers)
        if fails:
            raise SourceError([])

    monkeypatch.setattr(ready, "run", run)
    monkeypatch.setattr(ready, "configuration", lambda folder: {})
    for each, level in zip(loggers, (logging.INFO, logging.DEBUG), strict=True):
        monkeypatch.setattr(each, "level", level)
        each.setLevel(level)
    try:
        ready.bring(tmp_path, ["cells.parquet"], ("spatial", "simulation"))
    except SourceError:
        assert fails
    assert meanwhile == [False, False]
    assert [each.level for each in loggers] == [logging.INFO, logging.DEBUG]
