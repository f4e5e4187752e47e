"""From the declared outline and the materials of a plan to its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from geojeom.errors import Fault, PlanError, raise_if_any
from maps.document import amounts, findings, proposal
from maps.document.materials import Materials
from maps.document.model import Block, Chapter, Column, Document, Kind, Paragraph, Picture, Section, Table
from maps.document.outline import PAYERS, YEARS, Head, Part, Piece
from simulation.workbook.layout import plain

# What makes each table that is not a sheet of the workbook.
TABLES: dict[str, Callable[[Materials], list[dict[str, Any]]]] = {
    "overview": proposal.overview,
    "payers": amounts.payers,
    "situation": findings.situation,
    "chain": findings.chain,
    "candidates": findings.candidates,
    "criteria": findings.criteria,
    "goals": proposal.goals,
    "services": proposal.services,
    "investment": amounts.investment,
    "cost_items": amounts.cost_items,
    "funding": amounts.funding,
    "service_payers": amounts.service_payers,
    "commitments": amounts.commitments,
    "running": amounts.running,
    "basis": proposal.basis,
    "spread": amounts.spread,
    "simulated": findings.simulated,
    "effects": findings.effects,
    "open": proposal.open_points,
}
# How cells of the sheets' kinds are shown; others as texts.
KINDS: dict[str, Kind] = {"krw": "krw", "number": "number", "whole": "whole"}
WORDS = ("table", "picture", "unit", "total", "contents")
Draw = Callable[[str], tuple[bytes, bytes, float]] | None


def build(made: Materials, draw: Draw) -> Document:
    """The whole document.

    ``draw`` makes a picture of the outline as PNG and SVG and tells its height over its width; None where none can be
    drawn, which the document then says.

    Raises PlanError for texts of the workbook that name no section.
    """
    texts = _texts(made)
    chapters = []
    for number, group in enumerate(made.outline.chapters, 1):
        sections = [
            _section(made, piece, f"{number}.{place}", texts.get(piece.id), draw)
            for place, piece in enumerate(group.sections, 1)
        ]
        title = str(getattr(group.title, made.language))
        chapters.append(Chapter(str(number), title, _numbered(sections, str(number))))
    about = [str(made.plan.overview.get("applicant") or ""), made.said("unofficial")]
    if made.synthetic:
        about.append(made.said("synthetic"))
    words = {name: made.said(name) for name in WORDS}
    title = str(made.plan.overview["title"])
    return Document(title, [line for line in about if line], chapters, made.language, made.unit, words)


def _texts(made: Materials) -> dict[str, str]:
    """The team's texts by section, which a cell names by its id or title."""
    known: dict[str, str] = {}
    for piece in made.outline.sections():
        known |= {plain(name): piece.id for name in (piece.id, piece.title.ko, piece.title.en)}
    texts: dict[str, list[str]] = {}
    faults = []
    for row in made.book.rows("texts"):
        section = known.get(plain(row["section"]))
        if section is None:
            column = made.book.letters.get(("texts", "section"), "A")
            place = f"{made.sheet_name('texts')}!{column}{row.number}"
            ids = ", ".join(piece.id for piece in made.outline.sections())
            expected = "a section of the document, by its id or title"
            remedy = f"Write one of: {ids}."
            faults.append(Fault(made.book.ledger.file, expected, repr(row["section"]), remedy, row=place))
        else:
            texts.setdefault(section, []).append(row["text"])
    raise_if_any(PlanError, faults)
    return {section: "\n".join(held) for section, held in texts.items()}


def _section(made: Materials, piece: Piece, number: str, text: str | None, draw: Draw) -> Section:
    blocks: list[Block] = [Paragraph(line, "own") for line in (text or "").split("\n") if line.strip()]
    for part in piece.parts:
        blocks += _blocks(made, part, draw)
    return Section(piece.id, number, str(getattr(piece.title, made.language)), blocks)


