from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from geojeom.schemas import METHODS, PAYERS, WEIGHTINGS
from simulation.plans.catalogue import ServiceField
from spatial.config.catalogue import PILLARS

ASSETS = Path(__file__).resolve().parents[2] / "maps" / "assets"
WEB = ASSETS.parent / "web"
TEXTS = {
    key: entry
    for path in sorted(ASSETS.glob("text*.json"))
    for key, entry in json.loads(path.read_text(encoding="utf-8")).items()
}


def scripts() -> str:
    folders = ("lib", "rank", "map", "ui", "compare", "diffusion", "report")
    files = [path for folder in folders for path in sorted((WEB / folder).glob("*.js"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_text_asked_for_exists_in_both_languages() -> None:
    asked = set(re.findall(r'\bt\("([^"]+)"', scripts())) | set(
        re.findall(r'\["([a-z]+\.[a-z]+)", [A-Za-z.]+\]', scripts())
    )
    assert len(asked) > 100
    assert asked - set(TEXTS) == set()
    assert all(set(entry) == {"ko", "en"} and all(entry.values()) for entry in TEXTS.values())


def test_texts_built_from_data_cover_what_the_data_can_be() -> None:
    families = {
        "pillar": PILLARS,
        "kind": ("new", "redevelopment", "existing"),
        "method": METHODS,
        "weighting": WEIGHTINGS,
        "direction": ("higher", "lower", "ideal"),
        "title": ("compare", "diffusion", "report"),
        "outcome": ("met", "not_met", "unknown"),
        "field": get_args(ServiceField),
        "layer": (
            *("population", "elderly", "youth", "jobs", "old_buildings", "developable", "protected", "slope", "drive"),
        ),
        "statistic": ("mean", "0.1", "0.5", "0.9"),
        "money": PAYERS,
    }
    for family, members in families.items():
        assert {f"{family}.{member}" for member in members} <= set(TEXTS)


def test_both_languages_fill_the_same_blanks() -> None:
    for key, entry in TEXTS.items():
        blanks = [sorted(re.findall(r"\{(\w+)\}", entry[language])) for language in ("ko", "en")]
        assert blanks[0] == blanks[1], key


def test_no_text_is_left_over() -> None:
    code = scripts()
    families = set(re.findall(r"\bt\(`([a-z]+)\.", code)) | {"unit", "statistic"}
    quoted = set(re.findall(r'"([^"\s]+)"', code))
    unused = {key for key in TEXTS if key not in quoted and key.split(".")[0] not in families}
    assert unused == set()


ROOM = ASSETS.parents[1] / "spatial"


def test_sources_of_criteria_and_services_are_in_both_languages() -> None:
    for name in ("criteria", "services"):
        catalogue = yaml.safe_load((ROOM.parent / "data" / name / "default.yaml").read_text(encoding="utf-8"))
        entries = [entry for part in catalogue.values() if isinstance(part, list) for entry in part]
        assert len(entries) > 10
        for entry in entries:
            korean, english = entry["source"].split(" / ")
            assert re.search("[가-힣]", korean), entry["id"]
            assert not re.search("[가-힣]", english), entry["id"]


def test_every_unit_of_a_criterion_is_named() -> None:
    criteria = yaml.safe_load((ASSETS.parents[1] / "data" / "criteria" / "default.yaml").read_text(encoding="utf-8"))
    units = {criterion["unit"] for criterion in criteria["criteria"]} - {"1"}
    assert {f"unit.{unit}" for unit in units} <= set(TEXTS)
    # No English word stands in a Korean page; signs of the metric system are the same in both.
    words = [re.sub(r"km²|m²", "", TEXTS[f"unit.{unit}"]["ko"]) for unit in units]
    assert [word for word in words if re.search("[A-Za-z]", word)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_balanced_profile_names_the_pillars_of_the_page(language: str) -> None:
    profile = yaml.safe_load((ASSETS.parents[1] / "data" / "profiles" / "balanced.yaml").read_text(encoding="utf-8"))
    criteria = yaml.safe_load((ASSETS.parents[1] / "data" / "criteria" / "default.yaml").read_text(encoding="utf-8"))
    pillars = [TEXTS[f"pillar.{pillar}"][language] for pillar in {one["pillar"] for one in criteria["criteria"]}]
    note = profile["provenance"][language].lower()
    assert [pillar for pillar in pillars if pillar.lower() not in note] == []
