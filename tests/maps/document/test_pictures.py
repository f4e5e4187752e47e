"""The pictures of a plan: drawn the same twice, in the ratio told; without a Korean font said to be missing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from maps.document import fonts
from maps.document.fonts import korean_font
from maps.document.model import Paragraph, Picture
from maps.document.pictures import PICTURES, drawer
from tests.maps.document.small import document, materials


@pytest.mark.parametrize("name", PICTURES)
def test_drawn_the_same_twice(tmp_path: Path, name: str) -> None:
    font = korean_font()
    if font is None:
        pytest.skip("no font with Korean letters on this machine")
    made = materials(tmp_path)
    (png, svg, ratio), again = drawer(made, font)(name), drawer(made, font)(name)
    assert (png, svg, ratio) == again
    width, height = struct.unpack(">II", png[16:24])
    assert height / width == pytest.approx(ratio, abs=0.01)
    # Labels are outlines in it: no font is needed to see them.
    assert b"<text" not in svg
    assert b"<path" in svg


def test_without_a_font_the_document_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FILES", ("no-such-font.ttf",))
    assert korean_font() is None
    made = document(tmp_path)
    assert not list(made.blocks(Picture))
    assert sum("한글 글꼴이 없어" in block.text for block in made.blocks(Paragraph)) == len(PICTURES)
