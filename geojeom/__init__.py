"""What all rooms share, their names, and :func:`open`: a region's results in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from geojeom.notebook import Results

#: The rooms from the bottom up, each with the question that it answers.
ROOMS = {
    "spatial": "Where: from a city's files to candidate districts and what is measured of them.",
    "simulation": "What happens: from services, plans and dates to who uses them, where and when.",
    "decisions": "What to choose: ranking and how sure it is, programme rules, worlds of chance for the best.",
    "maps": "What people see: the comparison, the diffusion and the report, one self-contained HTML file each.",
}


def open(folder: str | PathLike[str]) -> Results:  # noqa: A001  # geojeom.open("results/mycity") reads as it should
    """Open a region's results folder.

    Parameters
    ----------
    folder
        A folder that the pipeline has filled, ``results/<region>``.

    Returns
    -------
    Results
        Its tables as GeoDataFrames and DataFrames, its diffusion as an xarray Dataset, and maps of them.

    Raises
    ------
    geojeom.errors.SourceError
        Where the folder is none of a region's results.
    """
    from pathlib import Path  # noqa: PLC0415  # import geojeom costs nothing

    from geojeom.notebook import Results  # noqa: PLC0415

    return Results(Path(folder))
