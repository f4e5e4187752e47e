"""Fingerprints of all that a candidate's results depend on, by which those of an earlier run are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import pandas as pd

from simulation.plans.settings import Scheme
from simulation.runs.dataset import versions
from simulation.runs.inputs import Inputs

# Of these files a candidate's results depend on its own rows alone, which ``of_district`` takes in.
BY_DISTRICT = ("districts.parquet", "district_travel.npz", "plan.parquet", "plans.parquet")
# Settings that say which candidates are run, and not how.
WHICH = ("ensemble_candidates",)


def of_region(scheme: Scheme, seed: int, files: Mapping[str, str], code: str) -> str:
    """Fingerprint of what all candidates of a region have in common.

    Parameters
    ----------
    scheme : Scheme
        Services, plan, settings and the round's rules.
    seed : int
        Of the random stream.
    files : mapping
        SHA-256 of the input files by name.
    code : str
        Fingerprint of the code that runs them.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    settings = {name: value for name, value in scheme.written["simulation"].items() if name not in WHICH}
    shared = {name: digest for name, digest in files.items() if name not in BY_DISTRICT}
    everything = [dict(scheme.written) | {"simulation": settings}, seed, shared, code, versions()]
    return hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()


def of_district(region: str, inputs: Inputs, district_id: str, openings: pd.DataFrame | None = None) -> str:
    """Fingerprint of one candidate's results.

    Parameters
    ----------
    region : str
        What ``of_region`` gives.
    inputs : Inputs
        The region's tables and arrays.
    district_id : str
        The candidate.
    openings : DataFrame, optional
        Its plan; left out where the plan is the template laid on it.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    row = inputs.row(district_id)
    content = hashlib.sha256(json.dumps([region, district_id, float(inputs.area_m2[district_id])]).encode())
    for name in ("inside", "drive_s"):
        content.update(inputs.district_travel[name][row].tobytes())
    if openings is not None:
        # Of Python's numbers each has one text and each text one number.
        content.update(repr(openings.to_dict("list")).encode())
    return content.hexdigest()
