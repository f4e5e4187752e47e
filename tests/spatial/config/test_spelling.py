"""Names of files and words in a region file, in composed and decomposed letters."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from geojeom.checked_yaml import read_yaml
from geojeom.errors import RegionError
from geojeom.spelling import on_disk

NFD = unicodedata.normalize("NFD", "자료")
NFC = "자료"


@pytest.mark.parametrize(("there", "asked"), [(NFD, NFC), (NFC, NFD), (NFC, NFC), (NFD, NFD)])
def test_a_file_is_found_by_its_name_in_either_form(tmp_path: Path, there: str, asked: str) -> None:
    (tmp_path / there).mkdir()
    (tmp_path / there / f"{there}.csv").touch()
    assert on_disk(tmp_path / asked / f"{asked}.csv") == tmp_path / there / f"{there}.csv"


def test_a_file_that_is_not_there_keeps_its_name(tmp_path: Path) -> None:
    assert on_disk(tmp_path / "없음" / f"{NFD}.csv") == tmp_path / "없음" / f"{NFD}.csv"


def test_two_files_that_look_alike_are_refused(tmp_path: Path) -> None:
    (tmp_path / NFC).touch()
    (tmp_path / NFD).touch()
    with pytest.raises(RegionError, match="expected one file of this name, found 2"):
        on_disk(tmp_path / NFC)


@pytest.mark.parametrize("name", ["가" * 5000, "a" * 5000, "a\0b"])
def test_what_can_be_no_path_is_refused(name: str) -> None:
    with pytest.raises(RegionError, match="expected the path of a file"):
        on_disk(Path(name))


def test_words_of_a_yaml_file_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(f"{NFD}: {NFD}\n", encoding="utf-8")
    assert read_yaml(path) == {NFC: NFC}
