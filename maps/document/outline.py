"""The declared list of chapters, sections, tables and pictures of a plan's document (``data/plan_document.yaml``)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.models import Strict, Text
from maps.document.model import Kind

# What stands for several columns.
PAYERS, YEARS = "payers", "years"


class Head(Strict):
    """A column of a table that is made, with its header in both languages."""

    id: str
    ko: str
    en: str
    kind: Kind = "text"
    total: bool = False


class Part(Strict):
    """A part of a section: a table, a picture, or what a function makes (``made``)."""

    table: str = ""
    picture: str = ""
    made: str = ""
    title: Text | None = None
    sheet: str = ""
    columns: list[Head | str] = []
    lines: dict[str, Text] = {}


class Piece(Strict):
    """A section."""

    id: str
    title: Text
    parts: list[Part]


class Group(Strict):
    """A chapter."""

    title: Text
    sections: list[Piece] = Field(min_length=1)


class Outline(Strict):
    """All chapters in their order, and the sentences and words of the document."""

    texts: dict[str, Text]
    words: dict[str, Text]
    chapters: list[Group]

    def sections(self) -> list[Piece]:
        """All sections in their order."""
        return [section for chapter in self.chapters for section in chapter.sections]


Language = Literal["ko", "en"]


@cache
def outline() -> Outline:
    """The outline that documents of this version have."""
    return read_catalogue(CATALOGUES / "plan_document.yaml", Outline)
