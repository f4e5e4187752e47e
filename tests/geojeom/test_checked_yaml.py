"""YAML of facts: keys written twice, and faults in a planner's words instead of a library's."""

import os
from pathlib import Path

import pytest

from geojeom.checked_yaml import parse, read_yaml
from geojeom.errors import Fault, RegionError
from spatial.config.region import RegionFile

GOOD = {
    "region": "x",
    "name": {"ko": "가", "en": "A"},
    "boundary": {"path": "b.json"},
    "candidates": {"path": "c.json"},
}


def told(**changed: object) -> list[str]:
    faults: list[Fault] = []
    parse(RegionFile, {**GOOD, "sources": {}, **changed}, "r.yaml", faults)
    return [str(fault) for fault in faults]


def test_keys_written_twice_are_all_named_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("region: x\nname:\n  ko: 가\n  en: A\n  ko: 나\nregion: y\n", encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        read_yaml(path)
    assert {str(fault) for fault in caught.value.faults} == {
        f"{path}, line 5, ko: expected each key once, found it again (first in line 3). Keep one of the two.",
        f"{path}, line 6, region: expected each key once, found it again (first in line 1). Keep one of the two.",
    }


def test_the_same_key_in_two_sections_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("base: &base {a: 1}\none: {<<: *base, a: 2}\ntwo: {a: 3}\n", encoding="utf-8")
    assert read_yaml(path) == {"base": {"a": 1}, "one": {"a": 2}, "two": {"a": 3}}


def test_patterns_are_said_in_words() -> None:
    assert told(country="Korea", region="My City") == [
        (
            "r.yaml, region: expected up to 40 small letters, digits, - and _, e.g. my-city, found 'My City'. "
            "Change the value."
        ),
        "r.yaml, country: expected two capital letters, e.g. KR, found 'Korea'. Change the value.",
    ]


@pytest.mark.parametrize(("value", "found"), [(2025, "2025"), (False, "False"), (1.5, "1.5")])
def test_what_yaml_takes_for_something_else_than_text_is_put_in_quotes(value: object, found: str) -> None:
    says = f'expected text, found {found}. Put it in quotes, e.g. "2025" or "0411".'
    assert told(candidates={"path": "x", "vintage": value}) == [f"r.yaml, candidates.vintage: {says}"]


def test_values_of_another_shape_are_told_in_words() -> None:
    assert told(name="수원시", simulation=None, programme=None, candidates={"path": ["a", "b"]}) == [
        "r.yaml, name: expected {ko: ..., en: ...}, found '수원시'. Change the value.",
        "r.yaml, candidates.path: expected text, found ['a', 'b']. Change the value.",
        "r.yaml, programme: expected text, found nothing. Write it, or take the key out.",
        "r.yaml, simulation: expected keys and values, found nothing. Write it, or take the key out.",
    ]


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    known = "resident_register, zone_table, points, raster, polygons, sgis_grid, total"
    assert told(sources={"counts": [{"kind": "rastr", "path": "x"}, {"path": "x"}]}) == [
        f"r.yaml, sources.counts[0].kind: expected one of: {known}, found 'rastr'. Correct the spelling.",
        "r.yaml, sources.counts[1].kind: expected a value, found nothing. Add this key.",
    ]


def test_an_unknown_key_below_is_told_the_keys_of_its_section() -> None:
    remedy = "found an unknown key. Correct the spelling or take the key out."
    source = "path, vintage, licence, attribution"
    counts = [{"kind": "raster", "path": "x", "pth": 1}]
    assert told(candidates={"path": "x", "paht": 1}, sources={"counts": counts, "zone": {}}) == [
        f"r.yaml, sources.counts[0].pth: expected one of: {source}, kind, gives, {remedy}",
        (
            "r.yaml, sources.zone: expected one of: streets, zones, counts, cross_checks, density, buildings, "
            f"facilities, land, dem, protected, zoning, parcels, parcel_tables, history, {remedy}"
        ),
        f"r.yaml, candidates.paht: expected one of: {source}, crs, zones, {remedy}",
    ]


@pytest.mark.parametrize("box", [[1, 2], [1, 2, 3, 4, 5], "1 2 3 4"])
def test_a_box_of_another_length_is_told_what_it_holds(box: object) -> None:
    says = f"expected four numbers: west, south, east, north, found {box!r}. Change the value."
    assert told(boundary={"bbox": box}) == [f"r.yaml, boundary.bbox: {says}"]


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\x07", "\u2028"])
def test_a_character_nobody_sees_is_refused_and_named(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "region.yaml"
    path.write_text(f'region: "a\\u{ord(mark):04x}b"\n', encoding="utf-8")
    with pytest.raises(RegionError, match=rf"cannot be seen, U\+{ord(mark):04X}") as caught:
        read_yaml(path)
    assert mark not in str(caught.value)


def test_what_is_no_file_of_text_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    for name in ("pipe", "folder", "loop", "none"):
        with pytest.raises(RegionError, match="a readable YAML file"):
            read_yaml(tmp_path / f"{name}.yaml")
