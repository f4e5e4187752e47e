"""What the sheets of a plan say together: prerequisites, somebody responsible, and the other checks."""

from __future__ import annotations

from geojeom.messages import Remark
from simulation.workbook.answers import check_answers
from simulation.workbook.book import Row
from simulation.workbook.openings import PARTS
from simulation.workbook.said import Said
from simulation.workbook.schedule import check_schedule
from simulation.workbook.spending import check_spending
from spatial.config.catalogue import Programme


def check(said: Said, programme: Programme | None) -> None:
    """Note every fault of a plan in its book's ledger."""
    _prerequisites(said)
    check_spending(said)
    check_schedule(said, programme)
    _roles(said)
    check_answers(said)


def _prerequisites(said: Said) -> None:
    """Each service's prerequisites open in the same part, or anywhere where they serve the whole city."""
    # A row with a fault of its own opens what it would open without.
    rows_of = {part: said.book.rows(part) for part in PARTS}
    written = {part: {_meant(said, row) for row in rows} for part, rows in rows_of.items()}
    for part, rows in rows_of.items():
        told = set()
        for row in rows:
            service = said.services.get(_meant(said, row) or "")
            if service is None:
                continue
            for needed in service.prerequisites:
                everywhere = said.services[needed].reach.kind == "citywide"
                opened = set().union(*written.values()) if everywhere else written[part]
                # A row whose service is not known may be the one that opens it.
                if needed not in opened and None not in opened and (service.id, needed) not in told:
                    told.add((service.id, needed))
                    remark = Remark("workbook.prerequisite", name=said.word(service.id), needed=said.word(needed))
                    said.book.fault(part, row, "service", remark)


def _meant(said: Said, row: Row) -> str | None:
    """The service that a row of an opening sheet names."""
    return None if row["service"] is None else said.names.id_of(row["service"])


def _roles(said: Said) -> None:
    """Each service has at least one responsible party; one without a service is responsible for all."""
    responsible = {row["service"] for row in said.rows("roles") if row["responsible"] == "yes"}
    for name in said.opened:
        if not responsible & {name, None}:
            remark = Remark("workbook.not_responsible", name=said.word(name))
            said.book.fault("roles", None, "", remark, binding=False)
