"""What a simulation reads of a region, gathered and checked against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault, SourceError, raise_if_any
from geojeom.messages import Remark
from simulation.plans import availability, siting
from simulation.plans.people import Potential, potential, present
from simulation.plans.settings import Scheme
from simulation.runs import scenario
from simulation.spread import barriers
from spatial.streets.network import Network

TRAVEL = ("cell", "indptr", "indices", "travel_s", "limit_s")
DISTRICT_TRAVEL = ("district_id", "walk_s", "drive_s", "inside")
# People within this walk of a district count as those its plan is built for; a design choice.
NEAR_WALK_S = 900.0


class Laid(NamedTuple):
    """One plan on one district: its ``openings``, cells by row number."""

    district_id: str
    openings: pd.DataFrame


@dataclass(frozen=True)
class Inputs:
    """The tables and arrays of one region's folder (docs/files.md), as read; ``backdrop`` only where it may hinder.

    ``area_m2`` are the areas of the districts by id.
    """

    cells: pd.DataFrame
    network: Network
    travel: Mapping[str, NDArray[Any]]
    district_travel: Mapping[str, NDArray[Any]]
    history: pd.DataFrame
    area_m2: Mapping[str, float]
    backdrop: gpd.GeoDataFrame | None = None

    def row(self, district_id: str) -> int:
        """Row of a district in ``district_travel``.

        Parameters
        ----------
        district_id : str
            A district of the region.

        Returns
        -------
        int
            From 0.
        """
        return int(np.flatnonzero(self.district_travel["district_id"] == district_id)[0])


def check_inputs(inputs: Inputs, scheme: Scheme, district_ids: Sequence[str]) -> None:
    """Hold the files of a region to belonging together.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_ids : sequence of str
        Those of districts.parquet.

    Raises
    ------
    SourceError
        With every fault: numbers of cells that differ, districts without travel times, times up to too short a limit.
    """
    count = len(inputs.cells)
    again = "Run the pipeline again from this step: the files are of different runs."
    faults = [
        Fault(file, f"{count} cells, as cells.parquet", str(found), again)
        for file, found in (
            ("streets.npz", inputs.network.cell_node.size),
            ("district_travel.npz", inputs.district_travel["inside"].shape[1]),
        )
        if found != count
    ]
    faults += [
        Fault("district_travel.npz", "every district of districts.parquet", "none such", again, row=district_id)
        for district_id in district_ids
        if district_id not in inputs.district_travel["district_id"]
    ]
    limit_s, wanted_s = float(inputs.travel["limit_s"]), scheme.settings.mixing.contact_limit_s
    if limit_s < wanted_s:
        remedy = "Run `geojeom spatial travel` again, or lower contact_limit_s."
        faults.append(
            Fault("travel.npz", f"times up to contact_limit_s = {wanted_s:g} s", f"up to {limit_s:g} s", remedy)
        )
    raise_if_any(SourceError, faults)


def residents_near(inputs: Inputs) -> pd.Series:
    """People within ``NEAR_WALK_S`` on foot of each district; null for all where the region's people are unknown.

    Parameters
    ----------
    inputs : Inputs
        The region.

    Returns
    -------
    Series (D,)
        Int64 people, by district.
    """
    people = inputs.cells["population"]
    near = inputs.district_travel["walk_s"] <= NEAR_WALK_S
    index = [str(name) for name in inputs.district_travel["district_id"]]
    if people.isna().all():
        return pd.Series(pd.NA, index=index, dtype="Int64")
    return pd.Series(near @ people.fillna(0).to_numpy(np.int64), index=index, dtype="Int64")


def potential_of(inputs: Inputs, scheme: Scheme, opened: Collection[str]) -> Potential:
    """Potential adopters of the services ``opened`` by the plan, in the catalogue's order.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    opened : collection of str
        Services, by id.

    Returns
    -------
    Potential
        ``count`` is int32 (S, C) people of the services that somebody may adopt.
    """
    services = [service for service in scheme.services.values() if service.id in opened]
    return potential(inputs.cells, services, scheme.groups)


def city_of(inputs: Inputs, scheme: Scheme, people: Potential) -> scenario.City:
    """The region's cells and how they mix.

    The cells are those with potential adopters of any service of the catalogue, whichever ``people`` are of: who meets
    whom must not depend on what a plan opens, or plans could not be compared world by world.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    people : Potential
        Potential adopters of the services that are simulated.

    Returns
    -------
    City
        The n cells and S services of ``people``.
    """
    everyone = potential(inputs.cells, scheme.services.values(), scheme.groups)
    cell, mixing = scenario.inhabited(everyone), scheme.settings.mixing
    number_of = {name: number for number, name in enumerate(scheme.services)}
    return scenario.mix(
        people,
        cell,
        walks_of(inputs, scheme, cell),
        xy_m=inputs.cells[["x_m", "y_m"]].to_numpy(dtype=np.float64),
        # Their place in the catalogue, whichever of them a plan opens.
        stream=np.array([number_of[name] for name in people.services], np.int64),
        present=present(inputs.cells),
        zone_id=inputs.cells["zone_id"],
        network=inputs.network,
        mixing=mixing,
    )


def walks_of(inputs: Inputs, scheme: Scheme, cell: NDArray[np.int32]) -> scenario.Walks:
    """Walking times among some cells, up to the limit of contact, and what the barriers let through.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    cell : int32 (n,)
        Row numbers of the cells, ascending.

    Returns
    -------
    Walks
        Indices are positions in ``cell``.
    """
    rows = (inputs.travel["indptr"], inputs.travel["indices"], inputs.travel["travel_s"])
    walks = scenario.within(inputs.travel["cell"], rows, cell, scheme.settings.mixing.contact_limit_s)
    if inputs.backdrop is None:
        return walks
    hindering = scheme.settings.barriers.hindering
    met = barriers.layers(inputs.backdrop, hindering)
    xy_m = inputs.cells[["x_m", "y_m"]].to_numpy(dtype=np.float64)[cell]
    through = np.array([hindering[name] for name in met])
    return walks._replace(passes=barriers.crossing(xy_m, walks.indptr, walks.indices, list(met.values()), through))


def absent_barriers(inputs: Inputs, scheme: Scheme) -> list[Remark]:
    """A note on every barrier of the settings of which the region's backdrop has nothing above ground.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.

    Returns
    -------
    list of Remark
        Empty where the settings name no barrier.
    """
    if inputs.backdrop is None:
        return []
    hindering = scheme.settings.barriers.hindering
    met = barriers.layers(inputs.backdrop, hindering)
    return [Remark("barriers.absent", layer=name) for name in hindering if name not in met]


def scaled_down(inputs: Inputs, scheme: Scheme, district_ids: Iterable[str]) -> dict[str, Remark]:
    """What to say of each district that is smaller than the plan is meant for.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_ids : iterable of str
        Districts of the region.

    Returns
    -------
    dict of Remark
        By district; those that get all units are left out.
    """
    scalings = {name: siting.scaling(scheme.plan.hub_area_m2, inputs.area_m2[name]) for name in district_ids}
    return {name: how.remark for name, how in scalings.items() if how is not None}


def scaled_notes(inputs: Inputs, scheme: Scheme, district_ids: Iterable[str]) -> list[Remark]:
    """The same as notes of a dataset.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_ids : iterable of str
        Districts of the region.

    Returns
    -------
    list of Remark
        One per district that gets a part of the plan's units.
    """
    small = scaled_down(inputs, scheme, district_ids)
    return [Remark("plan.scaled.of", id=name, remark=remark) for name, remark in small.items()]


def laid(inputs: Inputs, scheme: Scheme, district_id: str) -> pd.DataFrame:
    """The openings of the template, scaled to a district and laid on it; ``works_from`` is still to be filled.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_id : str
        The district.

    Returns
    -------
    DataFrame
        As ``plans.siting.lay`` gives them.
    """
    row, cells = inputs.row(district_id), inputs.cells
    ground = siting.CityCells(cells[["x_m", "y_m"]].to_numpy(), present(cells), cells["zone_id"])
    inside, drive_s = inputs.district_travel["inside"][row], inputs.district_travel["drive_s"][row]
    template = siting.scaled(scheme.plan, inputs.area_m2[district_id])
    return siting.lay(template, scheme.services, ground, inside, hub_drive_s=drive_s, start=scheme.settings.start)


def plan_of(inputs: Inputs, scheme: Scheme, district_id: str) -> tuple[pd.DataFrame, NDArray[np.float32]]:
    """The template laid on a district with ``works_from``, and what each opening reaches (O, C).

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_id : str
        The district.

    Returns
    -------
    openings : DataFrame
        As ``working`` gives them.
    reached : float32 (O, C)
        Availability, 0 to 1.
    """
    return working(inputs, scheme, district_id, laid(inputs, scheme, district_id))


def working(
    inputs: Inputs, scheme: Scheme, district_id: str, openings: pd.DataFrame
) -> tuple[pd.DataFrame, NDArray[np.float32]]:
    """Openings of a district with ``works_from``, whatever it was, and what each reaches (O, C).

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_id : str
        The district.
    openings : DataFrame
        O rows of its plan, cells by row number.

    Returns
    -------
    openings : DataFrame
        With ``works_from`` and, where any closes, ``works_until``: Int64 months from 0, null for never.
    reached : float32 (O, C)
        Availability, 0 to 1.
    """
    reached = reach_of(inputs, scheme, district_id, openings)
    opened = openings.assign(works_from=availability.works_from(openings, scheme.services, reached, scheme.months))
    # Most plans close nothing: their openings stay as they are written.
    if openings.get("closes", pd.Series(dtype=float)).notna().any():
        opened["works_until"] = availability.works_until(openings, scheme.services, reached)
    return opened, reached


def reach_of(inputs: Inputs, scheme: Scheme, district_id: str, openings: pd.DataFrame) -> NDArray[np.float32]:
    """What each opening of a district's plan reaches once it works (O, C)."""
    inside = inputs.district_travel["inside"][inputs.row(district_id)]
    seconds = availability.on_streets(inputs.network)
    return availability.reach(openings, scheme.services, inside, inputs.cells["zone_id"], seconds)


