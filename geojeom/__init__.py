"""What all rooms share, and :func:`open`: a region's results in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from geojeom.notebook import Results


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
