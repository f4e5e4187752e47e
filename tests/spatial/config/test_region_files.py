"""Which region files a text names: words as a shell reads them, one name as a whole, or a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geojeom.errors import RegionError
from spatial.config.resolve import region_files

NAMES = ["a b.yaml", "a;b.yaml", "a!b.yaml", "$(x) `y`.yaml", "it's.yaml", "서울 시.yaml", 'say "hi".yaml']


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [*NAMES, "one.yaml", "two.yaml"]:
        (tmp_path / name).write_text("region: x\n", encoding="utf-8")
    (tmp_path / "profile.yaml").write_text("id: mine\n", encoding="utf-8")
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
