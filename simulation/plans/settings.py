"""The simulation's part of the resolved region, checked whole before anything runs.

Light to import: the pipeline checks a region while it is being read, before any kernel is compiled.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from geojeom import figures
from geojeom.checked_yaml import fault_of, shown
from geojeom.errors import Fault, PlanError, raise_if_any
from geojeom.formats import percent, stated_percent
from simulation.plans.catalogue import Diffusion, Group, InDistrict, PlanTemplate, Service, ServiceCatalogue, Settings
from simulation.plans.money import split_krw
from simulation.plans.payers import PUBLIC
from simulation.plans.prerequisites import cycle
from spatial.config.catalogue import Programme

M = TypeVar("M", bound=BaseModel)
# What the numbers depend on and no more: another weight that leaves the same best candidates changes none of it.
SECTIONS = ("services", "plan", "simulation", "programme")
MOST_KRW = 10**15
# More than any region has: `zones: 10000` says all of them.
MOST_ZONES = 10_000


@dataclass(frozen=True)
class Scheme:
    """What is simulated: services and their groups by id, the plan to lay on each hub, settings, the round's rules.

    ``written`` are the sections these were made of, as the resolved region has them.
    """

    services: dict[str, Service]
    groups: dict[str, Group]
    plan: PlanTemplate
    settings: Settings
    programme: Programme | None
    written: Mapping[str, Any]

    @property
    def months(self) -> int:
        """Months simulated."""
        return 12 * self.settings.years

    @property
    def covered_by(self) -> dict[str, list[str]]:
        """Prerequisites that must reach the users of each service, not its units alone."""
        return {name: service.covered_by for name, service in self.services.items()}

    @property
    def opened(self) -> set[str]:
        """Services the plan opens."""
        return {item.service for part in (self.plan.in_district, self.plan.diffusion) for item in part}


def check_settings(resolved: dict[str, Any], file: str = "region.json") -> list[Fault]:
    """Every fault of the services, the plan and the simulation settings.

    Parameters
    ----------
    resolved : dict
        The resolved region (``spatial.config.resolve.resolve``), as JSON has it.
    file : str
        What it was read from: the region file itself, or ``region.json``, whose sections are copies.

    Returns
    -------
    list of Fault
        Empty where all hold.
    """
    return _named(_parse(resolved, file)[1], resolved, file)


def read(resolved: dict[str, Any], file: str = "region.json") -> Scheme:
    """The checked scheme.

    Parameters
    ----------
    resolved : dict
        The resolved region, as JSON has it.
    file : str
        What it was read from: the region file itself, or ``region.json``, whose sections are copies.

    Returns
    -------
    Scheme
        Services, groups, plan, settings and round.

    Raises
    ------
    PlanError
        With every fault found; each names the file that somebody wrote.
    """
    scheme, faults = _parse(resolved, file)
    raise_if_any(PlanError, _named(faults, resolved, file))
    assert scheme is not None
    return scheme


def read_settings(resolved: dict[str, Any], file: str = "region.json") -> Settings:
    """The settings of the simulation alone, checked.

    Parameters
    ----------
    resolved : dict
        The resolved region, as JSON has it.
    file : str
        What it was read from, as in ``read``.

    Returns
    -------
    Settings
        Defaults filled in.

    Raises
    ------
    PlanError
        With every fault found.
    """
    faults: list[Fault] = []
    settings = _model(Settings, resolved, "simulation", file, faults)
    raise_if_any(PlanError, _named(faults, resolved, file))
    assert settings is not None
    return settings


def unusual(resolved: dict[str, Any]) -> list[Fault]:
    """Say which numbers of services, plan and settings, which hold, may be meant, but are not usually given.

    Parameters
    ----------
    resolved : dict
        The resolved region, as JSON has it.

    Returns
    -------
    list of Fault
        One per number, for warnings: each number passes.
    """
    shapes: dict[str, type[BaseModel]] = {"services": ServiceCatalogue, "plan": PlanTemplate, "simulation": Settings}
    return [
        warning
        for name, shape in shapes.items()
        for warning in figures.unusual(shape.model_validate(resolved[name]), resolved["files"][name], name)
    ]


def _named(faults: list[Fault], resolved: dict[str, Any], file: str) -> list[Fault]:
    """Name the file the user wrote, where the resolved region says which one a section came from.

    Where ``file`` holds a copy of that, its own may be right by now: then the copy is named, and how to renew it.
    """
    files: dict[str, str] = resolved.get("files", {})
    return [_traced(fault, files, file) for fault in faults]


def _traced(fault: Fault, files: dict[str, str], file: str) -> Fault:
    written = files.get(re.split(r"[.\[]", fault.column)[0])
    if written is None or file == files["region"]:
        return replace(fault, file=written or fault.file)
    again = f"Once that file is right, run the pipeline or `geojeom spatial resolve {files['region']}` again."
    return replace(fault, file=f"{fault.file} (copied from {written})", remedy=f"{fault.remedy} {again}")


def _parse(resolved: dict[str, Any], file: str) -> tuple[Scheme | None, list[Fault]]:
    faults: list[Fault] = []
    catalogue = _model(ServiceCatalogue, resolved, "services", file, faults)
    plan = _model(PlanTemplate, resolved, "plan", file, faults)
    settings = _model(Settings, resolved, "simulation", file, faults)
    # No round, no rules: a city outside Korea that names none is held against none.
    ruled = resolved.get("programme") is not None
    programme = _model(Programme, resolved, "programme", file, faults) if ruled else None
    draft = Draft(resolved)
    faults += [*_group_faults(draft, file), *_cycle_faults(draft, file), *_name_faults(draft, file)]
    faults += [*_lacking_faults(draft, file), *_date_faults(draft, programme, file)]
    if plan is not None:
        faults += _adoption_faults(draft, file)
        faults += _sum_faults(draft, file)
    if programme is not None:
        faults += _money_faults(draft, programme, file)
    if catalogue is None or plan is None or settings is None or (ruled and programme is None):
        return None, faults
    services = {service.id: service for service in catalogue.services}
    groups = {group.id: group for group in catalogue.groups}
    written = {name: resolved[name] for name in SECTIONS}
    return Scheme(services, groups, plan, settings, programme, written), faults


class Draft:
    """What holds of the services, the plan and the horizon, though other parts of them may not.

    So that one mistyped rate does not hide a prerequisite cycle or a date beyond the horizon. ``services`` are those
    that hold, at most without their adoption; ``needs`` lists every service as written, with its prerequisites,
    and ``adopted`` those with users of their own;
    ``items`` are the openings that hold, by their place in the plan, ``opened`` and ``written`` the services named and
    the number of openings of each part, whether they hold or not; ``months`` and ``start`` are None where they cannot
    be known.
    """

    def __init__(self, resolved: dict[str, Any]) -> None:
        written = [item for item in _list(resolved, "services", "services") if isinstance(item.get("id"), str)]
        held = (_held(Service, item) or _held(Service, {**item, "adoption": None}) for item in written)
        self.services = {service.id: service for service in held if service is not None}
        self.needs = {
            item["id"]: [name for name in needs if isinstance(name, str)]
            for item in written
            if isinstance(needs := item.get("prerequisites") or [], list)
        }
        self.adopted = {item["id"] for item in written if item.get("adoption") is not None}
        groups = _list(resolved, "services", "groups")
        self.groups = [item["id"] for item in groups if isinstance(item.get("id"), str)]
        self.meant_for = {
            f"services.services[{number}].adoption.group": (str(item.get("id", "")), adoption["group"])
            for number, item in enumerate(_list(resolved, "services", "services"))
            if isinstance(adoption := item.get("adoption"), dict) and isinstance(adoption.get("group"), str)
        }
        self.items: dict[str, InDistrict | Diffusion] = {}
        self.opened: dict[str, set[str]] = {}
        self.written: dict[str, int] = {}
        shapes: dict[str, type[InDistrict] | type[Diffusion]] = {"in_district": InDistrict, "diffusion": Diffusion}
        for part, shape in shapes.items():
            raw = _list(resolved, "plan", part)
            self.opened[part] = {item["service"] for item in raw if isinstance(item.get("service"), str)}
            self.written[part] = len(raw)
            for number, item in enumerate(raw):
                if (opening := _held(shape, item)) is not None:
                    self.items[f"plan.{part}[{number}]"] = opening
        settings = resolved.get("simulation")
        years = {"years": settings["years"]} if isinstance(settings, dict) and "years" in settings else {}
        horizon = _held(Settings, years)
        self.months = None if horizon is None else 12 * horizon.years
        begins = {"start": settings["start"]} if isinstance(settings, dict) and "start" in settings else {}
        first = _held(Settings, begins)
        self.start = None if first is None else first.start


def _list(resolved: dict[str, Any], section: str, key: str) -> list[dict[str, Any]]:
    listed = resolved.get(section)
    items = listed.get(key) if isinstance(listed, dict) else None
    # Whatever is no mapping keeps its place, so that the places named in faults are those of the file.
    return [item if isinstance(item, dict) else {} for item in items] if isinstance(items, list) else []


def _held(shape: type[M], raw: dict[str, Any]) -> M | None:
    try:
        return shape.model_validate(raw)
    except ValidationError:
        return None


def _model(shape: type[M], resolved: dict[str, Any], section: str, file: str, faults: list[Fault]) -> M | None:
    try:
        return shape.model_validate(resolved.get(section))
    except ValidationError as error:
        breaches = [fault_of(file, item, shape) for item in error.errors()]
        faults += [replace(fault, column=f"{section}.{fault.column}".rstrip(".")) for fault in breaches]
        return None


def _group_faults(draft: Draft, file: str) -> Iterator[Fault]:
    """Name every group that the catalogue does not have once; none where it has no group at all, which is one fault."""
    places: dict[str, list[tuple[str, str]]] = {}
    for key, (service, group) in draft.meant_for.items():
        if draft.groups and group not in draft.groups:
            places.setdefault(group, []).append((service, key))
    for group, ((service, key), *others) in places.items():
        also = f" (also of {', '.join(other for other, _ in others)})" if others else ""
        expected = f"one of the catalogue's groups: {', '.join(draft.groups)}"
        remedy = "Correct the id, or add that group to `groups`."
        yield Fault(file, expected, f"{shown(group)}{also}", remedy, row=service, column=key)


def _cycle_faults(draft: Draft, file: str) -> Iterator[Fault]:
    ring = cycle(draft.needs)
    if ring:
        yield Fault(
            file,
            column="services",
            expected="prerequisites without a cycle",
            found=" -> ".join(ring),
            remedy="Take one of these prerequisites out: none of these services could ever open.",
        )


def _name_faults(draft: Draft, file: str) -> Iterator[Fault]:
    """Name every service that the catalogue does not have once, wherever it is asked for."""
    places: dict[str, list[tuple[str, str]]] = {}
    for number, (service, needs) in enumerate(draft.needs.items()):
        for name in needs:
            places.setdefault(name, []).append((service, f"services.services[{number}].prerequisites"))
    for key, item in draft.items.items():
        places.setdefault(item.service, []).append(("", f"{key}.service"))
    for name, ((row, column), *others) in places.items():
        if name not in draft.needs:
            also = f" (also in {', '.join(key for _, key in others)})" if others else ""
            near = difflib.get_close_matches(name, draft.needs, 1)
            remedy = f"Known are: {', '.join(sorted(draft.needs))}."
            remedy = f"Did you mean {near[0]}? {remedy}" if near else remedy
            yield Fault(file, "a service of the catalogue", f"{shown(name)}{also}", remedy, row=row, column=column)


def _lacking_faults(draft: Draft, file: str) -> Iterator[Fault]:
    """Name every prerequisite that a part of the plan leaves out, once for all that need it there."""
    lacking: dict[tuple[str, str], list[tuple[str, str]]] = {}
    anywhere = set().union(*draft.opened.values())
    for key, item in draft.items.items():
        part = key.split(".")[1].split("[")[0]
        for needed in draft.needs.get(item.service, []):
            citywide = needed in draft.services and draft.services[needed].reach.kind == "citywide"
            opened = anywhere if citywide else draft.opened[part]
            # A name that is told as misspelt already may be the one that is lacking.
            unknown = opened - set(draft.needs)
            if needed in draft.needs and needed not in opened and not difflib.get_close_matches(needed, unknown, 1):
                lacking.setdefault((part, needed), []).append((item.service, key))
    for (part, needed), waiting in lacking.items():
        services = ", ".join(dict.fromkeys(service for service, _ in waiting))
        yield Fault(
            file,
            row=services,
            column=waiting[0][1],
            expected=f"the prerequisite {needed} opened in the same part of the plan",
            found=f"no opening of {needed} there",
            remedy=f"Open {needed} in {part} too, or take {services} out.",
        )


def without_users(file: str, services: Iterable[Service]) -> Fault:
    """Say that the plan opens no service that people adopt: there would be nothing to simulate.

    Parameters
    ----------
    file : str
        The file, as the fault names it.
    services : iterable of Service
        Those of the catalogue.

    Returns
    -------
    Fault
        It names those that people adopt.
    """
    adopted = ", ".join(sorted(service.id for service in services if service.adoption is not None))
    return Fault(
        file,
        "at least one opened service that people adopt",
        "only services without users of their own, or none at all",
        f"Open one of {adopted}." if adopted else "Give a service of the catalogue its `adoption`.",
        column="plan",
    )


def _adoption_faults(draft: Draft, file: str) -> Iterator[Fault]:
    opened = set().union(*draft.opened.values())
    # A name that is told as misspelt already may be that of a service with users.
    if opened <= set(draft.needs) and not opened & draft.adopted:
        yield without_users(file, draft.services.values())


def _date_faults(draft: Draft, programme: Programme | None, file: str) -> Iterator[Fault]:
    months = draft.months
    if months is None:
        return
    built = months if programme is None else min(12 * programme.years, months)
    within = "the" if programme is None else "the programme and the"
    for key, item in draft.items.items():
        if isinstance(item, InDistrict):
            if item.month >= built:
                yield Fault(
                    file,
                    row=item.service,
                    column=f"{key}.month",
                    expected=f"a month from 0 to {built - 1} (within {within} {months} months simulated)",
                    found=str(item.month),
                    remedy="Open it earlier, or move it to the diffusion part.",
                )
            continue
        last = item.first_month + (item.rounds - 1) * item.every_months
        if last >= months:
            yield Fault(
                file,
                row=item.service,
                column=key,
                expected=f"openings up to month {months - 1}",
                found=f"the last in month {last}",
                remedy="Start earlier, open in fewer rounds or closer together, or simulate more years.",
            )


def _sum_faults(draft: Draft, file: str) -> Iterator[Fault]:
    """Bound what all openings cost with their running to the end: every sum of won is then exact in 64 bits."""
    cost_krw: dict[str, float] = {}
    for key, item in draft.items.items():
        if (service := draft.services.get(item.service)) is not None:
            turns = 1 if isinstance(item, InDistrict) else min(item.rounds * item.zones, MOST_ZONES)
            years = 1 + service.opex_share_year * (draft.months or 0) / 12
            cost_krw[key] = item.units * turns * service.capex_krw * years
    total_krw = sum(cost_krw.values())
    if total_krw > MOST_KRW:
        dearest = max(cost_krw, key=lambda key: cost_krw[key])
        yield Fault(
            file,
            f"at most {MOST_KRW:,} KRW for all openings with their running cost (20 times Seoul's yearly budget)",
            f"{total_krw:,.0f} KRW, of it {cost_krw[dearest]:,.0f} for {dearest}",
            "Correct units, rounds, zones or the price of a unit.",
            row=draft.items[dearest].service,
            column=dearest,
        )


def _money_faults(draft: Draft, programme: Programme, file: str) -> Iterator[Fault]:
    """The round's ceiling and national share bind the public money (national, province, city) of the in-district part.

    What some openings cost may be unknown for a fault of their own: the others may exceed the ceiling all the same.
    """
    spent: Counter[str] = Counter()
    counted = [item for item in draft.items.values() if isinstance(item, InDistrict) and item.service in draft.services]
    for item in counted:
        spent.update(split_krw(item.units * draft.services[item.service].capex_krw, item.split))
    public = sum(spent[payer] for payer in PUBLIC)
    whole = len(counted) == draft.written["in_district"]
    if public > programme.ceiling_krw:
        yield Fault(
            file,
            column="plan.in_district",
            expected=f"at most {programme.ceiling_krw:,} KRW of public money (round {programme.id})",
            found=f"{'' if whole else 'at least '}{public:,} KRW",
            remedy="Take units or services out, or move them to the diffusion part.",
        )
    # Parts are whole won: less than one won per opening above the share is no breach.
    if whole and spent["national"] > programme.national_share_max * public + len(counted):
        most = stated_percent(programme.national_share_max)
        yield Fault(
            file,
            column="plan.in_district",
            expected=f"a national share of at most {most} of public money",
            found=percent(spent["national"] / public, 1, programme.national_share_max),
            remedy="Let province or city pay more of some openings.",
        )
