"""Zones and candidates are found by the names that people write."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from simulation.workbook.city import City
from simulation.workbook.services import Names
from simulation.workbook.values import NoValueError

ZONES = {
    "11": "서울특별시 종로구 종로1·2·3·4가동",
    "12": "서울특별시 중구 신당동",
    "13": "서울특별시 동대문구 신당동",
    "14": "신당동",
    "15": "Vila Nova",
}
HUBS = {"a": ("서울역 북부", "North of Seoul Station"), "b": ("북구", None), "c": ("Alto", "Alto")}


@pytest.fixture
def named(city: City) -> City:
    zones = pd.DataFrame({"zone_id": list(ZONES), "name": list(ZONES.values())})
    hubs = [(code, *names) for code, names in HUBS.items()]
    return replace(city, zones=zones, districts=pd.DataFrame(hubs, columns=["district_id", "name", "name_en"]))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("서울특별시 중구 신당동", "12"),
        ("중구 신당동", "12"),
        ("동대문구신당동", "13"),
        ("종로구 종로1.2.3.4가동", "11"),
        ("종로1ㆍ2ㆍ3ㆍ4가동", "11"),
        ("종로1・2・3・4가동", "11"),
        # The whole name of one zone, though it is the end of two others.
        ("신당동", "14"),
        ("15", "15"),
    ],
)
def test_a_zone_is_found_without_what_it_lies_in(named: City, written: str, code: str) -> None:
    assert named.zone(written) == code


@pytest.mark.parametrize(("written", "fault"), [("Nova", "workbook.no_zone"), ("종로구", "workbook.no_zone")])
def test_a_part_of_a_name_is_no_name(named: City, written: str, fault: str) -> None:
    with pytest.raises(NoValueError) as raised:
        named.zone(written)
    assert raised.value.remark.code == fault


def test_a_short_name_of_two_zones_is_neither(named: City) -> None:
    two = replace(named, zones=named.zones[named.zones["zone_id"] != "14"])
    with pytest.raises(NoValueError) as raised:
        two.zone("신당동")
    assert raised.value.remark.code == "workbook.several"
    assert list(raised.value.remark.values["ids"]) == ["12", "13"]


def test_a_candidate_has_a_name_in_each_language(named: City) -> None:
    assert [named.hub(name) for name in ("서울역 북부", "north of seoul station", "Alto", "b")] == ["a", "a", "c", "b"]
    assert [named.called(code, "en") for code in HUBS] == ["North of Seoul Station", "북구", "Alto"]
    assert [named.called(code, "ko") for code in HUBS] == ["서울역 북부", "북구", "Alto"]


def test_a_service_is_found_with_any_middle_dot() -> None:
    names = Names({"services": [{"id": "net", "name": {"ko": "자가통신망·IoT망", "en": "Network"}}]})
    assert [names.id_of(text) for text in ("자가통신망ㆍIoT망", "자가통신망・IoT 망", "자가통신망")] == [
        "net",
        "net",
        None,
    ]
