"""The city's own plan, as its file gives it, and what a table of openings says of the plan it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from geojeom.messages import Remark
from geojeom.tables import read_table
from simulation.plans.catalogue import PlanTemplate
from simulation.plans.payers import in_columns_of_today

# Attribute of a table of openings: label and provenance of its plan, and the area its units inside are meant for.
TOLD = "plan"


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
