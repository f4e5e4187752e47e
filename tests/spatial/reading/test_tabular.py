"""Messy CSV files: encodings, numbers, dates, and what is refused with which words."""

import tempfile
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geojeom.errors import Fault, SourceError
from spatial.counts.register import read_register
from spatial.reading.provenance import Account, Ledger
from spatial.reading.tabular import amounts, counts, days, numbers, read_rows

HEADER = "행정구역,총인구수,연령구간인구수," + ",".join(
    f"2020년12월_계_{band}"
    for band in ["0~9세", "10~19세", "20~29세", "30~39세", "40~49세", "50~59세", "60~69세", "70~79세", "80세 이상"]
)
ROW = '서울특별시 종로구 사직동(1111053000),"9,526","9,526",692,768,1237,1441,1478,1560,1195,768,387'


def write(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_encodings_give_the_same_table(tmp_path: Path, encoding: str) -> None:
    frame = read_rows(write(tmp_path, "코드,이름\n0012,사직동\n", encoding), {"code": "코드"})
    assert frame.to_dict("list") == {"코드": ["0012"], "이름": ["사직동"]}


def test_what_is_neither_utf8_nor_cp949_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n\xff\xfe\xff,1\n")
    with pytest.raises(SourceError, match="expected text in UTF-8 or CP949, found neither"):
        read_rows(str(path), {})


def test_all_missing_columns_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read_rows(write(tmp_path, "코드,값\n1,2\n"), {"lon": "경도", "lat": "위도"})
    assert len(error.value.faults) == 2
    assert "expected a column '위도', found columns 코드, 값. Correct `lat:`" in str(error.value)


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected rows below the header, found none"):
        read_rows(write(tmp_path, "코드,값\n"), {})


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"expected a CSV table with one header line, found an empty file\. Check that"
    ):
        read_rows(write(tmp_path, ""), {})


def test_a_line_with_a_comma_too_many_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read_rows(write(tmp_path, "code,n\n1,2\n2,1,234\n"), {})
    says = "line 3: expected 2 values, as in the lines above, found 3. If a value has a comma of its own, put the value"
    assert says in str(error.value)


@pytest.mark.parametrize(("mark", "named"), [("\t", "tabs"), (";", "semicolons")])
def test_values_between_other_marks_are_refused_with_what_to_do(tmp_path: Path, mark: str, named: str) -> None:
    with pytest.raises(SourceError) as error:
        read_rows(write(tmp_path, f"code{mark}n\n1{mark}2\n2{mark}1,234\n"), {"code": "code", "n": "n"})
    assert f"line 1: expected a CSV table with commas between the values, found {named}. Save it" in str(error.value)


def test_a_quotation_left_open_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match='line 2: expected a closing ", found the end of the file'):
        read_rows(write(tmp_path, 'code,n\n1,"2\n2,1\n'), {})


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(SourceError, match="expected a CSV file or spreadsheet, found no such file"):
        read_rows("nowhere.csv", {})


def test_numbers_know_thousands_and_blanks_and_nothing_else() -> None:
    faults: list[Fault] = []
    column = pd.Series(
        ["1,234", " 5 ", "", "-", "1.5e3", "12,34", "여섯", "NaN", "1234,567", "12,345,678.5"], name="값"
    )
    value = numbers(column, "f.csv", faults)
    assert value.dropna().tolist() == [1234, 5, 1500, 12_345_678.5]
    # 1234,567 groups no thousands: it is 1234.567 as half of Europe writes it, not a million.
    assert [(fault.row, fault.found) for fault in faults] == [(6, "'12,34'"), (7, "'여섯'"), (9, "'1234,567'")]


@pytest.mark.parametrize(
    "text", ["1 234", "1\u00a0234", "1\u2009234", "1\u202f234", "1'234", "1\u2019234", "１，２３４"]
)
def test_marks_between_thousands_and_full_width_digits_are_understood(text: str) -> None:
    faults: list[Fault] = []
    assert numbers(pd.Series([text], name="n"), "f.csv", faults).tolist() == [1234]
    assert counts(pd.Series([text], name="n"), "f.csv", faults).tolist() == [1234]
    assert faults == []


@pytest.mark.parametrize("text", ["1,5", "0,125", "1.234,5", "1 23", "1,234 567", "1.234.567", "\u25b35", "(5)", "3²"])
def test_what_could_be_another_number_is_refused(text: str) -> None:
    faults: list[Fault] = []
    numbers(pd.Series([text], name="n"), "f.csv", faults)
    assert [fault.found for fault in faults] == [repr(text)]


def test_points_between_thousands_are_refused_in_counts_and_decimals_of_nothing_are_not() -> None:
    faults: list[Fault] = []
    value = counts(pd.Series(["4.000", "12.345", "4000.0", "4000.000", "0.000", "4"], name="n"), "f.csv", faults)
    assert value.isna().tolist() == [True, True, False, False, False, False]
    assert [fault.found for fault in faults] == ["'12.345'", "'4.000'"]


