"""A document as .hwpx, the open format of Hangul: A4, numbered headings, tables with rows of a readable height."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geojeom.extras import library
from geojeom.files import atomic
from maps.document.model import NO_XML, NUMBERS, Block, Document, Paragraph, Picture, Table, widths

FONT = "맑은 고딕"
MARGIN_MM, TEXT_MM = 20, 170
# Hangul measures in 1/7200 of an inch.
UNITS_PER_MM = 7200 / 25.4
SIZES_PT = ((6, 9), (9, 8), (99, 7))
LETTER, MM_PER_POINT = 0.6, 0.3528
HEAD_FILL, TOTAL_FILL, EDGE = "#D9E2EC", "#F1F0EC", "#8A8F98"
# Height of a line by its letters' size, and the margins of a cell (mm).
LINE, CELL_MM = 1.5, 2.0


def write_hwpx(document: Document, path: Path) -> None:
    """Write the document, whole or not at all."""
    made = _Writer(document)
    made.write()
    with atomic(path) as partial:
        partial.write_bytes(made.file.to_bytes())


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self.file = library("hwpx", "office").HwpxDocument.new()
        self._styles: dict[tuple[Any, ...], str] = {}

    def write(self) -> None:
        """Fill the file."""
        sides = dict.fromkeys(("left", "right", "top", "bottom"), float(MARGIN_MM))
        self.file.page.setup(paper_size="A4", margins_mm=sides)
        self.file.page.set_page_number(align="CENTER")
        self._line(self._document.title, 20, bold=True, before=0, after=8)
        for text in self._document.about:
            self._line(text, 9, color="#595959")
        self._line(self._document.words["contents"], 13, bold=True, before=12, after=4)
        for chapter in self._document.chapters:
            self._line(f"{chapter.number}. {chapter.title}", 10)
            for section in chapter.sections:
                self._line(f"    {section.number} {section.title}", 10)
        for chapter in self._document.chapters:
            self._line(f"{chapter.number}. {chapter.title}", 15, bold=True, before=16, after=4, heading=True)
            for section in chapter.sections:
                self._line(f"{section.number} {section.title}", 12, bold=True, before=10, after=3, heading=True)
                for block in section.blocks:
                    self._block(block)

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
        heading: bool = False,
        align: str | None = None,
    ) -> None:
        style = self._style(points, bold=bold, italic=italic, color=color)
        paragraph = self.file.add_paragraph(NO_XML.sub("", text), char_pr_id_ref=style, inherit_style=False)
        self.file.styles.apply_paragraph_format(
            paragraphs=[paragraph],
            spacing_before_pt=before,
            spacing_after_pt=after,
            alignment=align,
            keep_with_next=heading or None,
        )

    def _style(self, points: int, *, bold: bool = False, italic: bool = False, color: str | None = None) -> str:
        key = (points, bold, italic, color)
        if key not in self._styles:
            made = self.file.styles.ensure_run(bold=bold, italic=italic, color=color, font=FONT, size=points)
            self._styles[key] = str(made)
        return self._styles[key]

    def _table(self, block: Table) -> None:
        self._line(self._document.caption(block), 9, bold=True, before=6, heading=True)
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
        table = self.file.add_table(len(rows), len(sizes), width=sum(sizes), height=sum(heights))
        table.set_column_widths(sizes)
        # As a letter of its line it could not go on on the next page.
        table.set_treat_as_char(False)
        table.element.set("repeatHeader", "1")
        last = len(rows) - 1 if block.totals() is not None else -1
        numbers = []
        for number, row in enumerate(rows):
            fill = HEAD_FILL if number == 0 else TOTAL_FILL if number == last else ""
            style = self._style(points, bold=bool(fill))
            for place, text in enumerate(row):
                cell = self._cell(table, (number, place), text, style, (sizes[place], heights[number]))
                if number == 0:
                    cell.element.set("header", "1")
                if fill:
                    table.set_cell_shading(number, place, fill)
                if number > 0 and block.columns[place].kind in NUMBERS:
                    numbers += cell.paragraphs
        if numbers:
            self.file.styles.apply_paragraph_format(paragraphs=numbers, alignment="right")
        self._line("", 6)

    def _cell(self, table: Any, at: tuple[int, int], text: str, style: str, size: tuple[int, int]) -> Any:
        cell = table.cell(*at)
        cell.set_text(NO_XML.sub("", text))
        cell.set_size(*size)
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.char_pr_id_ref = style
        return cell


def _height(row: Sequence[str], sizes: Sequence[int], points: int) -> int:
    """A row as high as its longest text needs: Hangul does not stretch the rows of a file that it opens."""
    letter = points * MM_PER_POINT * LETTER * UNITS_PER_MM
    most = 1
    for text, size in zip(row, sizes, strict=True):
        across = max(1.0, (size - CELL_MM * UNITS_PER_MM) / letter)
        wide = [sum(2 if ord(c) > 0x1100 else 1 for c in line) for line in text.split("\n")]
        most = max(most, sum(max(1, -(-width // int(across))) for width in wide))
    return round((most * points * MM_PER_POINT * LINE + CELL_MM) * UNITS_PER_MM)
