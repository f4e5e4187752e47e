"""The simulation's part of the resolved region, checked whole before anything runs.

Light to import: the pipeline checks a region while it is being read, before any kernel is compiled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from simulation.plans.catalogue import Diffusion, InDistrict, PlanTemplate, Service, ServiceCatalogue, Settings
from simulation.plans.money import split_krw
from simulation.plans.prerequisites import cycle
from spatial.config.catalogue import Programme
from spatial.config.checked_yaml import fault_of
from spatial.errors import Fault, PlanError, raise_if_any

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Scheme:
    """What is simulated: services by id, the plan to lay on each hub, the settings and the round's rules."""

    services: dict[str, Service]
    plan: PlanTemplate
    settings: Settings
    programme: Programme

    @property
    def months(self) -> int:
        """Months simulated."""
        return 12 * self.settings.years

    @property
    def opened(self) -> set[str]:
        """Services the plan opens."""
        return {item.service for part in (self.plan.in_district, self.plan.diffusion) for item in part}


def check(resolved: dict[str, Any], file: str = "region.json") -> list[Fault]:
    """Every fault of the services, the plan and the simulation settings; empty where all hold.

    ``resolved`` is the resolved region (``spatial.config.resolve.resolve``); ``file`` is named in the faults.
    """
    return _named(_parse(resolved, file)[1], resolved)


def read(resolved: dict[str, Any], file: str = "region.json") -> Scheme:
    """The checked scheme; PlanError with every fault found."""
    scheme, faults = _parse(resolved, file)
    raise_if_any(PlanError, _named(faults, resolved))
    assert scheme is not None
    return scheme


def _named(faults: list[Fault], resolved: dict[str, Any]) -> list[Fault]:
    """Name the file the user wrote, where the resolved region says which one a section came from."""
    files = resolved.get("files", {})
    return [replace(fault, file=files.get(re.split(r"[.\[]", fault.column)[0], fault.file)) for fault in faults]


def _parse(resolved: dict[str, Any], file: str) -> tuple[Scheme | None, list[Fault]]:
    faults: list[Fault] = []
    catalogue = _model(ServiceCatalogue, resolved, "services", file, faults)
    plan = _model(PlanTemplate, resolved, "plan", file, faults)
    settings = _model(Settings, resolved, "simulation", file, faults)
    programme = _model(Programme, resolved, "programme", file, faults)
    draft = Draft(resolved)
    faults += [*_prerequisite_faults(draft, file), *_service_faults(draft, file), *_date_faults(draft, programme, file)]
    if catalogue is None or plan is None or settings is None or programme is None:
        return None, faults
    scheme = Scheme({service.id: service for service in catalogue.services}, plan, settings, programme)
    return scheme, [*faults, *_money_faults(scheme, file)]


class Draft:
    """What holds of the services, the plan and the horizon, though other parts of them may not.

    So that one mistyped rate does not hide a prerequisite cycle or a date beyond the horizon. ``services`` are those
    that hold, at most without their adoption; ``needs`` lists every service as written, with its prerequisites;
    ``items`` are the openings that hold, by their place in the plan; ``months`` is None where it cannot be known.
    """

    def __init__(self, resolved: dict[str, Any]) -> None:
        written = [item for item in _list(resolved, "services", "services") if isinstance(item.get("id"), str)]
        held = (_held(Service, item) or _held(Service, {**item, "adoption": None}) for item in written)
        self.services = {service.id: service for service in held if service is not None}
        self.needs = {
            item["id"]: [name for name in item.get("prerequisites") or [] if isinstance(name, str)] for item in written
        }
        self.items: dict[str, InDistrict | Diffusion] = {}
        self.opened: dict[str, set[str]] = {}
        shapes: dict[str, type[InDistrict] | type[Diffusion]] = {"in_district": InDistrict, "diffusion": Diffusion}
        for part, shape in shapes.items():
            raw = _list(resolved, "plan", part)
            self.opened[part] = {item["service"] for item in raw if isinstance(item.get("service"), str)}
            for number, item in enumerate(raw):
                if (opening := _held(shape, item)) is not None:
                    self.items[f"plan.{part}[{number}]"] = opening
        settings = resolved.get("simulation")
        years = {"years": settings["years"]} if isinstance(settings, dict) and "years" in settings else {}
        horizon = _held(Settings, years)
        self.months = None if horizon is None else 12 * horizon.years


