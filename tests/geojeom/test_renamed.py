"""Settings under their names of 0.2.0: read as before, with a warning that names the new one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.errors import RegionError
from geojeom.renamed import LETTERS, in_new_words
from simulation.plans.settings import check_settings
from spatial.config.catalogue import Evidence
from spatial.config.resolve import resolve


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


def test_catalogues_of_a_region_in_old_words_are_those_in_new_words(tmp_path: Path) -> None:
    """Also the sections that the simulation checks, which the room of sources hands on as they were written."""
    region = "region: old\nname: {ko: 옛, en: old}\nboundary: {bbox: [127.0, 37.0, 127.1, 37.1]}\n"
    region += "sources: {counts: []}\ncandidates: {path: candidates.geojson}\n"
    own = {"services": "services", "criteria": "criteria", "programme": "programme"}
    names = {"services": "default", "criteria": "default", "programme": "2021"}
    for key, folder in own.items():
        text = (CATALOGUES / folder / f"{names[key]}.yaml").read_text(encoding="utf-8")
        for letter, word in LETTERS.items():
            text = text.replace(f"evidence: {word}", f"mark: {letter}")
        assert "mark: " in text
        assert "evidence: " not in text
        (tmp_path / f"{key}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(region, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(region + "".join(f"{key}: {key}.yaml\n" for key in own), encoding="utf-8")
    new, old = (resolve(tmp_path / f"{name}.yaml").plain for name in ("new", "old"))
    assert check_settings(old) == []
    assert {key: old[key] for key in own} == {key: new[key] for key in own}


def test_payers_and_places_of_0_2_0_are_read(caplog: pytest.LogCaptureFixture) -> None:
    raw = {
        "sites_per_year": 4,
        "in_district": [{"split": {"national": 0.5, "private": 0.5}}, {"split": {"private": 1, "private_cash": 0}}],
        "private": {"private": 1},
    }
    with caplog.at_level(logging.WARNING):
        assert in_new_words(raw, "x.yaml") == {
            "sites": 4,
            # With both names it is not clear which is meant.
            "in_district": [
                {"split": {"national": 0.5, "private_cash": 0.5}},
                {"split": {"private": 1, "private_cash": 0}},
            ],
            # The word means something else elsewhere.
            "private": {"private": 1},
        }
    assert [record.getMessage().partition(";")[0] for record in caplog.records] == [
        "x.yaml: `private` is now `private_cash`",
        "x.yaml: `sites_per_year` is now `sites`",
    ]
