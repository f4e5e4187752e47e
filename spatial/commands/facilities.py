"""Bring the facilities of all sources into one list, each place once: facilities.parquet."""

from __future__ import annotations

import logging

from geojeom.command import Command
from geojeom.results import Folder
from geojeom.tables import write_table
from spatial.config.resolved import stored_region
from spatial.folder import write_account
from spatial.reading.provenance import Account
from spatial.sources.facilities import one_list
from spatial.store.files import load

log = logging.getLogger("geojeom.spatial")
COMMAND = Command(
    reads=("sources/boundary.parquet",),
    reads_where={"sources/facilities-*.parquet": "region.sources.facilities"},
    writes=("facilities.parquet", "facilities.json"),
    settings=("region.country", "region.cell_size_m", "region.cells_max"),
)


def run(folder: Folder) -> None:
    """Bring the facilities of all sources into one list, each place once: facilities.parquet."""
    stored, account = load(folder, stored_region(folder).region, "facilities"), Account()
    assert stored.area is not None
    sources = [source for key, source in stored.sources.items() if key != "boundary"]
    account.box = stored.area.degrees
    for source in sources:
        account.take(source.account)
    ledgers = [source.ledger for source in sources]
    frame = one_list([source.table for source in sources], ledgers, stored.area, account)
    write_table(frame, folder / "facilities.parquet", "facilities")
    write_account(account, folder / "facilities.json")
    account.tell()
