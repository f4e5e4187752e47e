from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geojeom.cli import room_app
from geojeom.errors import SourceError, TableError
from maps.basemap import Content
from maps.offline import remote_references
from maps.page import page

HOSTILE = "</script><script>window.broken=1</script>\"'`&lt;\u202eabc\u2028🏙️{{ 7*7 }}{% raw %}" + "긴" * 500


@pytest.fixture(scope="module", params=["compare", "diffusion"])
def html(request: pytest.FixtureRequest, toy_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(toy_folder, folder, dirs_exist_ok=True)
    result = CliRunner().invoke(room_app("maps"), [request.param, str(folder)])
    assert result.exit_code == 0, result.output
    return (folder / f"{request.param}.html").read_text(encoding="utf-8")


def test_a_page_needs_nothing_outside_itself(html: str) -> None:
    assert remote_references(html) == []
    assert html.count("<!DOCTYPE html>") == 1
    assert '<html lang="ko">' in html


def test_a_page_holds_leaflet_and_no_other_library(html: str) -> None:
    assert "Leaflet 1.9.3" in html
    assert not re.search(r"jquery|bootstrap|awesome", html, re.IGNORECASE)


def test_the_same_content_gives_the_same_bytes() -> None:
    content = Content({"page": "compare", "name": HOSTILE}, {"a": b"1234"})
    assert page("t", content) == page("t", content)


def test_a_hostile_name_adds_no_element() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.seen.append(tag)

    tags = []
    for name in ("plain", HOSTILE):
        parser = Tags()
        parser.feed(page(name, Content({"page": "compare", "name": name})))
        tags.append(parser.seen)
    assert tags[0] == tags[1]


def test_a_missing_file_names_the_step_to_run(tmp_path: Path, toy_folder: Path) -> None:
    result = CliRunner().invoke(room_app("maps"), ["compare", str(tmp_path)])
    assert isinstance(result.exception, SourceError)
    assert "region.json" in str(result.exception)
    assert "geojeom spatial resolve" in str(result.exception)
    shutil.copytree(toy_folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "scores.parquet").unlink()
    result = CliRunner().invoke(room_app("maps"), ["compare", str(tmp_path)])
    assert isinstance(result.exception, TableError)
    assert "scores.parquet" in str(result.exception)
    assert not (tmp_path / "compare.html").exists()


def test_damaged_arrays_name_the_step_to_run_again(tmp_path: Path, toy_folder: Path) -> None:
    shutil.copytree(toy_folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "district_travel.npz"
    path.write_bytes(path.read_bytes()[:500])
    result = CliRunner().invoke(room_app("maps"), ["compare", str(tmp_path)])
    assert isinstance(result.exception, SourceError)
    assert "geojeom spatial districts" in str(result.exception)
    assert not (tmp_path / "compare.html").exists()
