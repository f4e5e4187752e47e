"""Settings that cannot be meant, or are not what they show: refused by the checks, with the key, or read right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

SHIPPED = {
    "criteria": "data/criteria/default.yaml",
    "services": "data/services/default.yaml",
    "plan": "data/plans/default.yaml",
}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def town(case: Callable[[str], Any]) -> Callable[[str], Any]:
    """A small town whose region file names the settings of a case, as its case.yaml makes them."""

    def with_settings(name: str) -> Any:
        made, found = case("busway"), case(f"settings/{name}").folder
        region = yaml.safe_load(made.region.read_text(encoding="utf-8"))
        for section, what in yaml.safe_load((found / "case.yaml").read_text(encoding="utf-8"))["sections"].items():
            if isinstance(what, str):
                text = (found / what).read_text(encoding="utf-8")
            else:
                text = (ROOT / SHIPPED[section]).read_text(encoding="utf-8")
                for old, new in what["replace"]:
                    assert old in text
                    text = text.replace(old, new)
            (made.folder / f"{section}.yaml").write_text(text, encoding="utf-8")
            region[section] = f"{section}.yaml"
        made.region.write_text(yaml.safe_dump(region, allow_unicode=True), encoding="utf-8")
        return made

    return with_settings


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("opex-percent", ["services.yaml", "services.services[0].opex_share_year", "per cent?", "0.08"]),
        ("capex-eok", ["services.yaml", "services.services[1].capex_krw", "억원?", "1,500,000,000"]),
    ],
)
def test_money_in_another_unit_is_refused_with_the_unit_it_seems_to_be_in(town, name: str, said: list[str]) -> None:
    made = town(name)
    ran = made.run("simulation", "check", made.region)
    assert ran.code == 1
    assert [word for word in said if word not in ran.text] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("catchment-beta-negative", ["criteria[4].args.beta", "-50"]),
        ("catchment-mode", ["criteria[4].args.mode", "'walk' or 'drive'"]),
        ("ideal-linear", ["criteria[11]", "direction ideal needs a value of shape ideal or step"]),
        ("value-nan", ["criteria[11].value.low", "nan"]),
    ],
)
def test_criteria_that_cannot_be_meant_are_refused_by_the_check(town, name: str, said: list[str]) -> None:
    ran = town(name).check()
    assert ran.code == 1
    assert [word for word in ["criteria.yaml", *said] if word not in ran.text] == []


def test_a_power_of_ten_is_a_number(town) -> None:
    made = town("catchment-beta-text")
    ran = made.run("spatial", "resolve", made.region, "--folder", made.results)
    assert ran.code == 0, ran.text
    criteria = json.loads((made.results / "region.json").read_text(encoding="utf-8"))["criteria"]["criteria"]
    assert [one["args"]["beta"] for one in criteria if one["id"] == "access_health"] == [50]


def test_a_leading_zero_changes_no_number(town) -> None:
    made = town("yaml-octal")
    ran = made.run("spatial", "resolve", made.region, "--folder", made.results)
    assert ran.code == 0, ran.text
    plan = json.loads((made.results / "region.json").read_text(encoding="utf-8"))["plan"]
    opened = {one["service"]: (one["units"], one["month"]) for one in plan["in_district"]}
    assert opened["iot_network"] == (20, 6)
    assert opened["integrated_platform"] == (1, 12)
