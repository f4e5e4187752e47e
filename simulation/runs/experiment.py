"""One or more scenarios of a region, simulated in the same worlds, as one dataset."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from geojeom.messages import Remark
from simulation.plans.people import Potential, column_values, declining
from simulation.plans.settings import Scheme
from simulation.runs import inputs
from simulation.runs.checkpoint import Checkpoint
from simulation.runs.conventions import placed
from simulation.runs.dataset import dataset, versions
from simulation.runs.earlier import Scenario
from simulation.runs.ensemble import run
from simulation.runs.measures import measures
from simulation.runs.quantiles import has_range, no_range
from simulation.runs.scenario import City


def not_measured(data: inputs.Inputs, worlds: int) -> dict[str, Remark]:
    """Measures that cannot be had, and why."""
    reasons = {}
    if not has_range(worlds):
        reasons["quantile"] = no_range(worlds)
    if np.isnan(column_values(data.cells, "elderly")).all():
        reasons["coverage_elderly"] = Remark("measure.no_data", columns=["elderly"])
    residents = declining(data.cells, data.history)
    if np.isnan(residents).all():
        reasons["coverage_declining"] = Remark("decline.unknown")
    elif np.nansum(residents) == 0:
        reasons["coverage_declining"] = Remark("decline.none")
    return reasons


def unjudged(data: inputs.Inputs) -> list[Remark]:
    """A note where some zones' decline is unknown: their residents are left out of that coverage."""
    residents = declining(data.cells, data.history)
    unknown = int(data.cells.loc[np.isnan(residents), "zone_id"].nunique())
    if not unknown or np.isnan(residents).all():
        return []
    return [Remark("decline.left_out", n=unknown)]


def attributes(
    scheme: Scheme,
    data: inputs.Inputs,
    people: Potential,
    *,
    seed: int,
    files: Mapping[str, str],
    notes: Sequence[Remark],
) -> dict[str, Any]:
    """Attributes of the dataset: where its numbers come from, and what is not in it.

    Parameters
    ----------
    scheme, data, people : Scheme, Inputs, Potential
        What is simulated, the region, and who may adopt it.
    seed : int
        Of the random stream.
    files : mapping of str
        SHA-256 of the input files by name.
    notes : sequence of Remark
        What else is to be said.

    Returns
    -------
    dict
        Texts, numbers, and what JSON has of them.
    """
    return {
        "title": "Modelled adopters of the services of a plan laid on candidate districts",
        "start": scheme.settings.start,
        **origin(scheme, seed, files),
        "not_simulated": in_file(people.not_simulated),
        "not_measured": in_file(not_measured(data, scheme.settings.worlds)),
        "notes": [
            note.as_file() for note in (*people.notes, *inputs.absent_barriers(data, scheme), *unjudged(data), *notes)
        ],
    }


def in_file(remarks: Mapping[str, Remark]) -> dict[str, Any]:
    """Remarks by name as attributes of a file hold them: codes, values and texts.

    Parameters
    ----------
    remarks : mapping of Remark
        By name.

    Returns
    -------
    dict
        Name -> what ``Remark.as_file`` gives.
    """
    return {name: remark.as_file() for name, remark in remarks.items()}


def origin(scheme: Scheme, seed: int, files: Mapping[str, str]) -> dict[str, Any]:
    """Say what is needed to make the numbers again.

    Parameters
    ----------
    scheme : Scheme
        What is simulated.
    seed : int
        Of the random stream.
    files : mapping of str
        SHA-256 of the input files by name.

    Returns
    -------
    dict
        The seed as text, fingerprints (SHA-256) of the settings and input files, and versions of libraries.
    """

    def digest(content: Any) -> str:
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    sections = dict(scheme.written)
    return {
        "seed": str(seed),
        "config_sha256": digest(sections | {"seed": seed}),
        "sections_sha256": {name: digest(section) for name, section in sections.items()},
        "input_sha256": dict(files),
        "versions": versions(),
    }


def simulate(
    city_inputs: inputs.Inputs,
    scheme: Scheme,
    people: Potential,
    laid: Mapping[str, inputs.Laid],
    attrs: Mapping[str, Any],
    *,
    before: Mapping[str, Scenario],
    kept: Checkpoint,
    done: Callable[[int], object],
) -> xr.Dataset:
    """Run every plan in ``settings.worlds`` worlds.

    Parameters
    ----------
    city_inputs, scheme, people : Inputs, Scheme, Potential
        The region, what is simulated, and who may adopt it.
    laid : mapping
        Plans by the name of their scenario; ``works_from`` is worked out anew.
    attrs : mapping
        Attributes of the dataset, the seed among them.
    before : mapping
        Scenarios that need not be run, by name.
    kept : Checkpoint
        Blocks of worlds already run.
    done : callable
        ``done(1)`` is told after every month.

    Returns
    -------
    Dataset
        All scenarios, in the order of ``laid`` (docs/files.md).
    """
    city = inputs.city_of(city_inputs, scheme, people)
    scenarios = [
        before[name] if name in before else _run(city_inputs, scheme, city, name, own, int(attrs["seed"]), kept, done)
        for name, own in laid.items()
    ]
    data = dataset(
        [outcome.run for outcome in scenarios],
        city.services,
        stream=city.stream,
        cell_index=city.cell,
        cell_id=city_inputs.cells["cell_id"].to_numpy()[city.cell],
        potential=city.potential,
        attributes=attrs,
    )
    measured = xr.concat([outcome.measures for outcome in scenarios], dim="scenario")
    return placed(data.merge(measured, combine_attrs="override"), city_inputs.cells, scheme.settings.start)


def _run(  # noqa: PLR0917 -- private, in the order of simulate
    data: inputs.Inputs,
    scheme: Scheme,
    city: City,
    name: str,
    own: inputs.Laid,
    seed: int,
    kept: Checkpoint,
    done: Callable[[int], object],
) -> Scenario:
    """One plan's worlds and what they say."""
    opened, reached = inputs.working(data, scheme, own.district_id, own.openings)
    outcome = run(
        name,
        city,
        inputs.hub_of(data, scheme, city, own.district_id, openings=opened, reached=reached),
        scheme.services,
        scheme.settings.mixing,
        years=scheme.settings.years,
        worlds=scheme.settings.worlds,
        seed=seed,
        kept=kept,
        done=done,
    )
    measured = measures(
        outcome,
        city.services,
        city.potential,
        openings=opened,
        reached=reached,
        covered_by=scheme.covered_by,
        elderly=column_values(data.cells, "elderly"),
        declining=declining(data.cells, data.history),
    )
    return Scenario(outcome, measured)
