"""A document as .docx, for Word, Hangul or LibreOffice: numbered headings, tables whose heads repeat."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from geojeom.extras import library
from geojeom.files import atomic
from maps.document.model import NO_XML, NUMBERS, Block, Document, Paragraph, Picture, Table, widths

# Windows and Hangul have it; LibreOffice takes the machine's own Korean font where it lacks.
FONT = "맑은 고딕"
PAGE_MM, MARGIN_MM = (210, 297), 20
TEXT_MM = PAGE_MM[0] - 2 * MARGIN_MM
HEAD_FILL, TOTAL_FILL = "D9E2EC", "F1F0EC"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MM_PER_POINT, TWIPS_PER_MM = 0.3528, 56.7
# A letter's width by its height: digits of the widest fonts in use.
LETTER = 0.6
# The sign of a number, after which a line would break as after a hyphen: -46.6 would stand as - and 46.6.
SIGN = re.compile(r"(?<![\w)])-(?=[\d.])")
# Smaller letters where a table has many columns.
SIZES_PT = ((6, 9.0), (9, 8.0), (99, 7.0))


def write_docx(document: Document, path: Path) -> None:
    """Write the document, whole or not at all."""
    made = Writer(document)
    made.write()
    with atomic(path) as partial:
        made.file.save(str(partial))


class Writer:
    """Writes a document, or blocks of it, into a file of python-docx."""

    def __init__(self, document: Document, file: Any = None) -> None:
        self._docx = library("docx", "office")
        self._shared = library("docx.shared", "office")
        self._oxml = library("docx.oxml", "office")
        self._document = document
        self.file = self._docx.Document() if file is None else file

    def write(self) -> None:
        """Fill the file."""
        self._page()
        self._styles()
        self._numbering()
        core = self.file.core_properties
        core.title, core.author, core.comments = self._document.title, "", ""
        self.file.add_paragraph(self._document.title, style="Title")
        for line in self._document.about:
            self.file.add_paragraph(line, style="Subtitle")
        self._contents()
        for chapter in self._document.chapters:
            self.file.add_heading(chapter.title, 1)
            for section in chapter.sections:
                self.file.add_heading(section.title, 2)
                for block in section.blocks:
                    self.block(block)

    def block(self, block: Block, container: Any = None) -> None:
        """Add a paragraph, table or picture to the file or to a part of one."""
        into = self.file if container is None else container
        if isinstance(block, Table):
            self._table(block, into)
        elif isinstance(block, Picture):
            run = into.add_paragraph().add_run()
            run.add_picture(io.BytesIO(block.png), width=self._shared.Mm(TEXT_MM))
            run._parent.paragraph_format.keep_with_next = True  # noqa: SLF001  # python-docx has no other way up
            into.add_paragraph(self._document.caption(block), style="Caption")
        else:
            self._paragraph(block, into)

    def _paragraph(self, block: Paragraph, into: Any) -> None:
        paragraph = into.add_paragraph()
        run = paragraph.add_run(block.text)
        if block.kind != "own":
            run.font.size = self._shared.Pt(9)
            run.font.color.rgb = self._shared.RGBColor(0x59, 0x59, 0x59)
        run.italic = block.kind == "absent"

    def _table(self, block: Table, into: Any) -> None:
        caption = into.add_paragraph(self._document.caption(block), style="Caption")
        caption.paragraph_format.keep_with_next = True
        if not block.rows:
            self._paragraph(Paragraph(block.absent, "absent"), into)
            return
        if unit := self._document.unit_line(block):
            line = into.add_paragraph(unit, style="Caption")
            line.alignment, line.paragraph_format.keep_with_next = 2, True
        lines = self._document.lines(block)
        points = next(size for most, size in SIZES_PT if len(block.columns) <= most)
        shares = widths(block, lines, TEXT_MM / (points * MM_PER_POINT * LETTER))
        last = len(lines) - 1 if block.totals() is not None else -1
        xml = _table_xml(block, lines, [round(TEXT_MM * share * TWIPS_PER_MM) for share in shares], points, last)
        # Rows by the library's own calls take some ten times as long, and it has no public way to take XML.
        into._body._element._insert_tbl(self._oxml.parse_xml(xml))  # noqa: SLF001
        into.add_paragraph().paragraph_format.space_after = self._shared.Pt(2)

    def _element(self, tag: str, **values: str) -> Any:
        element = self._oxml.OxmlElement(tag)
        for name, value in values.items():
            element.set(self._oxml.ns.qn(f"w:{name}"), value)
        return element

    def _page(self) -> None:
        """A4 with the title above and the number of the page below."""
        section = self.file.sections[0]
        mm = self._shared.Mm
        section.page_width, section.page_height = mm(PAGE_MM[0]), mm(PAGE_MM[1])
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, mm(MARGIN_MM))
        section.header.paragraphs[0].text = self._document.title
        footer = section.footer.paragraphs[0]
        footer.alignment = 1
        self._field(footer, "PAGE", "1")

    def _field(self, paragraph: Any, code: str, shown: str) -> None:
        """A field that the office program fills in; ``shown`` stands there until it does."""
        for kind in ("begin", "separate", "end"):
            run = paragraph.add_run()
            if kind == "separate":
                instruction = self._element("w:instrText")
                instruction.text = f" {code} "
                run._r.append(instruction)  # noqa: SLF001  # python-docx has no fields
                run = paragraph.add_run()
            run._r.append(self._element("w:fldChar", fldCharType=kind))  # noqa: SLF001
            if kind == "separate":
                paragraph.add_run(shown)

    def _contents(self) -> None:
        """The list of chapters and sections, which the office program turns into one with pages (F9)."""
        self.file.add_paragraph(self._document.words["contents"], style="TOC Heading")
        lines = []
        for chapter in self._document.chapters:
            lines.append(f"{chapter.number}. {chapter.title}")
            lines += [f"    {section.number} {section.title}" for section in chapter.sections]
        self._field(self.file.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', "\n".join(lines))
        self.file.add_page_break()

    def _styles(self) -> None:
        """One font for both scripts in every style: an own one of headings would show Hangul in another."""
        styles = self.file.styles
        # The template's own is a numbered heading.
        styles["TOC Heading"].base_style = styles["Normal"]
        self.own_styles()
        looks = {
            "Normal": (10, False),
            "Title": (20, True),
            "Subtitle": (10, False),
            "TOC Heading": (13, True),
            "Heading 1": (15, True),
            "Heading 2": (12, True),
            "Caption": (9, True),
            "Header": (8, False),
            "Footer": (8, False),
        }
        for name, (points, bold) in looks.items():
            font = styles[name].font
            font.size, font.bold, font.italic = self._shared.Pt(points), bold, False
            font.color.rgb = self._shared.RGBColor(0x22, 0x22, 0x22)
            fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(self._oxml.ns.qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(self._oxml.ns.qn(f"w:{script}"), FONT)
        styles["Caption"].paragraph_format.space_before = self._shared.Pt(6)
        styles["Caption"].paragraph_format.space_after = self._shared.Pt(2)

    def own_styles(self) -> None:
        """Add the styles of tables and captions where the file has none."""
        styles = self.file.styles
        named = {style.name for style in styles}
        for name, kind in (("Caption", 1), ("Table Text", 1), ("Table Grid", 3)):
            if name not in named:
                styles.add_style(name, kind)
        styles["Table Text"].base_style = styles["Normal"]
        form = styles["Table Text"].paragraph_format
        form.space_before = form.space_after = self._shared.Pt(1)
        form.line_spacing = 1.0

    def _numbering(self) -> None:
        """Number the headings by a list of two levels, so that a chapter put in renumbers those after it."""
        numbering = self.file.part.numbering_part.element
        number = "77"
        levels = [("0", "%1.", "Heading1"), ("1", "%1.%2", "Heading2")]
        abstract = self._element("w:abstractNum", abstractNumId=number)
        abstract.append(self._element("w:multiLevelType", val="multilevel"))
        for level, text, style in levels:
            item = self._element("w:lvl", ilvl=level)
            for tag, value in (("start", "1"), ("numFmt", "decimal"), ("pStyle", style), ("suff", "space")):
                item.append(self._element(f"w:{tag}", val=value))
            item.append(self._element("w:lvlText", val=text))
            item.append(self._element("w:lvlJc", val="left"))
            abstract.append(item)
        # Lists stand before their numbers in the part.
        numbering.insert(0, abstract)
        used = self._element("w:num", numId=number)
        used.append(self._element("w:abstractNumId", val=number))
        numbering.append(used)
        for level, _, style in levels:
            properties = self.file.styles[style.replace("Heading", "Heading ")].element.get_or_add_pPr()
            listed = self._element("w:numPr")
            listed.append(self._element("w:ilvl", val=level))
            listed.append(self._element("w:numId", val=number))
            properties.insert_element_before(listed, "w:suppressLineNumbers", "w:pBdr", "w:spacing", "w:outlineLvl")


def _table_xml(table: Table, lines: Sequence[Sequence[str]], twips: Sequence[int], points: float, last: int) -> str:
    """A table as WordprocessingML; ``last`` is the line of the sums, or -1."""
    header = [column.title for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if number < 0 else ''}</w:trPr>"
        + "".join(
            _cell_xml(
                text,
                width,
                align="center" if number < 0 else "right" if column.kind in NUMBERS else "left",
                fill=HEAD_FILL if number < 0 else TOTAL_FILL if number == last else "",
                points=points,
            )
            for text, width, column in zip(line, twips, table.columns, strict=True)
        )
        + "</w:tr>"
        for number, line in enumerate([header, *lines], -1)
    )
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell_xml(text: str, width: int, *, align: str, fill: str, points: float) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    bold = "<w:b/>" if fill else ""
    parts = "<w:br/>".join(_line_xml(NO_XML.sub("", part)) for part in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{round(2 * points)}"/></w:rPr>{parts}</w:r>'
        "</w:p></w:tc>"
    )


def _line_xml(text: str) -> str:
    pieces = (f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in SIGN.split(text))
    return "<w:noBreakHyphen/>".join(pieces)
