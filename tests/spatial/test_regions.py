"""Which region files a text names: words as a shell reads them, one name as a whole, a folder or a table of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geojeom.errors import RegionError, SourceError
from spatial.regions import region_files

NAMES = ["a b.yaml", "a;b.yaml", "a!b.yaml", "$(x) `y`.yaml", "it's.yaml", "서울 시.yaml", 'say "hi".yaml']


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [*NAMES, "one.yaml", "two.yaml"]:
        (tmp_path / name).write_text("region: x\n", encoding="utf-8")
    (tmp_path / "profile.yaml").write_text("id: mine\n", encoding="utf-8")
    (tmp_path / "province").mkdir()
    (tmp_path / "province" / "north.yaml").write_text("region: north\n", encoding="utf-8")
    (tmp_path / "province" / "all.csv").write_text("region\nnorth.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_as_a_whole_names_a_file_is_that_one(towns: Path, name: str) -> None:
    assert region_files(name) == [name]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("one.yaml two.yaml", ["one.yaml", "two.yaml"]),
        ("  one.yaml\ttwo.yaml ", ["one.yaml", "two.yaml"]),
        ("'a b.yaml' one.yaml", ["a b.yaml", "one.yaml"]),
        ("a\\ b.yaml two.yaml", ["a b.yaml", "two.yaml"]),
        (["a b.yaml", "one.yaml"], ["a b.yaml", "one.yaml"]),
        ("one.yaml 'province/all.csv'", ["one.yaml", "province/north.yaml"]),
        (["province", "two.yaml"], ["province/north.yaml", "two.yaml"]),
    ],
)
def test_words_are_read_as_a_shell_reads_them(towns: Path, text: object, files: list[str]) -> None:
    assert region_files(text) == files


def test_a_folder_stands_for_the_region_files_in_it(towns: Path) -> None:
    assert sorted(region_files(str(towns))) == sorted(str(towns / name) for name in [*NAMES, "one.yaml", "two.yaml"])
    (towns / "empty").mkdir()
    with pytest.raises(RegionError, match="a folder with region files"):
        region_files("empty")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a  b.yaml", "Did you mean 'a b.yaml'"),
        ("one.yaml three.yaml", "no such file: 'three.yaml'"),
        ("'one.yaml", "quotes that are not closed"),
        ("   ", "found nothing"),
    ],
)
def test_what_names_no_file_is_told_with_what_may_be_meant(towns: Path, text: str, said: str) -> None:
    with pytest.raises(RegionError, match="region files") as caught:
        region_files(text)
    assert said in str(caught.value)


def test_a_path_without_end_is_a_path_that_is_not_there(towns: Path) -> None:
    assert region_files("x" * 5000) == ["x" * 5000]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_table_names_region_files_as_seen_from_its_own_folder(towns: Path, encoding: str) -> None:
    seoul = '서울,"../서울 시.yaml","first, of all"'
    lines = ["이름, region ,note", "북,north.yaml,", ",,", seoul, "", f"둘,{towns}/two.yaml"]
    (towns / "province" / "지역들.CSV").write_text("\r\n".join(lines), encoding=encoding)
    names = ["province/north.yaml", "province/../서울 시.yaml", f"{towns}/two.yaml"]
    assert region_files("province/지역들.CSV") == names
    assert all(Path(name).is_file() for name in names)


def test_all_rows_of_a_table_that_name_no_file_are_told(towns: Path) -> None:
    (towns / "all.csv").write_text("no,region\n1,one.yaml\n2,gone.yaml\n3,\n4,province\n5\n", encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        region_files("all.csv")
    found = [(fault.file, fault.row, fault.column, fault.found) for fault in caught.value.faults]
    assert found == [
        ("all.csv", 2, "region", "nothing at gone.yaml"),
        ("all.csv", 3, "region", "nothing"),
        ("all.csv", 4, "region", "a folder"),
        ("all.csv", 5, "region", "nothing"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no columns"),
        ("path\none.yaml\n", "the columns path"),
        ("region;name\none.yaml;One\n", "the columns region;name"),
        ("region,region\none.yaml,two.yaml\n", "the columns region, region"),
        ("region,name\n,\n", "expected a row for each region, found none"),
    ],
)
def test_a_table_without_its_column_or_rows_is_told(towns: Path, text: str, found: str) -> None:
    (towns / "all.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        region_files("all.csv")
    assert found in str(caught.value)


def test_a_table_that_is_no_text_is_refused(towns: Path) -> None:
    (towns / "all.csv").write_bytes(b"PK\x03\x04\xff\xfe\x00\x80")
    with pytest.raises(SourceError, match=r"all.csv: expected text in UTF-8 or CP949"):
        region_files("all.csv")
