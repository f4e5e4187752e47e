"""Settings under their names of 0.2.0: read as before, with a warning that names the new one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from geojeom.checked_yaml import read_catalogue
from geojeom.errors import RegionError
from geojeom.renamed import in_new_words
from spatial.config.catalogue import Evidence


class Fact(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    evidence: Evidence


class Facts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    facts: list[Fact]


def read(folder: Path, *lines: str) -> Facts:
    path = folder / "facts.yaml"
    path.write_text("facts:\n" + "".join(f"  - {{{line}}}\n" for line in lines), encoding="utf-8")
    return read_catalogue(path, Facts)


def test_old_keys_are_read_with_one_warning_each(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        facts = read(
            tmp_path, "name: a, mark: S", "name: b, mark: D", "name: c, mark: S", "name: d, evidence: recomputed"
        )
    assert [fact.evidence for fact in facts.facts] == ["read", "own_choice", "read", "recomputed"]
    assert [record.getMessage().partition(": ")[2].partition(";")[0] for record in caplog.records] == [
        "`mark: D` is now `evidence: own_choice`",
        "`mark: S` is now `evidence: read`",
    ]
    assert str(tmp_path / "facts.yaml") in caplog.text


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("name: a, mark: X", "mark"),  # a letter that never was one
        ("name: a, mark: S, evidence: read", "mark"),  # both: which is meant?
        ("name: a, evidence: S", "evidence"),  # the new key takes the new words
    ],
)
def test_what_was_never_right_is_a_fault(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(RegionError) as caught:
        read(tmp_path, line)
    assert f"facts[0].{key}" in str(caught.value)


def test_values_and_other_keys_stay() -> None:
    raw = {"mark": ["S"], "text": "mark: S", "inner": [{"public_mark": "M", "other": 1}]}
    assert in_new_words(raw, "x.yaml") == {
        "mark": ["S"],
        "text": "mark: S",
        "inner": [{"public_evidence": "remembered", "other": 1}],
    }
