"""A file from which anybody can check how good a plan is, without the search (``decisions.rollout.checker``).

It holds the problem, the plan, the tables of the bound and the prices of its programme, as arrays of one .npz:

    format, value, bound, when (m,), names (m,), dates (K,), allowed, usage, limit, limit_names, need_option (N,),
    need_start (N + 1,) and need_supplier (a CSR over suppliers), prices (rows of the programme,), services (S,)
    and of stream s, each name with the ending ``_s``:
        options, reach, base, epoch, people, worth, timing, seed, contact_indptr, contact_indices, contact_data, zone,
        zone_share, zone_weight                  as in ``instance.Stream``
        earliest (m_s,), tangent (m_s,)          what the tables hold for, and the plan at which they are tangent
        block (n,)                               the block of each cell
        tier_start (B + 1,), tier_option_start, tier_option     tiers of the blocks, and the stream's options in each
        state_start (B + 1,), fixed              ``fixed`` of all states, block after block
        pull (B, L, B, L)
        highest (T, n)                           see ``tables.Tables``
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decisions.rollout.improving import Found
from decisions.rollout.instance import Instance, Stream
from decisions.rollout.tables import Tables
from geojeom.files import atomic

FORMAT = 2
PLAIN = ("options", "reach", "base", "epoch", "people", "worth", "timing", "seed", "zone", "zone_share", "zone_weight")


def arrays_of(instance: Instance, found: Found) -> dict[str, NDArray[Any]]:
    """All arrays of the certificate by name."""
    suppliers = [need.suppliers for need in instance.needs]
    arrays: dict[str, Any] = {
        "format": FORMAT,
        "value": found.value,
        "bound": found.bound,
        "when": found.when,
        "names": np.array(instance.names, np.str_),
        "dates": instance.dates,
        "allowed": instance.allowed,
        "usage": instance.usage,
        "limit": instance.limit,
        "limit_names": np.array(instance.limit_names, np.str_),
        "need_option": np.array([need.option for need in instance.needs], np.int64),
        "need_start": _starts(suppliers),
        "need_supplier": np.array([supplier for each in suppliers for supplier in each], np.int64),
        "prices": found.solved.prices,
        "services": np.array([stream.service for stream in instance.streams], np.str_),
    }
    for number, (stream, table) in enumerate(zip(instance.streams, found.tables, strict=True)):
        arrays |= {f"{name}_{number}": value for name, value in _of_stream(stream, table).items()}
    return {name: np.asarray(value) for name, value in arrays.items()}


def _of_stream(stream: Stream, table: Tables) -> Mapping[str, Any]:
    tiers = [tier for of_block in table.blocks.tiers for tier in of_block]
    contact = stream.contact
    return {
        **{name: getattr(stream, name) for name in PLAIN},
        "contact_indptr": contact.indptr,
        "contact_indices": contact.indices,
        "contact_data": contact.data,
        "earliest": table.earliest,
        "tangent": table.tangent,
        "block": table.blocks.block,
        "tier_start": _starts(table.blocks.tiers),
        "tier_option_start": _starts(tiers),
        "tier_option": np.concatenate([*tiers, np.zeros(0, np.int64)]).astype(np.int64),
        "state_start": _starts(table.states),
        "fixed": np.concatenate(table.fixed),
        "pull": table.pull,
        "highest": table.highest,
    }


def write(path: Path, instance: Instance, found: Found) -> None:
    """Write the certificate, whole or not at all.

    Parameters
    ----------
    path : Path
        The file (.npz).
    instance : Instance
        The problem.
    found : Found
        What was found of it.

    Raises
    ------
    FolderError
        Where it cannot be written.
    """
    with atomic(path) as partial, partial.open("wb") as file:
        np.savez_compressed(file, **arrays_of(instance, found))  # type: ignore[arg-type]


def _starts(parts: Any) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