def _list(resolved: dict[str, Any], section: str, key: str) -> list[dict[str, Any]]:
    found = resolved.get(section)
    items = found.get(key) if isinstance(found, dict) else None
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
        faults += [fault_of(file, {**item, "loc": (section, *item["loc"])}) for item in error.errors()]
        return None


def _prerequisite_faults(draft: Draft, file: str) -> Iterator[Fault]:
    for number, (name, needs) in enumerate(draft.needs.items()):
        for needed in needs:
            if needed not in draft.needs:
                yield Fault(
                    file,
                    row=name,
                    column=f"services.services[{number}].prerequisites",
                    expected="services of the catalogue",
                    found=repr(needed),
                    remedy="Correct the id, or add that service to the catalogue.",
                )
    ring = cycle(draft.needs)
    if ring:
        yield Fault(
            file,
            column="services",
            expected="prerequisites without a cycle",
            found=" -> ".join(ring),
            remedy="Take one of these prerequisites out: none of these services could ever open.",
        )


def _service_faults(draft: Draft, file: str) -> Iterator[Fault]:
    anywhere = set().union(*draft.opened.values())
    for place, item in draft.items.items():
        if item.service not in draft.needs:
            yield Fault(
                file,
                column=f"{place}.service",
                expected="a service of the catalogue",
                found=repr(item.service),
                remedy=f"Known are: {', '.join(sorted(draft.needs))}.",
            )
            continue
        within = draft.opened[place.split(".")[1].split("[")[0]]
        for needed in draft.needs[item.service]:
            citywide = needed in draft.services and draft.services[needed].reach.kind == "citywide"
            if needed in draft.needs and needed not in within and not (citywide and needed in anywhere):
                yield Fault(
                    file,
                    row=item.service,
                    column=place,
                    expected=f"its prerequisite {needed} opened in the same part of the plan",
                    found=f"no opening of {needed} there",
                    remedy=f"Open {needed} there too, or take {item.service} out.",
                )


def _date_faults(draft: Draft, programme: Programme | None, file: str) -> Iterator[Fault]:
    months = draft.months
    if months is None:
        return
    built = months if programme is None else min(12 * programme.years, months)
    for place, item in draft.items.items():
        if isinstance(item, InDistrict):
            if item.month >= built:
                yield Fault(
                    file,
                    row=item.service,
                    column=f"{place}.month",
                    expected=f"a month from 0 to {built - 1} (within the programme and the {months} months simulated)",
                    found=str(item.month),
                    remedy="Open it earlier, or move it to the diffusion part.",
                )
            continue
        last = item.first_month + (item.rounds - 1) * item.every_months
        if last >= months:
            yield Fault(
                file,
                row=item.service,
                column=place,
                expected=f"openings up to month {months - 1}",
                found=f"the last in month {last}",
                remedy="Start earlier, open in fewer rounds or closer together, or simulate more years.",
            )


def _money_faults(scheme: Scheme, file: str) -> Iterator[Fault]:
    """The round's ceiling and national share bind the public money (national + local) of the in-district part."""
    spent: Counter[str] = Counter()
    for item in scheme.plan.in_district:
        if item.service in scheme.services:
            spent.update(split_krw(item.units * scheme.services[item.service].capex_krw, item.split))
    public = spent["national"] + spent["local"]
    programme = scheme.programme
    if public > programme.ceiling_krw:
        yield Fault(
            file,
            column="plan.in_district",
            expected=f"at most {programme.ceiling_krw:,} KRW of national and local money (round {programme.id})",
            found=f"{public:,} KRW",
            remedy="Take units or services out, or move them to the diffusion part.",
        )
    # Parts are whole won: less than one won per opening above the share is no breach.
    if spent["national"] > programme.national_share_max * public + len(scheme.plan.in_district):
        yield Fault(
            file,
            column="plan.in_district",
            expected=f"a national share of at most {programme.national_share_max:.0%} of national and local money",
            found=f"{spent['national'] / public:.1%}",
            remedy="Raise the local share of some openings.",
        )
