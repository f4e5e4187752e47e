"""The neutral document of a plan: all sections there, money to the won, texts kept, what is missing said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geojeom.errors import PlanError
from maps.document.amounts import spending
from maps.document.findings import band
from maps.document.model import UNITS, Column, Document, Paragraph, Table, widths
from tests.maps.document.small import COST_KRW, document, materials, simulated

# The 25 tables of a plan, in the order of the law's and the call's points, and the open points of the check.
SECTIONS = [
    *("overview", "situation", "choice", "goals", "services", "facilities", "schedule", "investment", "funding"),
    *("estimate", "operation", "organisation", "proposals", "diffusion", "links", "exemptions", "privacy"),
    *("indicators", "effects", "risks", "participation", "complex", "finance", "handover", "changes", "open"),
]


def table_of(made: Document, name: str) -> Table:
    return next(table for table in made.blocks(Table) if table.id == name)


def column(table: Table, title: str) -> list[object]:
    place = [column.title for column in table.columns].index(title)
    return [row[place] for row in table.rows]


def test_all_sections_in_order_each_with_content(tmp_path: Path) -> None:
    made = document(tmp_path)
    assert [section.id for section in made.sections()] == SECTIONS
    assert all(section.blocks for section in made.sections())
    assert [section.number for section in made.chapters[1].sections] == ["2.1", "2.2"]
    numbers = [table.number for table in made.blocks(Table)]
    assert len(set(numbers)) == len(numbers)


def test_every_table_of_money_sums_to_the_cost(tmp_path: Path) -> None:
    made = document(tmp_path)
    for name in ("payers", "services", "investment", "cost_items", "funding", "service_payers"):
        table = table_of(made, name)
        totals = dict(zip([column.title for column in table.columns], table.totals() or [], strict=True))
        assert totals["사업비" if name == "services" else "계"] == COST_KRW, name
    outside = table_of(made, "spread")
    assert sum(column(outside, "계")) == 210_499_999  # type: ignore[arg-type]


def test_capital_lies_in_the_years_that_the_funding_tells(tmp_path: Path) -> None:
    money = spending(materials(tmp_path))
    by = money.groupby("year")["krw"].sum().to_dict()
    assert by == {2027: 500_000_000, 2028: 1_000_000_000 + 400_000_001, 2030: 210_499_999}
    first = money[(money["year"] == 2027)].set_index("payer")["krw"].to_dict()
    assert first == {"national": 250_000_000, "province": 60_000_000, "city": 190_000_000}


def test_commitments_beside_needs(tmp_path: Path) -> None:
    table = table_of(document(tmp_path), "commitments")
    rows = {(row[0], row[1]): row[2:] for row in table.rows}
    assert rows["2027", "시비"] == (190_000_000, 200_000_000, 10_000_000)
    assert rows["2028", "민간 현금"] == (50_000_001, 0, -50_000_001)


def test_team_texts_stand_in_their_sections(tmp_path: Path) -> None:
    made = document(tmp_path)
    own = {
        section.id: [block.text for block in section.blocks if isinstance(block, Paragraph) and block.kind == "own"]
        for section in made.sections()
    }
    assert own["risks"] == ["첫째 문단입니다.", "둘째 <문단> & 끝."]
    assert own["overview"] == ["=머리글"]


def test_texts_of_no_section_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"본문!A6.*'위험들'.*risks"):
        document(tmp_path, texts=[{"section": "위험들", "text": "갈 곳 없는 글"}])


@pytest.mark.parametrize(("language", "said"), [("ko", "시트 ‘규제특례’"), ("en", "sheet ‘규제특례’")])
def test_empty_tables_are_said_to_be(tmp_path: Path, language: str, said: str) -> None:
    table = table_of(document(tmp_path, language=language), "exemptions")
    assert not table.rows
    assert said in table.absent


def test_nothing_unofficial_is_called_official(tmp_path: Path) -> None:
    made = document(tmp_path)
    assert any("공식 서식이 아니며" in line for line in made.about)
    assert any("공식 배점이 아니라 ‘시험 가중치’" in block.text for block in made.blocks(Paragraph))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["강원도 춘천시 근화동", "강원도 춘천시 동내면"], ["근화동", "동내면"]),
        (["강원도 춘천시 근화동", "강원도 홍천군 홍천읍"], ["춘천시 근화동", "홍천군 홍천읍"]),
        (["Zona Norte", "Zona Sul"], ["Zona Norte", "Zona Sul"]),
        (["옛터동", "새터동"], ["옛터동", "새터동"]),
    ],
)
def test_zones_are_named_without_what_they_share(tmp_path: Path, names: list[str], shown: list[str]) -> None:
    made = materials(tmp_path)
    named = replace(made, zones=made.zones.assign(name=names))
    assert [named.zone(code) for code in ("1", "2")] == shown


def test_choice_compares_the_hub_with_the_next(tmp_path: Path) -> None:
    made = document(tmp_path)
    assert table_of(made, "candidates").rows[1][1:5] == ("강변", "비개발", 0.12, 50.0)
    assert table_of(made, "criteria").rows == [("경사", "°", 100.0, 2.5, 75.0, 5.0, 50.0)]
    assert any(block.text == "역앞이 더 평평합니다." for block in made.blocks(Paragraph))


def test_chain_from_problem_to_indicator(tmp_path: Path) -> None:
    chain = table_of(document(tmp_path), "chain")
    named = ("버스를 기다릴 곳이 없음 (새터동)", None, "스마트 쉼터", "쉼터 이용자", 0.0, 90.5)
    assert chain.rows == [(*named, None, None, "명")]
    # Of ten worlds with 110 users for each of their numbers the fifth is in the middle; before the plan there are none.
    spread = simulated()
    spread["total_inside"] = spread["total_inside"].where(spread["month"] > 0, 0)
    spread["total_outside"] = spread["total_outside"].where(spread["month"] > 0, 0)
    (tmp_path / "modelled").mkdir()
    chain = table_of(document(tmp_path / "modelled", spread=spread), "chain")
    assert chain.rows == [(*named, 0.0, 550.0, "명")]


def test_targets_beside_the_simulation_of_this_plan_only(tmp_path: Path) -> None:
    # 110·w users of ten worlds: the fifth is the median, the first and ninth bound four fifths.
    table = table_of(document(tmp_path, spread=simulated()), "simulated")
    assert table.rows[0] == ("K-1", "쉼터 이용자", 1, 50.0, 550.0, "110.0–990.0", "명")
    other = table_of(document(tmp_path), "simulated")
    assert not other.rows
    assert "다른 계획" in other.absent


def test_units_of_money_and_rounding(tmp_path: Path) -> None:
    made = document(tmp_path, unit="억원")
    services = table_of(made, "services")
    shown = [line[6] for line in made.lines(services)]
    assert shown == ["15.00", "6.11", "21.11"]  # 610,500,000 and 2,110,500,000 won: halves, away from 0
    assert UNITS["백만원"]["ko"].amount(1_500_000) == "2"
    assert UNITS["백만원"]["ko"].amount(-1_500_000) == "-2"


def test_widths_give_numbers_their_room() -> None:
    columns = [Column("글"), Column("금액", "krw")]
    table = Table("t", "1", "t", columns, [("가" * 200, 1)])
    narrow, wide = widths(table, [["가" * 200, "1,234,567,890"]], 60)[::-1]
    assert narrow * 60 >= len("1,234,567,890")
    assert wide + narrow == pytest.approx(1)


def test_no_korean_in_an_english_document_but_names(tmp_path: Path) -> None:
    made = document(tmp_path, language="en")
    heads = [column.title for table in made.blocks(Table) for column in table.columns]
    titles = [table.title for table in made.blocks(Table)] + [section.title for section in made.sections()]
    assert not [text for text in heads + titles if any("가" <= letter <= "힣" for letter in text)]


def test_money_reads_the_same_in_every_english_text(tmp_path: Path) -> None:
    # 2,110,500,000 won.
    for unit, said in (("백만원", "KRW 2,111 million"), ("억원", "KRW 2.111 bn")):
        rows = dict(table_of(document(tmp_path, language="en", unit=unit), "overview").rows)
        assert said in rows.values()


def test_running_cost_by_year_beside_the_budget(tmp_path: Path) -> None:
    finance = [{"review": "중기지방재정계획", "year": 2031, "budget_krw": 1_000_000_000}]
    table = table_of(document(tmp_path, finance=finance), "running")
    # 150 million a year from June 2028, 40 from March, 21 from January 2030; a budget is told for one year alone.
    assert [row[:2] for row in table.rows[:2]] == [("2027", 0), ("2028", 120_833_333)]
    assert table.rows[-1] == ("2031", 211_000_000, 1_000_000_000, "21.10%")
    assert table.rows[1][2:] == (None, None)


def test_a_range_is_of_ten_worlds_at_least() -> None:
    spread = simulated()
    assert band(spread["total_outside"].to_numpy()[0, 12]) == (500, 100, 900)
    assert band(spread["total_outside"].to_numpy()[0, 12, :9]) == (500, None, None)
