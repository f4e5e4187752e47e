"""Check a plan workbook against its region: every fault by sheet and cell, and a marked copy beside it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.messages import Remark
from simulation.city_folder import FOR_PLANS, read_city, region_named, results_of
from simulation.workbook.book import language_of, read_book
from simulation.workbook.faults import Ledger, WorkbookError, in_order, language_faults
from simulation.workbook.grids import read_grids
from simulation.workbook.layout import layout
from simulation.workbook.marking import mark, untouched
from simulation.workbook.plan import plan_of

log = logging.getLogger("geojeom.simulation")


def run(
    plan: Annotated[Path, typer.Argument(help="The workbook: .xlsx, .ods, or a folder of CSV files.")],
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The marked copy; plan.checked.xlsx beside it if left out.")
    ] = None,
    region: Annotated[Path | None, typer.Option(help="The region file, instead of the one the workbook names.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="Language of what is said: ko or en; the workbook's if left out.")
    ] = None,
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Check a plan workbook against its region: every fault by sheet and cell, and a marked copy beside it.

    Ends with 1 where the plan does not hold; the workbook itself is never written, and of other files only a marked
    copy that nobody has changed.
    """
    copy = out or plan.with_name(f"{plan.stem}.checked.xlsx")
    raise_if_any(PlanError, [*_refused(copy, plan), *language_faults(lang)])
    grids, sheets = read_grids(plan), layout()
    language = lang or language_of(grids, sheets)
    ledger = Ledger(str(plan), language)
    book = read_book(grids, sheets, ledger)
    file = region or region_named(book.overview.get("region_file"), plan)
    try:
        plan_of(book, read_city(results_of(file, results, FOR_PLANS)))
    except WorkbookError:
        log.debug("%d faults", len(ledger.binding))
    faults = in_order(ledger.faults)
    mark(plan, grids, faults, copy, language)
    for fault in faults:
        typer.echo(f"{'✗' if fault.binding else '·'} {fault.place}: {getattr(fault.remark, language)}")
    binding = len(ledger.binding)
    done = Remark("workbook.checked", binding=binding, others=len(faults) - binding, copy=str(copy))
    typer.echo(getattr(done, language))
    if ledger.binding:
        raise typer.Exit(1)


def _refused(copy: Path, plan: Path) -> list[Fault]:
    """Why no marked copy is written there; what stands there may have been corrected, or be no copy at all."""
    if copy.resolve() == plan.resolve():
        return [Fault(str(copy), "another file than the workbook", "the workbook itself", "Choose another -o.")]
    if copy.suffix.lower() != ".xlsx":
        return [Fault(str(copy), "a name that ends in .xlsx", copy.name, f"Name it {copy.stem}.xlsx.")]
    if copy.exists() and not untouched(copy):
        expected = "no such file yet, or a marked copy that nobody has changed"
        return [Fault(str(copy), expected, "another file", "Move it away, or name another one with -o.")]
    return []