@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        (["3.200", "850", "12.500"], 2),
        (["3.200", "1250"], 0),
        (["3.20", "12.500"], 0),
        (["1250.500", "12.500"], 0),
        (["85", "96"], 0),
    ],
)
def test_prices_and_areas_whose_points_may_all_part_thousands_are_refused(texts: list[str], refused: int) -> None:
    faults: list[Fault] = []
    amounts(pd.Series(texts, name="n"), "f.csv", faults)
    assert len(faults) == refused


def test_counts_are_whole_and_not_negative() -> None:
    faults: list[Fault] = []
    value = counts(pd.Series(["3", "2.5", "-1", ""], name="n"), "f.csv", faults)
    assert value.isna().tolist() == [False, True, True, True]
    assert [fault.row for fault in faults] == [2, 3]


def test_numbers_too_large_are_refused_with_their_row() -> None:
    faults: list[Fault] = []
    value = counts(pd.Series(["9" * 20, "1e400", "1000000000", "999999999", "inf"], name="n"), "f.csv", faults)
    assert value.dropna().tolist() == [999_999_999]
    remedy = "Correct the value, or leave it blank where it is unknown."
    assert sorted(str(fault) for fault in faults) == [
        f"f.csv, row 1, n: expected a whole number below 10^9, found '{'9' * 20}'. {remedy}",
        f"f.csv, row 2, n: expected a number, found '1e400'. {remedy}",
        f"f.csv, row 3, n: expected a whole number below 10^9, found '1000000000'. {remedy}",
        f"f.csv, row 5, n: expected a number, found 'inf'. {remedy}",
    ]


def test_spellings_of_a_day() -> None:
    ledger = Ledger("wifi")
    written = ["2013-06", "2013-06-07", "2013.6", "201306", "20130607", "2013년 06월 07일", "Dec-15", "15-Nov", "2013"]
    written += ["2013/6/7", "", "2013-13", "모름", "20130231"]
    read = days(pd.Series(written), ledger)
    assert read[:10].tolist() == [
        "2013-06-01",
        "2013-06-07",
        "2013-06-01",
        "2013-06-01",
        "2013-06-07",
        "2013-06-07",
        "2015-12-01",
        "2015-11-01",
        "2013-01-01",
        "2013-06-07",
    ]
    assert read[10:].isna().all()
    assert ledger.repaired == {"dates known to the month or year only, set to its first day": 6}
    assert ledger.notes == ["3 dates could not be read and are unknown: '2013-13', '모름', '20130231'"]


def test_days_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "approved.xlsx"
    pd.DataFrame({"사용승인일": pd.to_datetime(["2010-01-02 00:00:00", "1999-12-31 13:05:00"])}).to_excel(
        path, index=False
    )
    ledger = Ledger("buildings")
    found = days(read_rows(str(path), {"approved": "사용승인일"})["사용승인일"], ledger)
    assert found.tolist() == ["2010-01-02", "1999-12-31"]
    assert (ledger.repaired, ledger.notes) == ({}, [])


def test_register_of_ten_year_bands(tmp_path: Path) -> None:
    account = Account()
    table = read_register(write(tmp_path, f"{HEADER}\n{ROW}\n", "cp949"), Ledger("r"), account)
    # 65 and over: 768 + 387 and half of 1195 (597.5, half up); 20 to 39: 1237 + 1441.
    assert table.loc["1111053000"].tolist() == [9526, 768 + 387 + 598, 1237 + 1441, "서울특별시 종로구 사직동"]
    assert [column for column, _ in account.estimates] == ["elderly"]


def test_register_of_five_year_bands_needs_no_estimate(tmp_path: Path) -> None:
    text = "행정구역,총인구수,계_15~19세,계_20~24세,계_60~64세,계_65~69세,계_70세 이상,남_20~24세\n"
    text += "읍(1234567890),15,1,2,3,4,5,9\n"
    account = Account()
    table = read_register(write(tmp_path, text), Ledger("r"), account)
    assert table.iloc[0].tolist() == [15, 9, 2, "읍"]
    assert account.estimates == []


def test_register_rows_must_add_up(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 1: expected age bands that add up to 총인구수 = 9999, found 9526"):
        read_register(write(tmp_path, f"{HEADER}\n{ROW.replace('9,526', '9,999')}\n"), Ledger("r"), Account())


def test_register_rows_need_codes(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 1, 행정구역: expected a place as `name \(10-digit code\)`"):
        read_register(write(tmp_path, f"{HEADER}\n{ROW.replace('(1111053000)', '')}\n"), Ledger("r"), Account())


def test_a_table_without_ages_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected a column 총인구수 and age columns"):
        read_register(write(tmp_path, "행정구역,인구\n사직동(1111053000),5\n"), Ledger("r"), Account())


def test_a_spreadsheet_is_read_as_text(tmp_path: Path) -> None:
    pd.DataFrame({"동": ["신북읍", "동면"], "명": [4897, None]}).to_excel(tmp_path / "t.xlsx", index=False)
    frame = read_rows(str(tmp_path / "t.xlsx"), {"name": "동"})
    assert frame.to_numpy().tolist() == [["신북읍", "4897"], ["동면", ""]]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text('가나다라마바사 아0123,"', min_size=1), min_size=1, max_size=5))
