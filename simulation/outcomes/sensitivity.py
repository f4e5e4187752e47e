"""Which uncertain parameter decides how far a plan spreads: Sobol indices of the ten-year adopters outside the hub.

The samples are lanes of the mean-field run: 64 of them share one pass over the city. Catchments and the decay of
contact are no parameters of a lane, as they change what is available where and who meets whom; they take one of a few
levels, and each pair of levels is a run of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.errors import Fault
from geojeom.extras import library
from simulation.outcomes.adopters import CRITERION_MONTH
from simulation.outcomes.candidates import Watch
from simulation.plans.catalogue import Service
from simulation.plans.people import present
from simulation.plans.settings import Scheme
from simulation.runs import inputs
from simulation.runs.scenario import City, Hub, contact, problem
from simulation.runs.worlds import central
from simulation.spread.diffusion import Lanes, mean_field
from simulation.spread.mixing import Rows

# Those of a lane, and then those in levels.
PARAMETERS = (
    "p",
    "q",
    "theta_contagious",
    "theta_hierarchical",
    "demonstration_decay_s",
    "contact_decay_s",
    "catchment",
)
# Odd, so that the middle level is what is stated.
LEVELS = 5
Model = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def indices(model: Model, bounds: dict[str, tuple[float, float]], samples: int, seed: int) -> pd.DataFrame:
    """First-order and total Sobol indices of ``model``: (N, D) -> (N,), one row per parameter.

    ``samples`` (a power of two) · (D + 2) runs on Saltelli's scheme over a scrambled Sobol sequence, parameters uniform
    within ``bounds``; ``*_half`` are half-widths of 95 % intervals (bootstrap). All null where the outcome never
    varies. Source: Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018; computed by SALib.
    """
    case = {"num_vars": len(bounds), "names": list(bounds), "bounds": [list(pair) for pair in bounds.values()]}
    outcome = model(
        library("SALib.sample.sobol", "sensitivity").sample(case, samples, calc_second_order=False, seed=seed)
    )
    columns = {"first_order": "S1", "first_order_half": "S1_conf", "total": "ST", "total_half": "ST_conf"}
    table = pd.DataFrame({"parameter": pd.array(list(bounds), dtype="str"), **dict.fromkeys(columns, np.nan)})
    if np.ptp(outcome) > 0:
        result = library("SALib.analyze.sobol", "sensitivity").analyze(
            case, outcome, calc_second_order=False, seed=seed
        )
        for column, name in columns.items():
            table[column] = np.asarray(result[name], float)
    return table


def of_plan(
    data: inputs.Inputs, scheme: Scheme, district_id: str, *, samples: int, seed: int, watch: Watch
) -> pd.DataFrame:
    """Sobol indices of the adopters outside after ten years of the plan laid on a district; see ``indices``.

    Parameters
    ----------
    data, scheme : Inputs, Scheme
        The region, and what is simulated.
    district_id : str
        The district.
    samples : int
        A power of two.
    seed : int
        Of the samples.
    watch : callable
        Shows how far something is.

    Returns
    -------
    DataFrame
        A row per one of ``PARAMETERS``: ``first_order`` and ``total`` with their half-widths of 95 % intervals; null
        where the outcome never varies.

    References
    ----------
    As of ``indices``.
    """
    people = inputs.potential_of(data, scheme, scheme.opened)
    city = inputs.city_of(data, scheme, people)
    openings, _ = inputs.plan_of(data, scheme, district_id)
    walks, people_there = inputs.walks_of(data, scheme, city.cell), present(data.cells)[city.cell]
    hubs, contacts = [], []
    for level in watch(range(LEVELS), "catchments", "level"):
        stretched = scaled(scheme, level)
        contacts.append(contact(walks, people_there, stretched.settings.mixing))
        opened, reached = inputs.working(data, stretched, district_id, openings)
        hubs.append(inputs.hub_of(data, stretched, city, district_id, openings=opened, reached=reached))
    model = adopters_outside(scheme, city, contacts, hubs, watch)
    return indices(model, dict.fromkeys(PARAMETERS, (-1.0, 1.0)), samples, seed)


def faults(scheme: Scheme, samples: int, file: str) -> list[Fault]:
    """Say why the indices of this scheme cannot be found.

    Parameters
    ----------
    scheme : Scheme
        What is simulated.
    samples : int
        How many are asked for.
    file : str
        The file of the settings, as faults name it.

    Returns
    -------
    list of Fault
        Empty where they can be.
    """
    breaches = []
    if scheme.months < CRITERION_MONTH:
        expected, remedy = f"at least {CRITERION_MONTH // 12} years simulated", "Simulate more years."
        breaches.append(Fault(file, expected, str(scheme.settings.years), remedy, column="simulation.years"))
    if samples & (samples - 1):
        breaches.append(Fault("--samples", "a power of two", str(samples), f"Try {1 << samples.bit_length()}."))
    return breaches


def scaled(scheme: Scheme, level: int) -> Scheme:
    """The scheme with every catchment's travel time and the decay of contact at one of LEVELS steps of their ranges."""
    mixing = scheme.settings.mixing
    factor = 1 + mixing.spread * (2 * (level + 0.5) / LEVELS - 1)
    mixing = mixing.model_copy(update={"contact_decay_s": mixing.contact_decay_s * factor})

    def stretched(service: Service) -> Service:
        if service.reach.travel_s is None:
            return service
        return service.model_copy(
            update={"reach": service.reach.model_copy(update={"travel_s": service.reach.travel_s * factor})}
        )

    return replace(
        scheme,
        services={name: stretched(service) for name, service in scheme.services.items()},
        settings=scheme.settings.model_copy(update={"mixing": mixing}),
    )


