"""Say what changed between two plan workbooks, and whether the change needs approval."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from openpyxl import Workbook as Excel

from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.files import atomic
from geojeom.messages import Remark
from geojeom.results import stored
from geojeom.tables import read_table
from simulation.workbook.book import Workbook, language_of, read_book
from simulation.workbook.differences import Change, approval, changes
from simulation.workbook.faults import Ledger, language_faults
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.meaning import Meaning, names_in
from simulation.workbook.writing import put

log = logging.getLogger("geojeom.simulation")
HEADS = {
    "ko": ("시트", "줄", "칸", "항목", "변경 전", "변경 후"),
    "en": ("Sheet", "Row", "Cell", "Item", "Before", "After"),
}


def run(
    before: Annotated[Path, typer.Argument(help="The earlier workbook.")],
    after: Annotated[Path, typer.Argument(help="The later workbook.")],
    out: Annotated[Path | None, typer.Option("--output", "-o", help="Also write the changes to this .xlsx.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="Language of what is said: ko or en; the later workbook's if left out.")
    ] = None,
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Say what changed between two plan workbooks, and whether the change needs approval.

    Sums of money are in won, whatever unit each workbook is in, and a name or a drafted text is the same in Korean and
    in English: those of the region are known where it has results. Neither workbook is written.
    """
    sheets = layout()
    grids = [read_grids(path) for path in (before, after)]
    language = lang or language_of(grids[1], sheets)
    raise_if_any(PlanError, _refused(out, (before, after), language))
    books: list[Workbook] = []
    for path, held in zip((before, after), grids, strict=True):
        ledger = Ledger(str(path), language)
        books.append(read_book(held, sheets, ledger))
        ledger.raise_if_any()
    lacking = [book for book in books if not _folder(book, results).is_dir()]
    if lacking and len({language_of(held, sheets) for held in grids}) > 1:
        log.warning("%s: no results, so that names are compared as they are written", _folder(lacking[0], results))
    meaning = Meaning(sheets, _names(books, results))
    table = [_row(change, books[1], language) for change in changes(books[0], books[1], meaning)]
    rules = [getattr(remark, language) for remark in approval(*books)]
    for sheet, row, at, item, old, new in table:
        typer.echo(f"{sheet}!{at} {row} {item}: {_shown(old)} → {_shown(new)}")
    if not table:
        typer.echo(getattr(Remark("diff.none"), language))
    for rule in rules:
        typer.echo(rule)
    if out is not None:
        _write(out, [HEADS[language], *table, *((rule,) for rule in rules)])


def _folder(book: Workbook, results: Path) -> Path:
    return results / str(book.overview.get("region"))


def _names(books: Iterable[Workbook], results: Path) -> Iterator[Mapping[str, Any]]:
    """Yield names in both languages: what the region's results have of them, and the workbooks' own services."""
    for book in books:
        if (folder := _folder(book, results)).is_dir():
            region = stored(folder, "region.json")
            yield from names_in([region["services"], region["region"]])
            districts = read_table(folder / "districts.parquet", "districts")
            if "name_en" in districts:
                called = districts[["name", "name_en"]].dropna()
                yield from ({"ko": ko, "en": en} for ko, en in called.itertuples(index=False))
        own = ({"ko": row["name_ko"], "en": row["name_en"]} for row in book.rows("services"))
        yield from (names for names in own if all(names.values()))


def _refused(out: Path | None, workbooks: tuple[Path, Path], language: str) -> list[Fault]:
    faults = language_faults(language)
    if out is not None and out.suffix.lower() != ".xlsx":
        faults.append(Fault(str(out), "a name that ends in .xlsx", out.name, "Name it diff.xlsx."))
    if out is not None and out.resolve() in [path.resolve() for path in workbooks]:
        faults.append(Fault(str(out), "another file than the workbooks", "one of them", "Choose another -o."))
    return faults


def _row(change: Change, book: Workbook, language: str) -> tuple[Any, ...]:
    sheet = book.layout.sheet(change.sheet)
    columns = {each.id: each for each in (*sheet.fields, *sheet.columns)}

    def said(name: str, value: Any) -> Any:
        column = columns[name]
        if value is None:
            return None
        if column.choices:
            return book.layout.word(column.choices, value, language)
        # A year has no thousands, and a whole number no point.
        return str(value) if column.kind == "year" else int(value) if _whole(value) else value

    about = " ".join(str(said(name, part)) for name, part in change.about)
    pair = (said(change.column, value) for value in (change.before, change.after))
    header = columns[change.column].header(language)
    return getattr(sheet.name, language), about, change.place, header, *pair


def _whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def _shown(value: Any) -> str:
    return "-" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)


def _write(out: Path, rows: list[tuple[Any, ...]]) -> None:
    book = Excel()
    for number, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            put(book.active.cell(number, column), value)
    with atomic(out) as partial:
        book.save(partial)
