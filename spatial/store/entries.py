"""The entries of a region file that name sources, each with the name that its tables and its account go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spatial.config.region import Sourced, Spec, path_of

# In the order of the account; the boundary is read before all others, which are cut to it.
ORDER = (
    "boundary",
    "zones",
    "counts",
    "cross_checks",
    "density",
    "buildings",
    "land",
    "protected",
    "dem",
    "zoning",
    "parcels",
    "parcel_tables",
    "history",
    "facilities",
    "streets",
    "candidates",
)


@dataclass(frozen=True)
class Entry:
    """One entry: ``key`` as the account calls it (``counts[0]``), and what the region file says of it."""

    key: str
    spec: Spec

    @property
    def kind(self) -> str:
        """What it is a source of: the key without its number."""
        return self.key.partition("[")[0]

    @property
    def path(self) -> str:
        """Its file; "" where it has none."""
        return path_of(self.spec)

    @property
    def name(self) -> str:
        """What its tables are called: ``counts-0``."""
        return self.key.replace("[", "-").rstrip("]")


def entries(region: Sourced, *kinds: str) -> Iterator[Entry]:
    """The entries of a resolved region, of some kinds or all, in the order of the account.

    Parameters
    ----------
    region : Sourced
        The region.
    *kinds : str
        Of ``ORDER``; all without any.

    Yields
    ------
    Entry
        One per source.
    """
    for kind in (each for each in ORDER if not kinds or each in kinds):
        setting = getattr(region if kind in ("boundary", "candidates") else region.sources, kind)
        if isinstance(setting, list):
            yield from (Entry(f"{kind}[{at}]", spec) for at, spec in enumerate(setting))
        elif setting:
            yield Entry(kind, setting)
