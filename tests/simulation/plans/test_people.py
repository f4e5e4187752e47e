from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geojeom.messages import column_text
from geojeom.models import Text
from simulation.plans.catalogue import Adoption, Counted, Group, Reach, Service
from simulation.plans.people import declining, potential, present


def service(name: str, group: str, share: float) -> Service:
    text = Text(ko="시험", en="test")
    return Service(
        id=name,
        name=text,
        field="other",
        unit=text,
        capex_krw=0,
        opex_share_year=0,
        reach=Reach(kind="citywide"),
        adoption=Adoption(group=group, potential_share=share, p=0.1, q=0.1, source="t", evidence="own_choice"),
        source="t",
        evidence="own_choice",
    )


NAMES: dict[Counted, str] = {"population": "인구", "elderly": "65세 이상", "jobs": "종사자"}
GROUPS = {
    name: Group(id=name, name=Text(ko=korean, en=name), of=name, source="t", evidence="own_choice")
    for name, korean in NAMES.items()
}


def people(population: list[int | None], elderly: list[int | None]) -> pd.DataFrame:
    unknown = pd.array([None] * len(population), dtype="Int64")
    return pd.DataFrame(
        {
            "population": pd.array(population, dtype="Int64"),
            "elderly": pd.array(elderly, dtype="Int64"),
            "youth": unknown,
            "jobs": unknown,
        }
    )


def test_present_counts_what_is_known() -> None:
    cells = people([5, None, 0], [1, None, 0]).assign(jobs=pd.array([2, 3, None], dtype="Int64"))
    assert present(cells).tolist() == [7, 3, 0]


def test_whole_numbers_keep_the_total() -> None:
    # Running sums 0.4 0.8 1.2 1.6 2.0 round to 0 1 1 2 2.
    found = potential(people([2, 2, 2, 2, 2], [None] * 5), [service("a", "population", 0.2)], GROUPS)
    assert found.count.tolist() == [[0, 1, 0, 1, 0]]


def test_a_group_unknown_in_the_region_is_not_simulated_and_said_to_be() -> None:
    services = [service("a", "population", 0.5), service("b", "elderly", 0.5), service("c", "jobs", 1)]
    found = potential(people([10, 20], [None, None]), services, GROUPS)
    assert found.services == ["a"]
    assert found.count.tolist() == [[5, 10]]
    assert {name: column_text([why]) for name, why in found.not_simulated.items()} == {
        "b": "이용자 집단(65세 이상) 자료 없음 / no data on its users (elderly) in the region",
        "c": "이용자 집단(종사자) 자료 없음 / no data on its users (jobs) in the region",
    }


def test_a_cell_where_the_group_is_unknown_is_noted() -> None:
    found = potential(people([10, None], [None, None]), [service("a", "population", 0.5)], GROUPS)
    assert found.count.tolist() == [[5, 0]]
    assert [note.ko.partition(": ")[2] for note in found.notes] == ["격자 2개 중 1개는 이용자 집단(인구) 미상"]
    assert found.notes[0].endswith(": population unknown in 1 of 2 cells")


def test_a_stated_share_of_a_column_is_a_group_too() -> None:
    # Two thirds of them drive and half of those park: a third of 2, 1, 3, 3 is 0.67, 0.33, 1, 1; running sums 1 1 2 3.
    drivers = Group(
        id="drivers",
        name=Text(ko="운전자", en="drivers"),
        of="population",
        share=2 / 3,
        source="t",
        evidence="remembered",
    )
    parking = service("parking", "drivers", 0.5)
    found = potential(people([2, 1, 3, 3], [None] * 4), [parking], {"drivers": drivers})
    assert found.count.tolist() == [[1, 0, 1, 1]]
    unknown = potential(people([None, None], [1, 1]), [parking], {"drivers": drivers})
    assert list(unknown.not_simulated) == ["parking"]
    assert column_text(unknown.not_simulated.values()) == (
        "이용자 집단(운전자) 자료 없음 / no data on its users (drivers) in the region"
    )


def test_nobody_at_all_is_not_simulated() -> None:
    found = potential(people([0, 0], [0, 0]), [service("a", "population", 0.5)], GROUPS)
    assert found.services == []
    assert "no potential adopters" in found.not_simulated["a"]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=40), st.floats(0, 1))
def test_no_cell_has_more_than_its_people_and_none_is_off_by_one(population: list[int], share: float) -> None:
    cells = people(list(population), [None] * len(population))
    found = potential(cells, [service("a", "population", share)], GROUPS)
    if found.services:
        count = found.count[0]
        assert (count >= 0).all()
        assert (count <= np.array(population)).all()
        assert abs(count.sum() - sum(population) * share) <= 0.5 + 1e-6
        assert (np.abs(count - np.array(population) * share) < 1 + 1e-6).all()


def test_residents_of_zones_in_decline_by_law(cells: pd.DataFrame) -> None:
    # People halved in A and B, businesses too in A; of C nothing is known. 40 % of the buildings are old everywhere but
    # in B, where all are: A meets 2 of 3, B people and buildings, C none but people and businesses may be.
    for name, number in (("buildings", 10), ("old_buildings", 4), ("undated_buildings", 0)):
        cells[name] = pd.array([number] * len(cells), dtype="Int64")
    cells.loc[cells["zone_id"] == "B", "old_buildings"] = 10
    rows = [
        (zone, column, year, value if year < 2025 else last)
        for zone, column, value, last in (
            ("A", "population", 100, 50),
            ("A", "businesses", 100, 50),
            ("B", "population", 100, 50),
            ("B", "businesses", 100, 100),
        )
        for year in range(1995, 2026)
    ]
    history = pd.DataFrame(rows, columns=["zone_id", "column", "year", "value"])
    residents = declining(cells, history)
    in_zone = {zone: residents[(cells["zone_id"] == zone).to_numpy()] for zone in "ABC"}
    assert in_zone["A"].sum() == in_zone["B"].sum() == 1400
    assert np.isnan(in_zone["C"]).all()
    # Were C's buildings old and its people known to stay, businesses would decide: still unknown. With neither, not.
    stays = pd.DataFrame([("C", "population", year, 100) for year in range(1995, 2026)], columns=history.columns)
    more = pd.concat([history, stays])
    assert (declining(cells, more)[(cells["zone_id"] == "C").to_numpy()] == 0).all()
    cells["old_buildings"] = pd.array([10] * len(cells), dtype="Int64")
    assert np.isnan(declining(cells, more)[(cells["zone_id"] == "C").to_numpy()]).all()
