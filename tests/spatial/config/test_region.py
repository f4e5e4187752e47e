"""The region file: what a planner may write, and what is refused, all faults at once."""

from pathlib import Path

import pytest
import yaml

from geojeom.configuration import digest, source_files
from geojeom.errors import RegionError
from simulation.plans.settings import check_settings
from spatial.config.resolve import missing_files, resolve

GOOD = {
    "region": "somewhere",
    "name": {"ko": "어딘가", "en": "Somewhere"},
    "boundary": {"path": "files/boundary.geojson"},
    "sources": {"counts": [{"kind": "points", "path": "files/people.csv", "columns": {"population": "people"}}]},
    "candidates": {"path": "files/candidates.geojson"},
}


def write(folder: Path, content: object, name: str = "region.yaml") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def faults(path: Path) -> str:
    with pytest.raises(RegionError) as caught:
        resolve(path)
    return str(caught.value)


def test_defaults_are_filled_in_and_catalogues_joined(tmp_path):
    resolved = resolve(write(tmp_path, GOOD)).plain
    assert resolved["region"]["cell_size_m"] == 100
    assert resolved["programme"]["ceiling_krw"] == 24_000_000_000
    assert resolved["programme"]["national_share_max"] == 0.5
    assert len(resolved["criteria"]["criteria"]) >= 12
    assert resolved["profile"]["official"] is False


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, "2021"),
        ({"country": "KR"}, "2021"),
        ({"country": "KR", "programme": "2023"}, "2023"),
        ({"country": "BR"}, None),
        ({"country": "BR", "programme": "2023"}, "2023"),
    ],
)
def test_only_a_region_in_korea_is_held_against_a_round_unless_it_names_one(tmp_path, told, named):
    resolved = resolve(write(tmp_path, GOOD | told)).plain
    assert (resolved["programme"] or {}).get("id") == named
    assert ("programme" in resolved["files"]) == (named is not None)
    assert check_settings(resolved) == []


def test_paths_are_read_from_the_region_files_own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "regions").mkdir()
    resolved = resolve(write(tmp_path / "regions", GOOD)).plain
    assert source_files(resolved) == {
        "boundary": "regions/files/boundary.geojson",
        "sources.counts[0]": "regions/files/people.csv",
        "candidates": "regions/files/candidates.geojson",
    }
    assert list(source_files(resolved, "boundary", "candidates")) == ["boundary", "candidates"]


def test_base_tiles_are_asked_for_or_there_are_none(tmp_path):
    assert resolve(write(tmp_path, GOOD)).plain["region"]["map"] is None
    url = "http://10.0.0.5:8080/base/{z}/{y}/{x}.png?key=a&b=1"
    given = GOOD | {"map": {"tiles": {"url": url, "attribution": "© 시청"}}}
    assert resolve(write(tmp_path, given)).plain["region"]["map"] == {
        "tiles": {"url": url, "attribution": "© 시청", "max_zoom": 18}
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{x}/{y}/{y}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://{z}.tiles.example/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
        "ftp://tiles.example/{z}/{x}/{y}.png",
        "//tiles.example/{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}/{x}/{y}",
        "https://a b/{z}/{x}/{y}.png",
        'https://tiles.example/{z}/{x}/{y}.png"><script>',
        "https://user:word@tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/base; script-src *; /{z}/{x}/{y}.png",
    ],
)
def test_an_address_of_tiles_that_cannot_be_one_is_refused(tmp_path, url):
    told = faults(write(tmp_path, GOOD | {"map": {"tiles": {"url": url, "attribution": "© 시청"}}}))
    assert "map.tiles.url" in told
    assert "{z}, {x} and {y} once each" in told


def test_tiles_need_an_attribution(tmp_path):
    told = faults(write(tmp_path, GOOD | {"map": {"tiles": {"url": "https://a.example/{z}/{x}/{y}.png"}}}))
    assert "map.tiles.attribution" in told


def test_a_box_with_its_axes_swapped_is_told_so(tmp_path):
    swapped = GOOD | {"boundary": {"bbox": [37.8, 127.6, 37.9, 127.8]}}
    assert "in degrees; these look like lat/lon swapped" in faults(write(tmp_path, swapped))
    outside = GOOD | {"boundary": {"bbox": [127.8, 37.9, 127.6, 37.8]}}
    assert "swapped" not in faults(write(tmp_path, outside))


def test_every_fault_is_named_at_once(tmp_path):
    bad = GOOD | {"cell_size_m": 33, "sead": 1, "country": "Korea", "boundary": {"bbox": [10, 50, 9, 51]}}
    del bad["candidates"]
    text = faults(write(tmp_path, bad))
    assert "5 faults" in text
    for part in ("cell_size_m: expected 50, 100, 250 or 500, found 33", "sead", "an unknown key", "country", "'Korea'"):
        assert part in text
    assert "candidates: expected a value, found nothing" in text
    assert "[west, south, east, north]" in text


