"""A city's own .docx filled in: ``{{ title }}`` and the like, and ``{{ SECTION }}`` for all that a section holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.extras import library
from geojeom.files import atomic
from maps.document.docx import Writer
from maps.document.model import Document, Section

# A letter that no text has.
MARK = "\ue000"


def fill_template(document: Document, template: Path, path: Path) -> None:
    """Write the template with its placeholders filled, whole or not at all.

    Raises PlanError for a file that is no .docx, a placeholder that is misspelt, and every one that nothing fills.
    """
    jinja = library("jinja2.sandbox", "office")
    errors = library("jinja2.exceptions", "office")
    remedy = "Write the placeholders as docs/how-to/document.md shows them."
    texts = {"title": document.title, "about": "\n".join(document.about), "unit": document.unit.name}
    sections = {section.id: section for section in document.sections()}
    try:
        file = library("docxtpl", "office").DocxTemplate(str(template))
        used = file.get_undeclared_template_variables()
    except errors.TemplateError as error:
        raise PlanError(Fault(str(template), "placeholders such as {{ title }}", str(error), remedy)) from None
    except (BadZipFile, KeyError, ValueError, OSError, library("docx.opc.exceptions", "office").OpcError) as error:
        raise PlanError(Fault(str(template), "a .docx", str(error), "Save the template as .docx.")) from None
    known = ", ".join([*texts, *sections])
    raise_if_any(
        PlanError,
        [
            Fault(str(template), f"a placeholder of: {known}", repr(name), remedy)
            for name in sorted(used - texts.keys() - sections.keys())
        ],
    )
    # A template comes from outside: it may name values, and call nothing.
    marks = {name: f"{MARK}{name}{MARK}" for name in used & sections.keys()}
    file.render(texts | marks, jinja.SandboxedEnvironment(), autoescape=True)
    for name, mark in marks.items():
        _put(file.docx, sections[name], mark, Writer(document, file.docx))
    if MARK in str(file.docx.element.xml):
        expected = "placeholders of sections in paragraphs of their own, in no table"
        raise PlanError(Fault(str(template), expected, "one beside other text", remedy))
    with atomic(path) as partial:
        file.docx.save(str(partial))


def _put(file: Any, section: Section, mark: str, writer: Writer) -> None:
    """Write what a section holds in the place of each paragraph that is its mark."""
    writer.own_styles()
    for place in [paragraph for paragraph in file.paragraphs if paragraph.text.strip() == mark]:
        before = len(file.element.body)
        for block in section.blocks:
            writer.block(block)
        # What is added stands last, before the properties of the page.
        for element in list(file.element.body)[before - 1 : -1]:
            place._p.addprevious(element)  # noqa: SLF001  # python-docx moves and removes no paragraph
        file.element.body.remove(place._p)  # noqa: SLF001