def adopters_outside(scheme: Scheme, city: City, contacts: Sequence[Rows], hubs: Sequence[Hub], watch: Watch) -> Model:
    """The model whose sensitivity is asked for: places of PARAMETERS within their ranges, -1 to 1, to adoptions.

    p and q of all services move together, each within its own ``adoption.spread``; the rest within ± ``mixing.spread``.
    ``contacts`` are K at each of LEVELS decays, ``hubs`` the plan at each of LEVELS catchments.
    """

    def model(sample: NDArray[np.float64]) -> NDArray[np.float64]:
        level = np.minimum(((sample[:, -2:] + 1) / 2 * LEVELS).astype(int), LEVELS - 1)
        result = np.empty(len(sample))
        for decay, catchment in watch(list(product(range(LEVELS), repeat=2)), "runs", "run"):
            mine = np.flatnonzero((level == (decay, catchment)).all(axis=1))
            if mine.size:
                posed = problem(replace(city, contact=contacts[decay]), [hubs[catchment]], CRITERION_MONTH)
                field = mean_field(posed, at(scheme, city.services, sample[mine]), np.empty(0, np.int64))
                result[mine] = field.outside[:, -1].sum(axis=0)
        return result

    return model


def at(scheme: Scheme, names: Sequence[str], sample: NDArray[np.float64]) -> Lanes:
    """Lanes with the parameters of a lane at the given places (L, D) of their ranges."""
    stated = central(scheme.services, names, scheme.settings.mixing, len(sample))
    rates = [a.spread for name in names if (a := scheme.services[name].adoption) is not None]
    spread = np.array(rates, np.float64)[:, None]
    factor = 1 + scheme.settings.mixing.spread * sample
    return replace(
        stated,
        p=stated.p * (1 + spread * sample[:, 0]),
        q=stated.q * (1 + spread * sample[:, 1]),
        theta_contagious=stated.theta_contagious * factor[:, 2],
        theta_hierarchical=stated.theta_hierarchical * factor[:, 3],
        demonstration_decay_s=stated.demonstration_decay_s * factor[:, 4],
    )
