"""Write a plan as the document that a team hands in: .docx, .hwpx, .xlsx or .pdf, in Korean or English."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.files import atomic
from maps.document.building import build
from maps.document.fonts import korean_font
from maps.document.formats import WRITERS
from maps.document.model import UNITS, Document, Picture, Table
from maps.document.outline import Language
from maps.document.pictures import drawer
from maps.document.reading import materials
from maps.document.template import fill_template
from simulation.city_folder import FOR_PLANS, results_of

log = logging.getLogger("geojeom.maps")
# What the document is made of, beside what a plan is held against.
FILES = (
    *FOR_PLANS,
    *(
        "scores.parquet",
        "contributions.parquet",
        "criteria_diffusion.parquet",
        "reasons.parquet",
        "diffusion.nc",
        "plan.parquet",
    ),
)


def run(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    plan: Annotated[Path, typer.Argument(help="The plan's workbook: .xlsx, .ods, or a folder of CSV files.")],
    *,
    form: Annotated[str, typer.Option("--format", help="docx, hwpx, xlsx or pdf.")] = "docx",
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; plan.docx beside the workbook if left out."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the document: ko or en.")] = "ko",
    unit: Annotated[str, typer.Option(help="Unit of money: 억원 or 백만원.")] = "백만원",
    template: Annotated[Path | None, typer.Option(help="The city's own .docx, whose placeholders are filled.")] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="A folder to write the pictures into too, as .png and .svg.")
    ] = None,
    results: Annotated[Path, typer.Option(help="Folder that holds the results of all regions.")] = Path("results"),
) -> None:
    """Write a plan as the document that a team hands in: .docx, .hwpx, .xlsx or .pdf, in Korean or English.

    Steps whose results it needs and that are not there are run before. The workbook itself is never written.
    """
    file = out or plan.with_name(f"{plan.stem}.document.{form}")
    faults = _refused(plan, file, form, lang, unit)
    if template is not None and form != "docx":
        faults.append(Fault("--template", "--format docx", repr(form), "Leave one of the two out."))
    elif template is not None and template.resolve() == file.resolve():
        faults.append(Fault(str(file), "another file than the template", "the template", "Choose another -o."))
    raise_if_any(PlanError, faults)
    folder = results_of(region, results, FILES, ("spatial", "simulation", "decisions"))
    language: Language = "ko" if lang == "ko" else "en"
    made = materials(folder, plan, language, UNITS[unit][language])
    font = korean_font()
    document = build(made, None if font is None else drawer(made, font))
    if template is None:
        WRITERS[form](document, file)
    else:
        fill_template(document, template, file)
    if pictures is not None:
        _write_pictures(document, pictures)
    tables = sum(1 for _ in document.blocks(Table))
    log.info("%s: %d chapters, %d tables", file, len(document.chapters), tables)


def _write_pictures(document: Document, folder: Path) -> None:
    for picture in document.blocks(Picture):
        for ending, content in (("png", picture.png), ("svg", picture.svg)):
            with atomic(folder / f"{picture.id}.{ending}") as partial:
                partial.write_bytes(content)


def _refused(plan: Path, file: Path, form: str, lang: str, unit: str) -> list[Fault]:
    choices = {"--format": (form, tuple(WRITERS)), "--lang": (lang, ("ko", "en")), "--unit": (unit, tuple(UNITS))}
    faults = [
        Fault(option, " or ".join(known), repr(given), "Write one of them.")
        for option, (given, known) in choices.items()
        if given not in known
    ]
    if file.resolve() == plan.resolve():
        faults.append(Fault(str(file), "another file than the workbook", "the workbook itself", "Choose another -o."))
    elif form in WRITERS and file.suffix.lower() != f".{form}":
        remedy = f"Name it {file.stem}.{form}, or choose another --format."
        faults.append(Fault(str(file), f"a name that ends in .{form}", file.name, remedy))
    return faults
