"""A region's results as tables, arrays and maps, for notebooks and scripts."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from geojeom.between import open_dataset
from geojeom.results import configuration
from geojeom.schemas import SCHEMAS
from geojeom.tables import read_table


class Results:
    """What a results folder holds. Tables are attributes: ``results.cells``, ``results.districts``, ``results.scores``.

    Parameters
    ----------
    folder
        The region's results folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: The resolved configuration, as ``region.json`` has it.
        self.configuration: dict[str, Any] = configuration(folder)

    @property
    def tables(self) -> list[str]:
        """Names of the tables that the folder holds."""
        return sorted(path.stem for path in self.folder.glob("*.parquet") if _schema(path.stem))

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Read a table of the folder; metres in the region's CRS, counts and shares as its column names say."""
        schema = _schema(name)
        if schema is None:
            raise AttributeError(f"no table {name}; there are: {', '.join(self.tables)}")
        table: pd.DataFrame = read_table(self.folder / f"{name}.parquet", schema)
        self.__dict__[name] = table
        return table

    def __dir__(self) -> list[str]:
        """Tables are offered for completion."""
        return [*super().__dir__(), *self.tables]

    @cached_property
    def diffusion(self) -> xr.Dataset:
        """``diffusion.nc``: adopters by scenario, service, month and cell; units and meanings in its attributes.

        Raises SourceError where the best candidates have not been simulated yet.
        """
        path = self.folder / "diffusion.nc"
        with open_dataset(path, needs=()):
            pass
        return xr.open_dataset(path, engine="h5netcdf")

    def explore(
        self,
        what: str = "districts",
        column: str | None = None,
        *,
        service: str | None = None,
        month: int | None = None,
        scenario: str | None = None,
    ) -> Any:
        """Draw a table, or a month of the diffusion, on a map.

        Parameters
        ----------
        what : str
            ``districts``, ``cells``, ``zones``, ``facilities``, or ``diffusion``.
        column : str, optional
            The column that colours it; the score for districts, people for cells.
        service, month, scenario : str, int, str, optional
            For ``diffusion``: which service (the first), which month from 0 (the last), which district's plan (the
            best one's).

        Returns
        -------
        folium.Map
            A map with no base tiles, which needs no network.

        Raises
        ------
        ValueError
            Where there is no such table, column, service, month or scenario.
        """
        from geojeom.cli import drawing  # noqa: PLC0415  # tables are read without a command line

        frame, coloured = drawing().layer(self, what, column, service=service, month=month, scenario=scenario)
        return drawing().draw(frame, coloured)

    def __repr__(self) -> str:
        """Name the region, its folder and its tables."""
        name = self.configuration["region"]["name"]
        return f"{name['ko']} · {name['en']} ({self.folder})\ntables: {', '.join(self.tables)}"


def _schema(name: str) -> str | None:
    """The schema of a table by the stem of its file."""
    known = {"criteria_diffusion": "criteria"}.get(name, name.partition("_")[0] if name.startswith("suitab") else name)
    return known if known in SCHEMAS else None