def test_the_same_text_in_either_encoding_is_the_same_table(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        frames = []
        for encoding in ("utf-8", "utf-8-sig", "cp949"):
            path = Path(folder) / f"{encoding}.csv"
            pd.DataFrame({"이름": words, "n": range(len(words))}).to_csv(path, index=False, encoding=encoding)
            frames.append(read_rows(str(path), {"name": "이름"}).to_numpy().tolist())
    assert frames[0] == frames[1] == frames[2]
    assert [name.strip() for name, _ in frames[0]] == [word.strip() for word in words]


def test_stacked_headers_become_one_name(tmp_path: Path) -> None:
    text = "동,2016,2016,2016\n동,합계,합계,1~4명\n동,사업체,종사자,사업체\n신북읍,470,2643,355\n"
    frame = read_rows(write(tmp_path, text, "cp949"), {"jobs": "2016 / 합계 / 종사자"}, header_rows=3)
    assert frame.columns.tolist() == ["동", "2016 / 합계 / 사업체", "2016 / 합계 / 종사자", "2016 / 1~4명 / 사업체"]
    assert frame["2016 / 합계 / 종사자"].tolist() == ["2643"]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_name_that_two_columns_have_is_refused_unless_they_say_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = [["동", "2020", "2020", "동"], ["동", "계", "계", "동"], ["가람동", "400", "800", "가람동"]]
    if name == "t.csv":
        path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    else:
        pd.DataFrame(lines).to_excel(path, index=False, header=False)
    with pytest.raises(SourceError) as error:
        read_rows(str(path), {"name": "동", "columns.population": "2020 / 계"}, header_rows=2)
    assert [(fault.column, fault.found) for fault in error.value.faults] == [
        ("2020 / 계", "2 of this name with different values (columns 2, 3)")
    ]


def test_names_are_the_same_word_in_composed_and_decomposed_letters(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", "동,인구\n가람동,4000\n")
    assert text != "동,인구\n가람동,4000\n"
    frame = read_rows(write(tmp_path, text), {"name": "동", "columns.population": "인구"})
    assert frame.to_numpy().tolist() == [["가람동", "4000"]]
    pd.DataFrame([[unicodedata.normalize("NFD", "동")], [unicodedata.normalize("NFD", "가람동")]]).to_excel(
        tmp_path / "t.xlsx", index=False, header=False
    )
    assert read_rows(str(tmp_path / "t.xlsx"), {"name": "동"})["동"].tolist() == ["가람동"]
    with pytest.raises(SourceError, match="found 2 of this name with different values"):
        read_rows(write(tmp_path, "동," + unicodedata.normalize("NFD", "동") + "\n1,2\n"), {"name": "동"})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_is_believed(tmp_path: Path, encoding: str) -> None:
    assert read_rows(write(tmp_path, "동,n\n가람동,1\n", encoding), {"name": "동"})["동"].tolist() == ["가람동"]


def test_text_with_null_characters_is_none(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="found null characters"):
        read_rows(write(tmp_path, "a,b\n1,2\n", "utf-16-le"), {})


@pytest.mark.parametrize("above", ["새솔시 인구\n", "새솔시 인구,,\n", "새솔시 인구\n2025년 1월 기준\n"])
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_title_above_the_names_of_the_columns_is_told(tmp_path: Path, name: str, above: str) -> None:
    path = tmp_path / name
    lines = [line.split(",") for line in f"{above}코드,동,인구\n1,가람동,2\n".splitlines()]
    if name == "t.xlsx":
        lines = [line + [""] * (3 - len(line)) for line in lines]
    if name == "t.csv":
        path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
    else:
        pd.DataFrame(lines).to_excel(path, index=False, header=False)
    number = above.count("\n")
    with pytest.raises(SourceError) as error:
        read_rows(str(path), {"code": "코드", "columns.population": "인구"})
    assert f"line{'s' * (number > 1)} above them: 새솔시 인구" in str(error.value)
    assert f"stand in line {number + 1}: delete what stands above" in str(error.value)


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    assert read_rows(write(tmp_path, "n,n,m,n\n1,2,3,4\n"), {}).columns.tolist() == ["n", "n.1", "m", "n.2"]
    assert read_rows(write(tmp_path, "n,n,n.1\n1,2,3\n"), {}).columns.tolist() == ["n", "n.2", "n.1"]


@pytest.mark.parametrize("name", ["bad.xlsx", "bad.xls"])
def test_a_file_that_is_no_spreadsheet_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no such thing")
    with pytest.raises(SourceError, match=r"expected a spreadsheet \(\.xlsx, \.xls\)"):
        read_rows(str(tmp_path / name), {})
