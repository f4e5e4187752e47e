"""The city's own plan, as its file gives it, and what a table of openings says of the plan it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pandas as pd

from geojeom.errors import Fault, PlanError
from geojeom.files import why_no_file
from geojeom.messages import Remark
from geojeom.tables import read_table
from simulation.plans.catalogue import PlanTemplate
from simulation.plans.payers import in_columns_of_today

# Attribute of a table of openings: label and provenance of its plan, and the area its units inside are meant for.
TOLD = "plan"
Form = Literal["workbook", "openings", "template"]
ENDINGS: dict[str, Form] = {
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".ods": "workbook",
    ".parquet": "openings",
    ".yaml": "template",
    ".yml": "template",
}
CALLED: dict[Form, str] = {
    "workbook": "a workbook (.xlsx, .xlsm, .ods, or a folder with a CSV file per sheet)",
    "openings": "openings like plan.parquet (.parquet)",
    "template": "a template (.yaml)",
}


def form_of(path: Path, *forms: Form) -> Form:
    """The form of a plan that somebody names, by its ending alone.

    Parameters
    ----------
    path : Path
        The plan's file; a folder is a workbook of CSV files.
    *forms : str
        Those that are read.

    Returns
    -------
    str
        One of ``forms``.

    Raises
    ------
    PlanError
        For any other; it names those that are read.
    """
    form: Form | None = "workbook" if path.is_dir() else ENDINGS.get(path.suffix.lower())
    if form in forms:
        return form
    found = why_no_file(path) or f"a file {path.suffix or 'without an ending'}"
    remedy = "Save it in one of these forms; `geojeom plan new` writes a workbook to fill in."
    raise PlanError(Fault(str(path), " or ".join(CALLED[each] for each in forms), found, remedy))


def read_plan(path: Path) -> pd.DataFrame:
    """The openings of a plan file: every ``--plan`` that is no template is read here.

    Parameters
    ----------
    path : Path
        A Parquet file of the schema ``plan``; one of version 0.2.0 is read too.

    Returns
    -------
    DataFrame
        Rows numbered from 0.

    Raises
    ------
    TableError
        With every fault, where there is no such file or it breaks its schema.
    SourceError
        Where the file cannot be read.
    """
    table: pd.DataFrame = read_table(path, "plan", renewed=_of_today)
    return table


def _of_today(table: pd.DataFrame) -> pd.DataFrame:
    # Rows are numbered anew: a table put together by hand may have brought their numbers along twice.
    return in_columns_of_today(table.reset_index(drop=True))


def of_template(template: PlanTemplate) -> dict[Any, Any]:
    """What a table of a template's openings says of it, for its attributes.

    Parameters
    ----------
    template : PlanTemplate
        The template.

    Returns
    -------
    dict
        For ``DataFrame.attrs``.
    """
    return {TOLD: template.model_dump(mode="json", include={"label", "provenance", "hub_area_m2"})}


def of_file(path: Path) -> dict[Any, Any]:
    """What a table of a plan file's openings says of it: the city's own, never scaled to a district.

    Parameters
    ----------
    path : Path
        The plan's file.

    Returns
    -------
    dict
        For ``DataFrame.attrs``.
    """
    return {TOLD: _own(Remark("plan.own", file=path.name))}


def plan_of(openings: pd.DataFrame, template: PlanTemplate) -> PlanTemplate:
    """The template under the name of the plan that the openings are of; one of no name is the city's own.

    Parameters
    ----------
    openings : DataFrame
        A table of openings; what it says of its plan stands in its ``attrs``.
    template : PlanTemplate
        The region's template.

    Returns
    -------
    PlanTemplate
        Its parts are the template's.
    """
    told = openings.attrs.get(TOLD) or _own(Remark("plan.own.unnamed"))
    return PlanTemplate.model_validate(template.model_dump(mode="json") | told)


def _own(remark: Remark) -> dict[str, Any]:
    said = {"ko": remark.ko, "en": remark.en}
    return {"label": said, "provenance": said, "hub_area_m2": None}