def hub_of(
    inputs: Inputs,
    scheme: Scheme,
    city: scenario.City,
    district_id: str,
    *,
    openings: pd.DataFrame,
    reached: NDArray[np.float32],
) -> scenario.Hub:
    """A district with its dated openings as availability over the city's cells.

    Parameters
    ----------
    inputs, scheme : Inputs, Scheme
        The region, and what is simulated.
    city : City
        As ``city_of`` gives it.
    district_id : str
        The district.
    openings, reached : DataFrame, float32 (O, C)
        As ``working`` gives them.

    Returns
    -------
    Hub
        Over the n cells and S services of ``city``.
    """
    row = inputs.row(district_id)
    inside, drive_s = inputs.district_travel["inside"][row], inputs.district_travel["drive_s"][row]
    return scenario.hub(
        district_id,
        openings,
        reached,
        inside=inside,
        travel_s=drive_s,
        city=city,
        covered_by=scheme.covered_by,
        months=scheme.months,
    )


def as_table(openings: Mapping[str, pd.DataFrame], cells: pd.DataFrame) -> pd.DataFrame:
    """Openings by district as the plan table, cells by their codes.

    Parameters
    ----------
    openings : mapping of DataFrame
        By district, cells by row number; at least one.
    cells : DataFrame
        The table of that name.

    Returns
    -------
    DataFrame
        Of the schema ``plan``, rows numbered from 0.
    """
    frames = [frame.assign(district_id=district_id) for district_id, frame in openings.items()]
    table = pd.concat(frames, ignore_index=True).astype({"district_id": "str"})
    table["cell_id"] = cells["cell_id"].to_numpy()[table.pop("cell").to_numpy()]
    first = ["district_id", "opening_id", "part", "service", "cell_id", "zone_id"]
    return table.astype({"cell_id": "str"})[
        [*first, *(name for name in (*siting.COLUMNS, "closes") if name in table and name not in first)]
    ]


def from_table(table: pd.DataFrame, cells: pd.DataFrame, district_id: str) -> pd.DataFrame:
    """The openings of one district, cells by row number.

    Parameters
    ----------
    table : DataFrame
        The table ``plan`` (docs/files.md).
    cells : DataFrame
        The table of that name.
    district_id : str
        The district.

    Returns
    -------
    DataFrame
        Rows numbered from 0, with ``cell`` beside ``cell_id``.

    Raises
    ------
    SourceError
        With every opening whose cell is not of this region.
    """
    openings = table[table["district_id"] == district_id].reset_index(drop=True)
    # What is said of the table is not of one plan, and pandas would copy it with every step.
    openings.attrs = {}
    cell = pd.Index(cells["cell_id"]).get_indexer(openings["cell_id"])
    remedy = "Run `geojeom simulation candidates` again."
    raise_if_any(
        SourceError,
        [
            Fault("plan.parquet", "a cell of cells.parquet", repr(code), remedy, row=opening, column="cell_id")
            for code, opening in openings.loc[cell < 0, ["cell_id", "opening_id"]].itertuples(index=False)
        ],
    )
    return openings.assign(cell=cell)