def test_papers_and_points_name_criteria_that_are_compared(tmp_path):
    paper = {"district": "A", "criterion": "operator", "name": "MOU", "date": "2026-03-02"}
    item = {"item": {"ko": "항목", "en": "Item"}, "points": 30, "criteria": ["slope", "slop"], "own": 30}
    text = faults(write(tmp_path, GOOD | {"evidence": [paper], "points": [item]}))
    assert "evidence[0].criterion: expected a criterion that is compared, found 'operator'" in text
    assert "points[0].criteria: expected a criterion that is compared, found 'slop'" in text


def test_unknown_key_lists_the_known_ones(tmp_path):
    text = faults(write(tmp_path, GOOD | {"sead": 1}))
    assert "sead" in text
    assert "seed" in text


def test_a_misspelt_key_deep_inside_is_found(tmp_path):
    bad = GOOD | {"sources": {"zones": {"path": "a.shp", "code": "c", "nmae": "n"}}}
    text = faults(write(tmp_path, bad))
    assert "sources.zones.nmae" in text
    assert "sources.zones.name: expected a value, found nothing" in text


def test_boundary_is_either_polygons_or_a_box(tmp_path):
    assert "give either path or bbox" in faults(write(tmp_path, GOOD | {"boundary": {}}))


def test_a_missing_catalogue_is_named(tmp_path):
    text = faults(write(tmp_path, GOOD | {"profile": "mine.yaml", "programme": "1999"}))
    assert "mine.yaml" in text
    assert "1999.yaml" in text


@pytest.mark.parametrize(
    ("content", "message"),
    [("region: [a", "valid YAML"), ("- a\n- b\n", "keys and values"), ("", "keys and values")],
)
def test_what_is_no_yaml_mapping_is_refused(tmp_path, content, message):
    assert message in faults(write(tmp_path, content))


def test_another_encoding_is_said(tmp_path):
    path = tmp_path / "region.yaml"
    path.write_bytes("name: 어딘가".encode("cp949"))
    assert "UTF-8" in faults(path)


def test_no_file_at_all(tmp_path):
    assert "no such file" in faults(tmp_path / "nothing.yaml")


def test_missing_sources_are_all_named(tmp_path):
    path = write(tmp_path, GOOD)
    resolved = resolve(path)
    found = missing_files(resolved.region, str(path), set())
    assert [fault.column for fault in found] == ["boundary.path", "sources.counts[0].path", "candidates.path"]
    made = set(source_files(resolved.plain).values())
    assert missing_files(resolved.region, str(path), made) == []


def test_a_fault_of_a_catalogue_hides_no_missing_file(tmp_path):
    path = write(tmp_path, GOOD | {"profile": "nobodys"})
    with pytest.raises(RegionError) as caught:
        resolve(path)
    said = [fault.column or Path(fault.file).name for fault in caught.value.faults]
    assert said == ["nobodys.yaml", "boundary.path", "sources.counts[0].path", "candidates.path"]
    with pytest.raises(RegionError) as caught:
        resolve(path, made_below=str(tmp_path / "files"))
    assert len(caught.value.faults) == 1


def test_digest_changes_with_its_sections_only(tmp_path):
    first = resolve(write(tmp_path, GOOD)).plain
    second = resolve(write(tmp_path, GOOD | {"seed": 5})).plain
    assert digest(first, "region.sources", "profile") == digest(second, "region.sources", "profile")
    assert digest(first, "region") != digest(second, "region")
    assert digest(first, "region.seed") != digest(second, "region.seed")


def test_a_profile_that_weighs_an_unknown_criterion_is_refused_with_the_nearest_name(tmp_path):
    profile = {"id": "mine", "label": {"ko": "나", "en": "me"}, "provenance": {"ko": "나", "en": "me"}}
    write(tmp_path, profile | {"weights": {"slop": 1, "land_price": 1}}, "mine.yaml")
    text = faults(write(tmp_path, GOOD | {"profile": "mine.yaml"}))
    assert "mine.yaml, weights.slop" in text
    assert "Did you mean slope?" in text
    assert "land_price" not in text


def test_an_infinite_weight_is_refused(tmp_path):
    profile = {"id": "mine", "label": {"ko": "나", "en": "me"}, "provenance": {"ko": "나", "en": "me"}}
    write(tmp_path, profile | {"weights": {"slope": float("inf")}}, "mine.yaml")
    assert "weights.slope" in faults(write(tmp_path, GOOD | {"profile": "mine.yaml"}))


def test_faults_of_the_plan_name_the_plans_own_file(tmp_path):
    plan = yaml.safe_load(Path(__file__).resolve().parents[3].joinpath("data/plans/default.yaml").read_text("utf-8"))
    plan["in_district"][0]["service"] = "no_such"
    write(tmp_path, plan, "plan.yaml")
    path = write(tmp_path, GOOD | {"plan": "plan.yaml"})
    resolved = resolve(path).plain
    found = check_settings(resolved, resolved["files"]["region"])
    assert found
    assert all(fault.file.endswith("plan.yaml") for fault in found)


def test_an_epsg_code_may_stand_as_a_number(tmp_path):
    given = GOOD | {"boundary": {"path": "files/boundary.geojson", "crs": 5179}}
    assert resolve(write(tmp_path, given)).plain["region"]["boundary"]["crs"] == "EPSG:5179"
