from __future__ import annotations

from pathlib import Path

import folium
import pytest

from maps.embed import json_script
from maps.offline import PageError, policy, remote_references, write_page

REMOTE = [
    '<script src="https://cdn.example/a.js"></script>',
    '<link rel="stylesheet" href="//cdn.example/a.css">',
    '<img src="logo.png">',
    '<img srcset="data:image/png;base64 1x, https://x.example/b.png 2x">',
    '<iframe src="http://x.example"></iframe>',
    '<object data="x.svg"></object>',
    '<video poster="p.jpg"></video>',
    "<svg><image xlink:href='http://x.example/i.png'/></svg>",
    "<style>@import 'https://fonts.example/f.css';</style>",
    "<style>p { background: url(images/layers.png) }</style>",
    '<p style="background: url(&quot;http://x.example/i.png&quot;)">',
    "<script>fetch('https://api.example/v1')</script>",
    "<script>new WebSocket(`wss://x.example`)</script>",
    '<script type="application/json">{"tiles": "tiles/{z}/{x}/{y}.png"}</script>',
    '<script>L.tileLayer("/t/{z}/{x}/{y}.png")</script>',
    '<meta http-equiv="refresh" content="0; url=http://x.example">',
    '<base href="http://x.example/">',
]
LOCAL = [
    '<img src="data:image/png;base64,AAAA">',
    "<style>p { background: url(data:image/png;base64,AAAA); behavior: url(#default#VML) }</style>",
    '<use href="#mark"></use>',
    '<a href="https://www.openstreetmap.org/copyright">a link a person may click</a>',
    '<script type="application/json">{"attribution": "https://www.openstreetmap.org/copyright"}</script>',
    "<script>const ns = 'http://www.w3.org/2000/svg'; // https://in.a.comment\n</script>",
]


@pytest.mark.parametrize("html", REMOTE)
def test_what_a_page_would_load_is_found(html: str) -> None:
    assert len(remote_references(html)) == 1


@pytest.mark.parametrize("html", LOCAL)
def test_what_stands_in_the_file_is_not_remote(html: str) -> None:
    assert remote_references(html) == []


def test_a_plain_folium_map_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with pytest.raises(PageError) as raised:
        write_page(folium.Map().get_root().render(), path)
    assert len(raised.value.faults) > 5
    assert "leaflet" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


TILES = "https://tiles.example/key/{z}/{y}/{x}.png?a=1&b=2"


def with_tiles(*scripts: str) -> str:
    data = json_script("config", {"tiles": {"url": TILES}})
    return f"<!DOCTYPE html><html><head>{data}{''.join(scripts)}</head></html>"


def test_tiles_that_are_asked_for_may_stand_once_and_nothing_else_with_them(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_page(with_tiles(), path, TILES)
    assert path.is_file()
    others = [
        json_script("more", {"again": TILES}),
        json_script("more", {"other": "https://tiles.example/key/{z}/{y}/{x}.jpg"}),
        f"<script>L.tileLayer('{TILES}')</script>",
        '<img src="https://tiles.example/key/1/2/3.png">',
        "<script>fetch('https://tiles.example/key/')</script>",
    ]
    for other in others:
        with pytest.raises(PageError):
            write_page(with_tiles(other), tmp_path / "other.html", TILES)
    with pytest.raises(PageError):
        write_page(with_tiles(), tmp_path / "other.html")
    with pytest.raises(PageError):
        write_page(with_tiles(), tmp_path / "other.html", "https://elsewhere.example/{z}/{x}/{y}.png")
    assert not (tmp_path / "other.html").exists()


def test_browsers_are_told_to_load_nothing_but_tiles_of_the_one_folder() -> None:
    assert "img-src data: blob:; " in policy()
    assert "http" not in policy()
    assert "img-src data: blob: https://tiles.example/key/; " in policy(TILES)
    assert policy().startswith("default-src 'none'; ")


def test_a_megabyte_without_a_space_is_read_quickly() -> None:
    word = "A" * 2_000_000 + "{z}" + "B" * 1000 + "{x}"
    assert remote_references(f"<script type='text/plain'>{word}</script>") == []
