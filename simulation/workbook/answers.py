"""The chain of a plan: problems, the services that answer them, what shows it, and where proposals are reflected."""

from __future__ import annotations

import pandas as pd

from geojeom.messages import Remark
from simulation.workbook.layout import plain
from simulation.workbook.openings import PARTS, of_item
from simulation.workbook.said import Said
from simulation.workbook.values import SEPARATORS

# The parties of the roles that are no firms.
PUBLIC_PARTIES = ("government", "local_government", "residents")


def check_answers(said: Said) -> None:
    """Note problems, services, indicators and proposals that hang on nothing."""
    _problems(said)
    _proposals(said)
    _proposers(said)
    _targets(said)


def _problems(said: Said) -> None:
    """Each problem has a service that answers it and an indicator, each service a problem that it answers."""
    answered: set[str] = set()
    rows = said.rows("problems")
    for row in rows:
        named = _listed(row["services"])
        answered |= named
        if not named & set(said.opened):
            if "services" not in row.unread:
                said.book.fault("problems", row, "services", Remark("workbook.problem_unanswered"), binding=False)
        elif row.blank("indicator"):
            said.book.fault("problems", row, "indicator", Remark("workbook.problem_unmeasured"), binding=False)
    for name in _without(said, answered) if rows else ():
        remark = Remark("workbook.service_without_problem", name=said.word(name))
        said.book.fault("problems", None, "", remark, binding=False)


def _without(said: Said, named: set[str]) -> list[str]:
    """The services that open and are not named, nor needed by one that is: networks answer through what they carry."""
    waiting, known = [name for name in named if name in said.services], set(named)
    while waiting:
        more = set(said.services[waiting.pop()].prerequisites) - known
        known |= more
        waiting += sorted(more)
    return [name for name in said.opened if name not in known]


def _proposals(said: Said) -> None:
    """A proposal that was not declined is reflected somewhere, and those items take what it promises."""
    for row in said.rows("proposals"):
        if row["state"] == "declined":
            continue
        if row.blank("reflected_in"):
            said.book.fault("proposals", row, "reflected_in", Remark("workbook.not_reflected"), binding=False)
            continue
        named = (row["reflected_in"] or "").split(", ")
        if row["reflected_in"] is None or any(map(said.unsure, named)):
            continue
        items = [of_item(said.openings, item) for item in named]
        own = pd.concat(items).drop_duplicates("opening_id")
        for column, payer in (("cash_krw", "private_cash_krw"), ("in_kind_krw", "private_in_kind_krw")):
            promised, planned = int(row[column] or 0), int(own[payer].sum())
            if promised > planned:
                remark = Remark("workbook.proposal_money", promised=promised, planned=planned)
                said.book.fault("proposals", row, column, remark, binding=False)


def _proposers(said: Said) -> None:
    """A firm that proposed an opening has a proposal that was not declined; the city's own side needs none."""
    rows = said.rows("proposals")
    if "proposals" not in said.book.sheets or any("firm" in row.unread for row in rows):
        return
    firms = {plain(row["firm"]) for row in rows if row["firm"] is not None and row["state"] != "declined"}
    known = firms | _own_side(said)
    for part in PARTS:
        for row in said.book.rows(part):
            written = row["proposer"] or ""
            # A name may have a comma of its own; else it stands between those who propose together.
            names = [] if plain(written) in known else [name.strip() for name in SEPARATORS.split(written)]
            for name in dict.fromkeys(name for name in names if name and plain(name) not in known):
                said.book.fault(part, row, "proposer", Remark("workbook.proposer", firm=name), binding=False)


def _own_side(said: Said) -> set[str]:
    """Who may propose without being a firm: the city and its departments, the state and the residents, as named."""
    words = said.book.layout.choices["party"]
    names = [said.region.ko, said.region.en, *("시", "city")]
    names += [word for party in PUBLIC_PARTIES for word in (words[party].ko, words[party].en)]
    names += [row["name"] for row in said.rows("roles") if row["party"] in PUBLIC_PARTIES]
    names += [row["department"] for row in said.book.rows("services")]
    return {plain(name) for name in [*names, said.book.overview.get("applicant")] if name is not None}


def _targets(said: Said) -> None:
    """An indicator that the simulation computes names the service it is of; each service has an indicator."""
    for row in said.rows("indicators"):
        if row["modelled"] is not None and row.blank("service"):
            said.book.fault("indicators", row, "service", Remark("workbook.indicator_of_no_service"))
        elif row["service"] is not None and row["service"] not in said.opened:
            remark = Remark("workbook.indicator_unopened", name=said.word(row["service"]))
            said.book.fault("indicators", row, "service", remark, binding=False)
    measured = {row["service"] for row in said.rows("indicators") if row["service"] is not None}
    for name in _without(said, measured) if said.rows("indicators") else ():
        remark = Remark("workbook.service_unmeasured", name=said.word(name))
        said.book.fault("indicators", None, "", remark, binding=False)


def _listed(text: str | None) -> set[str]:
    return set() if text is None else set(text.split(", "))
