"""Texts of a workbook in both languages: the same where a list, a name or a draft says the same, and only there."""

from __future__ import annotations

import pytest

from simulation.workbook.layout import layout
from simulation.workbook.meaning import Meaning, names_in

NAMES = [
    {
        "services": [
            {"id": "bus", "name": {"ko": "버스(수요응답)", "en": "Bus on demand"}},
            {"name": {"ko": "등", "en": "Lamp"}},
        ]
    },
    {"holder": {"ko": "행정안전부", "en": "Ministry of the Interior"}},
    # A word of the lists that has another meaning here.
    {"ko": "거주자", "en": "residents"},
]


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(layout(), names_in(NAMES))


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("버스(수요응답)", "Bus on demand"),
        ("등, 버스(수요응답)", "lamp, Bus on demand"),
        ("명", "people"),
        ("주민", "residents"),
        ("선정, 재정 지원", "selection, funding"),
        ("등 이용자", "users of Lamp"),
        ("걸어서 5분 밖 주민", "people farther than 5 minutes on foot"),
        ("약국 국가적 최저기준을 벗어난 곳에 사는 주민", "people who live beyond the national minimum: Pharmacy"),
        ("행정안전부 (age.csv)", "Ministry of the Interior (age.csv)"),
    ],
)
def test_the_same_in_either_language(meaning: Meaning, korean: str, english: str) -> None:
    assert meaning.of(english) == meaning.of(korean) == korean


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("등 이용자", "users of Bus on demand"),
        ("걸어서 5분 밖 주민", "people farther than 10 minutes on foot"),
        ("등", "Lamps"),
        ("행정안전부 (age.csv)", "Ministry of the Interior (people.csv)"),
    ],
)
def test_what_says_something_else_differs(meaning: Meaning, korean: str, english: str) -> None:
    assert meaning.of(english) != meaning.of(korean)


def test_numbers_and_blanks_are_what_they_are(meaning: Meaning) -> None:
    assert [meaning.of(value) for value in (None, 5, 1.5, "")] == [None, 5, 1.5, ""]
