"""From catalogue entries to the tables criteria and vetoes; the shipped catalogues hold together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from geojeom.errors import RegionError
from geojeom.messages import Remark
from geojeom.tables import check_schema
from spatial.config.catalogue import PILLARS, CriteriaSet, Profile, Programme
from spatial.config.committee import Paper
from spatial.config.minimum import Minimum
from spatial.measures.criteria import FROM_SIMULATION, MEASURES, VETOES, measure
from spatial.reading.provenance import Account, Ledger, dated
from tests.spatial.files import region_of
from tests.tables import said

DATA = Path(__file__).resolve().parents[3] / "data"
BOTH = {"ko": "가", "en": "a"}
COUNTS = [
    {"kind": "resident_register", "path": "x/people.csv", "vintage": "2025-12", "attribution": "MOIS"},
    {"kind": "zone_table", "path": "x/jobs.csv", "vintage": "2024", "code": "코드", "columns": {"jobs": "종사자"}},
]
REGION = region_of(
    sources={"counts": COUNTS, "streets": {"path": "x/s.pbf", "vintage": "2025-10"}},
    candidates={"path": "x/c.geojson", "vintage": "2026-01"},
)


def entry(name: str, which: str, **args) -> dict:
    return {"id": name, "pillar": "space", "label": BOTH, "unit": "u", "direction": "higher", "measure": which} | {
        "args": args,
        "source": "by hand",
        "evidence": "own_choice",
        "missing": {"ko": "없음", "en": "none"},
    }


def veto(name: str, which: str, **args) -> dict:
    return {"id": name, "label": BOTH, "measure": which, "args": args, "source": "by hand", "evidence": "own_choice"}


def catalogue(criteria: list[dict], vetoes: list[dict] | None = None) -> CriteriaSet:
    return CriteriaSet.model_validate({"criteria": criteria, "vetoes": vetoes or []})


def test_tables_by_hand(place) -> None:
    wanted = catalogue(
        [
            entry("near", "total", column="population", walk_min=5),
            entry("jobs", "total", column="jobs"),
            entry("price", "proposal", field="land_price_krw_m2"),
            entry("later", "from_simulation"),
        ],
        [veto("kind", "kind_not_eligible"), veto("land", "area_share_over", column="protected_m2", limit=0.05)],
    )
    guess = Remark("stated", text={"ko": "추정", "en": "a guess"})
    values, vetoes = measure(place, wanted, REGION, Account(estimates=[("jobs", guess)]))
    check_schema(values, "criteria", "criteria")
    check_schema(vetoes, "vetoes", "vetoes")
    assert values[["district_id", "criterion"]].to_numpy().tolist() == [
        ["A", "near"],
        ["A", "jobs"],
        ["A", "price"],
        ["B", "near"],
        ["B", "jobs"],
        ["B", "price"],
    ]
    np.testing.assert_array_equal(values["value"], [500, 10, 1e6, 400, np.nan, np.nan])
    assert said(values["source"])[:3] == ["MOIS (people.csv); s.pbf", "jobs.csv", "c.geojson"]
    assert values["vintage"].tolist()[:3] == ["2025-12; 2025-10", "2024", "2026-01"]
    assert said(values["note"])[1] == (
        "추정; 격자 2개 중 1개는 종사자 자료가 없어 제외 / a guess; 1 of 2 cells have no data on jobs and are left out"
    )
    assert values["missing"].isna().tolist() == [True, True, True, True, False, False]
    assert said(values["missing"])[4:] == [
        "종사자 자료 없음 / no data on jobs",
        "제안서에 값이 없음 / the proposal does not say",
    ]
    # What the proposal claims has no paper behind it.
    assert values["note"].isna().tolist() == [True, False, False, True, True, True]
    assert said(values["note"])[2] == "증빙 없음 / Without evidence"
    assert vetoes["vetoed"].tolist()[:3] == [False, True, True]
    assert vetoes["vetoed"].isna().tolist() == [False, False, False, True]


def test_straight_lines_are_said(place) -> None:
    straight = replace(place, network=replace(place.network, kind="straight_line", circuity=1.3))
    wanted = catalogue([entry("near", "total", column="population", walk_min=5)])
    values, vetoes = measure(straight, wanted, REGION, Account())
    assert said(values["note"]) == ["도로망 없음: 직선거리 × 1.3 / no streets: straight line × 1.3"] * 2
    check_schema(vetoes, "vetoes", "vetoes")
    assert vetoes.empty


def test_a_district_smaller_than_a_cell_is_told_where_cells_speak_for_it(place) -> None:
    small = replace(place, districts=place.districts.assign(area_m2=[20_000.0, 9_000.0]))
    wanted = [entry("people", "total", column="population"), entry("size", "district_area")]
    values, _ = measure(small, catalogue(wanted), REGION, Account())
    told = (
        "지구가 격자 한 칸보다 작아 한 칸의 값으로 대신함 / the district is smaller than a cell: one cell stands for it"
    )
    assert said(values["note"]) == ["", "", told, ""]


def test_the_day_a_reader_found_stands_in_where_the_region_file_gives_none() -> None:
    points = {"kind": "points", "path": "p.csv", "columns": {"jobs": "n"}}
    counts = [points | {"vintage": "2020"}, points]
    region = region_of(sources={"streets": {"path": "s.osm"}, "counts": counts})
    found_in_files = {"streets": "2026-06-30", "counts[0]": "2021", "counts[1]": "2022"}
    account = Account([Ledger(key, vintage=vintage) for key, vintage in found_in_files.items()])
    found = dated(region.sources, account)
    assert found.streets.vintage == "2026-06-30"
    assert found.dem is None
    assert [one.vintage for one in found.counts] == ["2020", "2022"]


def test_where_no_district_has_a_value_the_catalogue_says_what_that_means(place) -> None:
    values, _ = measure(place, catalogue([entry("young", "total", column="youth")]), REGION, Account())
    assert said(values["missing"]) == ["없음 / none"] * 2


def test_all_wrong_entries_are_named_at_once(place) -> None:
    wrong = catalogue(
        [
            entry("one", "totall", column="population"),
            entry("two", "total", columns="population"),
            entry("three", "total", column="cats"),
            entry("four", "total", column="population", walk_min=600),
        ],
        [veto("five", "slope")],
    )
    with pytest.raises(RegionError) as error:
        measure(place, wrong, REGION, Account())
    text = str(error.value)
    assert len(error.value.faults) == 5
    assert "one, measure: expected one of access, area_share" in text
    assert "two, args: expected arguments of total: column, walk_min, drive_min, found missing a required" in text
    assert "the cells have no column of numbers 'cats'" in text
    assert "600 minutes: travel is known up to 60" in text
    assert "five, measure: expected one of area_limits" in text


def test_a_catalogue_for_nobody_is_empty_not_broken(place) -> None:
    values, vetoes = measure(place, catalogue([entry("later", "from_simulation")]), REGION, Account())
    check_schema(values, "criteria", "criteria")
    check_schema(vetoes, "vetoes", "vetoes")
    assert values.empty


def shipped(folder: str, shape: type) -> list:
    return [shape.model_validate(yaml.safe_load(p.read_text("utf-8"))) for p in sorted((DATA / folder).glob("*.yaml"))]


def test_the_shipped_criteria_cover_every_pillar_and_name_known_measures(place) -> None:
    (default,) = shipped("criteria", CriteriaSet)
    assert {criterion.pillar for criterion in default.criteria} == set(PILLARS)
    assert len(default.criteria) >= 25
    assert all(c.measure in MEASURES or c.measure == FROM_SIMULATION for c in default.criteria)
    assert all(v.measure in VETOES for v in default.vetoes)
    columns = place.cells.assign(water_m2=0.0)
    districts = place.districts.assign(control_centre=None, private_share=np.nan, public_land_share=np.nan)
    standard = Minimum.model_validate(yaml.safe_load((DATA / "minimum.yaml").read_text("utf-8")))
    whole = replace(place, cells=columns, districts=districts, minimum=standard)
    values, vetoes = measure(whole, default, REGION, Account())
    check_schema(values, "criteria", "criteria")
    check_schema(vetoes, "vetoes", "vetoes")
    measured_here = [criterion for criterion in default.criteria if criterion.measure != FROM_SIMULATION]
    assert len(values) == 2 * len(measured_here)
    assert (values["value"].isna() == values["missing"].notna()).all()


def test_the_shipped_profiles_weigh_known_criteria_and_say_they_are_illustrative() -> None:
    (default,) = shipped("criteria", CriteriaSet)
    profiles = shipped("profiles", Profile)
    assert {profile.id for profile in profiles} >= {"balanced", "urgency", "diffusion", "equal", "entropy", "judged"}
    known = {criterion.id for criterion in default.criteria}
    for profile in profiles:
        assert set(profile.named) == known if profile.weights else set(profile.named) <= known
        assert "예시" in profile.provenance.ko
        assert "Illustrative" in profile.provenance.en


def test_the_shipped_round_of_2021_is_the_press_release() -> None:
    first = next(programme for programme in shipped("programme", Programme) if programme.id == "2021")
    assert first.ceiling_krw == 24_000_000_000
    assert (first.national_share_max, first.years, first.sites, first.sites_total) == (0.5, 3, 4, 16)
    assert set(first.kinds) == {"new", "redevelopment", "existing"}


def test_papers_stand_beside_what_a_proposal_claims(place) -> None:
    wanted = catalogue([entry("price", "proposal", field="land_price_krw_m2")])
    paper = {"district": "A", "criterion": "price", "name": "감정평가서", "date": "2026-03-02"}
    papers = [paper | {"file": "a.pdf"}, paper | {"name": "협약서"}]
    region = REGION.model_copy(update={"evidence": [Paper.model_validate(one) for one in papers]})
    values, _ = measure(place, wanted, region, Account())
    told = "증빙: 감정평가서, 2026-03-02, a.pdf; 증빙: 협약서, 2026-03-02"
    assert said(values["note"])[0].startswith(told)


def test_a_paper_of_no_candidate_is_a_fault(place) -> None:
    paper = Paper(district="Z", criterion="price", name="x", date="2026-03-02")
    region = REGION.model_copy(update={"evidence": [paper]})
    with pytest.raises(RegionError, match=r"evidence\[0\]\.district"):
        measure(place, catalogue([entry("price", "proposal", field="land_price_krw_m2")]), region, Account())


def test_the_day_of_a_paper_is_a_day() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        Paper(district="A", criterion="price", name="x", date="2026-02-30")