def _numbered(sections: Sequence[Section], chapter: str) -> list[Section]:
    """The sections with their tables and pictures numbered through the chapter."""
    counts = {Table: 0, Picture: 0}
    numbered = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Table | Picture):
                counts[type(block)] += 1
                block = type(block)(**{**vars(block), "number": f"{chapter}-{counts[type(block)]}"})  # noqa: PLW2901
            blocks.append(block)
        numbered.append(Section(section.id, section.number, section.title, blocks))
    return numbered


def _blocks(made: Materials, part: Part, draw: Draw) -> Iterator[Block]:
    title = "" if part.title is None else str(getattr(part.title, made.language))
    if part.picture:
        if draw is None:
            yield Paragraph(made.said("no_font", title=title), "absent")
        else:
            yield Picture(part.picture, "", title, *draw(part.picture))
    elif part.table:
        yield from _table(made, part, title)
    elif part.made == "reasons":
        lines = findings.reasons(made)
        yield from (Paragraph(line) for line in lines)
    elif part.made == "no_economy":
        if made.spread is not None:
            yield Paragraph(made.said("worlds", n=made.spread.sizes["world"]))
        yield Paragraph(made.said("no_economy"), "absent")
    else:
        yield from _service_sheets(made, part)


def _service_sheets(made: Materials, part: Part) -> Iterator[Block]:
    """A table of item and value for each service that opens."""
    words = made.lines(part.made)
    heads = [head for head in part.columns if isinstance(head, Head)]
    for code, service in made.services.items():
        told = proposal.service_sheet(made, service)
        rows = [(words[name], told[name]) for name in words]
        title = made.said("sheet_of", name=made.service(code))
        columns = [Column(str(getattr(head, made.language))) for head in heads]
        yield Table(f"service_{code}", "", title, columns, rows)


def _table(made: Materials, part: Part, title: str) -> Iterator[Block]:
    rows = proposal.sheet_rows(made, part.sheet) if part.sheet else TABLES[part.table](made)
    columns = [pair for head in part.columns for pair in _columns(made, part, head, rows)]
    shown = [tuple(row.get(name) for name, _ in columns) for row in rows]
    absent = "" if rows else _absent(made, part)
    table = Table(part.table, "", title, [column for _, column in columns], shown, absent)
    yield table
    if _misadds(made, table):
        yield Paragraph(made.said("rounded"))


def _columns(
    made: Materials, part: Part, head: Head | str, rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Column]]:
    """The columns that an entry of the outline stands for, with the keys of their values."""
    if isinstance(head, Head):
        yield head.id, Column(str(getattr(head, made.language)), head.kind, head.total)
    elif head == PAYERS:
        yield from made.payer_columns(list(rows))
    elif head == YEARS:
        for year in sorted({key for row in rows for key in row if key.startswith("y") and key[1:].isdigit()}):
            yield year, Column(year[1:], "krw", total=True)
    else:
        field = {field.id: field for field in made.book.layout.sheet(part.sheet).columns}[head]
        summed = field.kind == "krw" and head != "price_krw"
        yield head, Column(field.header(made.language), KINDS.get(field.kind, "text"), summed)


def _absent(made: Materials, part: Part) -> str:
    """Why a table has no rows."""
    sheet = part.sheet or {"chain": "problems"}.get(part.table)
    if sheet:
        return made.said("empty_sheet", sheet=made.sheet_name(sheet))
    if part.table in ("simulated", "effects") and made.spread is None:
        return made.said(made.unsimulated)
    if part.table == "simulated":
        return made.said("no_links", sheet=made.sheet_name("indicators"))
    own = {"candidates": "no_scores", "criteria": "no_scores", "commitments": "no_commitments"}
    return made.said(own.get(part.table, "empty"))


def _misadds(made: Materials, table: Table) -> bool:
    """Whether the money shown does not add up to the sum shown, for it is rounded."""
    totals = table.totals()
    if totals is None:
        return False

    def shown(krw: int | None) -> int:
        return 0 if krw is None else round(float(made.unit.amount(krw).replace(",", "")) * 10**made.unit.digits)

    for place, column in enumerate(table.columns):
        if column.kind == "krw" and sum(shown(row[place]) for row in table.rows) != shown(totals[place]):
            return True
    return False
