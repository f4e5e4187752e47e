"""The services of a plan: the region's catalogue with what the workbook's own sheet changes and adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import ValidationError

from geojeom.checked_yaml import fault_of
from geojeom.messages import Remark
from geojeom.quantities import BassP, BassQ, OpexShare, PriceKrw, Quantity, ReachS, Share, number
from simulation.plans.catalogue import Service, ServiceCatalogue
from simulation.plans.prerequisites import cycle
from simulation.workbook.book import Row, Workbook
from simulation.workbook.layout import plain

# Where a column of the sheet stands in a service of the catalogue.
KEYS = {
    "field": ("field",),
    "unit": ("unit",),
    "capex_krw": ("capex_krw",),
    "opex_share_year": ("opex_share_year",),
    "reach": ("reach", "kind"),
    "travel_s": ("reach", "travel_s"),
    "group": ("adoption", "group"),
    "potential_share": ("adoption", "potential_share"),
    "p": ("adoption", "p"),
    "q": ("adoption", "q"),
    "spread": ("adoption", "spread"),
    "source": ("source",),
    "evidence": ("evidence",),
}
# The range of a column's numbers.
BOUNDS: dict[str, Quantity] = {
    column: get_args(kind)[1]
    for column, kind in {
        "capex_krw": PriceKrw,
        "opex_share_year": OpexShare,
        "travel_s": ReachS,
        "potential_share": Share,
        "p": BassP,
        "q": BassQ,
        "spread": Share,
    }.items()
}
# What an own service is when its row does not say: its figures are the city's.
OWN = {"source": "plan workbook", "evidence": "own_choice", "opex_share_year": 0.0}


class Names:
    """Services by id or name, as the cells of a workbook name them; ``unread`` are names of rows that do not hold."""

    def __init__(self, services: Mapping[str, Any], unread: Iterable[str] = ()) -> None:
        self._unread = {plain(name) for name in unread}
        self._ids: dict[str, str] = {}
        for service in services["services"]:
            for name in (service["name"]["en"], service["name"]["ko"], service["id"]):
                self._ids[plain(name)] = service["id"]
        self.words = {service["id"]: service["name"] for service in services["services"]}

    def id_of(self, text: str) -> str | None:
        """The id a cell names; None where no service has that id or name.

        Parameters
        ----------
        text : str
            An id, or a name in either language, compared as ``layout.plain`` does.

        Returns
        -------
        str or None
            The id.
        """
        return self._ids.get(plain(text))

    def unread(self, text: str) -> bool:
        """Whether a cell names a service whose own row does not hold, which is told there.

        Parameters
        ----------
        text : str
            An id, or a name in either language.

        Returns
        -------
        bool
            True for such a service.
        """
        return plain(text) in self._unread

    def word(self, service: str, language: str) -> str:
        """The name to write into a cell: the id where the name is another service's too.

        Parameters
        ----------
        service : str
            A service's id.
        language : str
            ``ko`` or ``en``.

        Returns
        -------
        str
            ``id_of`` leads from it to the service.
        """
        name = str(self.words[service][language])
        return name if self.id_of(name) == service else service


def merged(book: Workbook, catalogue: Mapping[str, Any]) -> tuple[ServiceCatalogue, Names]:
    """The catalogue with the workbook's services; where a row does not hold, as the catalogue has it.

    Every fault is noted at its cell: unknown prerequisites, values that do not hold, a circle of prerequisites.
    """
    services = {service["id"]: dict(service) for service in catalogue["services"]}
    # A cell names a group, too, by its name.
    groups = {plain(word): group["id"] for group in catalogue["groups"] for word in group["name"].values()}
    rows: dict[str, Row] = {}
    for row in book.rows("services"):
        if row["service"] is None:
            continue
        name = Names({"services": list(services.values())}).id_of(row["service"]) or row["service"]
        rows[name] = row
        services[name] = _changed(services.get(name), name, row, groups)
    names = Names({"services": list(services.values())})
    for name, row in rows.items():
        for column in ("prerequisites", "covered_by"):
            services[name][column] = _needs(row, column, services[name].get(column, []), names, book)
    held = _valid(services, catalogue, rows, book)
    ring = cycle({name: held[name].get("prerequisites", []) for name in held if _known(held, name)})
    if ring:
        row_of_ring = next((rows[name] for name in ring if name in rows), None)
        words = [held[name]["name"] for name in ring]
        book.fault("services", row_of_ring, "prerequisites", Remark("workbook.circle", names=words))
        before = {service["id"]: service.get("prerequisites", []) for service in catalogue["services"]}
        held = {name: {**service, "prerequisites": before.get(name, [])} for name, service in held.items()}
    whole = ServiceCatalogue.model_validate({**catalogue, "services": list(held.values())})
    lost = [services[name] for name in rows if name not in held]
    unread = [word for service in lost for word in (service["id"], *service["name"].values())]
    return whole, Names({"services": list(held.values())}, unread)


def _known(services: Mapping[str, Any], name: str) -> bool:
    return all(needed in services for needed in services[name].get("prerequisites", []))


def _changed(before: dict[str, Any] | None, name: str, values: Row, groups: Mapping[str, str]) -> dict[str, Any]:
    """A service with the filled cells of its row."""
    service: dict[str, Any] = {**OWN, "id": name} if before is None else {**before}
    texts = {language: values[f"name_{language}"] for language in ("ko", "en")}
    if before is None:
        either = texts["ko"] or texts["en"] or name
        service["name"] = {language: text or either for language, text in texts.items()}
    else:
        service["name"] = {language: text or before["name"][language] for language, text in texts.items()}
    for column, (first, *rest) in KEYS.items():
        value = values[column]
        if value is None:
            continue
        if column == "unit":
            value = {"ko": value, "en": value}
        elif column == "group":
            value = groups.get(plain(value), value)
        if rest:
            inner = dict(service.get(first) or ({} if first == "reach" else dict(OWN)))
            if first == "adoption":
                inner.pop("opex_share_year", None)
            service[first] = {**inner, rest[0]: value}
        else:
            service[first] = value
    if values["reach"] in ("citywide", "area"):
        service["reach"] = {"kind": values["reach"]}
    return service


def _needs(row: Row, column: str, before: list[str], names: Names, book: Workbook) -> list[str]:
    text = row[column]
    if text is None:
        return list(before)
    needs = []
    for item in text.split(", "):
        known = names.id_of(item)
        if known is None:
            book.fault("services", row, column, Remark("workbook.no_service", found=item))
        else:
            needs.append(known)
    return needs


def _valid(
    services: Mapping[str, Any], catalogue: Mapping[str, Any], rows: Mapping[str, Row], book: Workbook
) -> dict[str, Any]:
    """The services that hold; those of the sheet that do not are noted, and are the catalogue's own again."""
    held = {service["id"]: service for service in catalogue["services"]}
    known = {group["id"]: group["name"] for group in catalogue["groups"]}
    for name, row in rows.items():
        service = services[name]
        try:
            Service.model_validate(service)
        except ValidationError as error:
            for item in error.errors():
                path = tuple(str(part) for part in item["loc"])
                column = next((column for column, keys in KEYS.items() if keys == path), _beside(path))
                # What cannot be read is told at its cell already.
                if column not in row.unread:
                    book.fault("services", row, column, _said(item, column, book))
            continue
        group = (service.get("adoption") or {}).get("group")
        if group is not None and group not in known:
            book.fault("services", row, "group", Remark("workbook.no_group", found=group, names=list(known.values())))
            continue
        held[name] = service
    return held


def _said(item: Any, column: str, book: Workbook) -> Remark:
    """What is wrong with a value of a service: missing, out of its range, or as its model says it."""
    heads = {each.id: {"ko": each.ko, "en": each.en} for each in book.layout.sheet("services").columns}
    bounds = BOUNDS.get(column)
    if column == "service" and item["type"] == "string_pattern_mismatch":
        return Remark("workbook.service_id", found=item["input"])
    if item["type"] == "missing":
        return Remark("workbook.service_needs", name=heads[column])
    if item["type"] == "implausible" and bounds is not None:
        low, high, found = (number(value) for value in (bounds.low, bounds.high, item["input"]))
        return Remark("workbook.service_range", name=heads[column], low=low, high=high, found=found)
    fault = fault_of(book.ledger.file, item, Service)
    return Remark("workbook.value", expected=fault.expected, found=fault.found)


def _beside(path: tuple[str, ...]) -> str:
    """The column to blame where no column is exactly the place of a fault."""
    first = path[0] if path else "service"
    return {"reach": "reach", "adoption": "group", "name": "name_ko", "id": "service"}.get(first, "service")
