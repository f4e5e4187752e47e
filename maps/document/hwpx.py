"""A document as .hwpx, the open format of Hangul: A4, headings of its outline, tables of readable rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geojeom.extras import library
from geojeom.files import atomic
from maps.document.hwpx_rows import Row, with_rows
from maps.document.model import NO_XML, NUMBERS, Block, Document, Paragraph, Picture, Table, widths

FONT = "맑은 고딕"
MARGIN_MM, TEXT_MM = 20, 170
# Hangul measures in 1/7200 of an inch.
UNITS_PER_MM = 7200 / 25.4
SIZES_PT = ((6, 9), (9, 8), (99, 7))
LETTER, MM_PER_POINT = 0.6, 0.3528
HEAD_FILL, TOTAL_FILL = "#D9E2EC", "#F1F0EC"
# Height of a line by its letters' size, and the margins of a cell (mm).
LINE, CELL_MM = 1.5, 2.0
# How Hangul numbers the outline's levels: 1. and 1.1, where its own are 1. and 가.
OUTLINE = ("^1.", "^1.^2")
HEADER = "{http://www.hancom.co.kr/hwpml/2011/head}"


def write_hwpx(document: Document, path: Path) -> None:
    """Write the document, whole or not at all."""
    made = _Writer(document)
    made.write()
    with atomic(path) as partial:
        partial.write_bytes(with_rows(made.file.to_bytes(), made.tables))


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self.file = library("hwpx", "office").HwpxDocument.new()
        self.tables: list[list[Row]] = []
        self._styles: dict[tuple[Any, ...], str] = {}
        # What the library has once made, for it looks through all it has before it makes a thing again.
        self._forms: dict[tuple[Any, ...], str] = {}
        self._fills: dict[str, str] = {}

    def write(self) -> None:
        """Fill the file, but for the rows of its tables."""
        sides = dict.fromkeys(("left", "right", "top", "bottom"), float(MARGIN_MM))
        self.file.page.setup(paper_size="A4", margins_mm=sides)
        self.file.page.set_page_number(align="CENTER")
        self._number_outline()
        self._line(self._document.title, 20, bold=True, before=0, after=8)
        for text in self._document.about:
            self._line(text, 9, color="#595959")
        self._line(self._document.words["contents"], 13, bold=True, before=12, after=4)
        for chapter in self._document.chapters:
            self._line(f"{chapter.number}. {chapter.title}", 10)
            for section in chapter.sections:
                self._line(f"    {section.number} {section.title}", 10)
        for chapter in self._document.chapters:
            self._line(chapter.title, 15, bold=True, before=16, after=4, level=1)
            for section in chapter.sections:
                self._line(section.title, 12, bold=True, before=10, after=3, level=2)
                for block in section.blocks:
                    self._block(block)

    def _number_outline(self) -> None:
        """Let Hangul number the headings, so that a chapter put in renumbers those after it."""
        for head in self.file.oxml.headers[0].element.iter(f"{HEADER}paraHead"):
            if (level := int(head.get("level"))) <= len(OUTLINE):
                head.set("numFormat", "DIGIT")
                head.text = OUTLINE[level - 1]

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            self.file.add_picture(block.png, "png", width_mm=TEXT_MM, height_mm=TEXT_MM * block.ratio)
            self._line(self._document.caption(block), 9, bold=True, after=6)
        else:
            self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> None:
        own = block.kind == "own"
        self._line(block.text, 10 if own else 9, color=None if own else "#595959", italic=block.kind == "absent")

    def _line(
        self,
        text: str,
        points: int,
        *,
        bold: bool = False,
        italic: bool = False,
        color: str | None = None,
        before: float = 0,
        after: float = 2,
        level: int = 0,
        align: str | None = None,
        with_next: bool = False,
    ) -> None:
        text, style = NO_XML.sub("", text), self._style(points, bold=bold, italic=italic, color=color)
        if level:
            paragraph = self.file.add_heading(text, level, char_pr_id_ref=style)
        else:
            paragraph = self.file.add_paragraph(text, char_pr_id_ref=style, inherit_style=False)
        form = {"spacing_before_pt": before, "spacing_after_pt": after, "alignment": align}
        self._form(paragraph, **form, indent_left_mm=0, keep_with_next=with_next or bool(level) or None)

    def _form(self, paragraph: Any, **form: Any) -> None:
        """Give a paragraph a form."""
        key = (paragraph.para_pr_id_ref, *form.items())
        if key not in self._forms:
            self.file.styles.apply_paragraph_format(paragraphs=[paragraph], **form)
            self._forms[key] = paragraph.para_pr_id_ref
        paragraph.para_pr_id_ref = self._forms[key]

    def _style(self, points: int, *, bold: bool = False, italic: bool = False, color: str | None = None) -> str:
        key = (points, bold, italic, color)
        if key not in self._styles:
            made = self.file.styles.ensure_run(bold=bold, italic=italic, color=color, font=FONT, size=points)
            self._styles[key] = str(made)
        return self._styles[key]

    def _table(self, block: Table) -> None:
        self._line(self._document.caption(block), 9, bold=True, before=6, with_next=True)
        if not block.rows:
            self._paragraph(Paragraph(block.absent, "absent"))
            return
        if unit := self._document.unit_line(block):
            self._line(unit, 8, align="right")
        lines = self._document.lines(block)
        points = next(size for most, size in SIZES_PT if len(block.columns) <= most)
        letters = TEXT_MM / (points * MM_PER_POINT * LETTER)
        sizes = [round(share * TEXT_MM * UNITS_PER_MM) for share in widths(block, lines, letters)]
        rows = [[column.title for column in block.columns], *lines]
        heights = [_height(row, sizes, points) for row in rows]
        table = self.file.add_table(1, len(sizes), width=sum(sizes), height=sum(heights))
        table.set_column_widths(sizes)
        # As a letter of its line it could not go on on the next page.
        table.set_treat_as_char(False)
        table.element.set("repeatHeader", "1")
        self.tables.append(self._rows(table, block, rows, heights, points))
        self._line("", 6)

    def _rows(
        self, table: Any, block: Table, rows: Sequence[Sequence[str]], heights: Sequence[int], points: int
    ) -> list[Row]:
        """The rows of a table, the head first."""
        place = table.rows[0].cells[0].paragraphs[0]
        left = str(place.para_pr_id_ref)
        self._form(place, alignment="right")
        right = str(place.para_pr_id_ref)
        forms = [right if column.kind in NUMBERS else left for column in block.columns]
        plain = str(table.element.get("borderFillIDRef"))
        last = len(rows) - 1 if block.totals() is not None else -1
        made = []
        for number, (texts, height) in enumerate(zip(rows, heights, strict=True)):
            fill = HEAD_FILL if number == 0 else TOTAL_FILL if number == last else ""
            letters = self._style(points, bold=bool(fill))
            frame = self._fill(plain, fill) if fill else plain
            own = forms if number else [left] * len(forms)
            made.append(Row([NO_XML.sub("", text) for text in texts], height, letters, frame, own, number == 0))
        return made

    def _fill(self, plain: str, color: str) -> str:
        """A frame like the plain one, of a color."""
        if color not in self._fills:
            made = self.file.oxml.ensure_shading_border_fill(color, base_border_fill_id=plain)
            self._fills[color] = str(made)
        return self._fills[color]


def _height(row: Sequence[str], sizes: Sequence[int], points: int) -> int:
    """A row as high as its longest text needs: Hangul does not stretch the rows of a file that it opens."""
    letter = points * MM_PER_POINT * LETTER * UNITS_PER_MM
    most = 1
    for text, size in zip(row, sizes, strict=True):
        across = max(1.0, (size - CELL_MM * UNITS_PER_MM) / letter)
        wide = [sum(2 if ord(c) > 0x1100 else 1 for c in line) for line in text.split("\n")]
        most = max(most, sum(max(1, -(-width // int(across))) for width in wide))
    return round((most * points * MM_PER_POINT * LINE + CELL_MM) * UNITS_PER_MM)
