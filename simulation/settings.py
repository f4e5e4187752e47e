"""The simulation's part of the resolved region, checked whole before anything runs.

Light to import: the pipeline checks a region while it is being read, before any kernel is compiled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from simulation.catalogue import PlanTemplate, Service, ServiceCatalogue, Settings
from simulation.money import split_krw
from simulation.prerequisites import cycle
from spatial.catalogue import Programme
from spatial.checked_yaml import fault_of
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


def check(resolved: dict[str, Any], file: str = "region.json") -> list[Fault]:
    """Every fault of the services, the plan and the simulation settings; empty where all hold.

    ``resolved`` is the resolved region (``spatial.resolve.resolve``); ``file`` is named in the faults.
    """
    return _parse(resolved, file)[1]


def read(resolved: dict[str, Any], file: str = "region.json") -> Scheme:
    """The checked scheme; PlanError with every fault found."""
    scheme, faults = _parse(resolved, file)
    raise_if_any(PlanError, faults)
    assert scheme is not None
    return scheme


def _parse(resolved: dict[str, Any], file: str) -> tuple[Scheme | None, list[Fault]]:
    faults: list[Fault] = []
    catalogue = _model(ServiceCatalogue, resolved, "services", file, faults)
    plan = _model(PlanTemplate, resolved, "plan", file, faults)
    settings = _model(Settings, resolved, "simulation", file, faults)
    programme = _model(Programme, resolved, "programme", file, faults)
    if catalogue is not None:
        faults += _prerequisite_faults(catalogue, file)
    if catalogue is None or plan is None or settings is None or programme is None:
        return None, faults
    scheme = Scheme({service.id: service for service in catalogue.services}, plan, settings, programme)
    faults += [*_service_faults(scheme, file), *_date_faults(scheme, file), *_money_faults(scheme, file)]
    return scheme, faults


def _model(shape: type[M], resolved: dict[str, Any], section: str, file: str, faults: list[Fault]) -> M | None:
    try:
        return shape.model_validate(resolved.get(section))
    except ValidationError as error:
        faults += [fault_of(file, {**item, "loc": (section, *item["loc"])}) for item in error.errors()]
        return None


def _prerequisite_faults(catalogue: ServiceCatalogue, file: str) -> Iterator[Fault]:
    known = {service.id for service in catalogue.services}
    for number, service in enumerate(catalogue.services):
        for needed in service.prerequisites:
            if needed not in known:
                yield Fault(
                    file,
                    row=service.id,
                    column=f"services.services[{number}].prerequisites",
                    expected="services of the catalogue",
                    found=repr(needed),
                    remedy="Correct the id, or add that service to the catalogue.",
                )
    ring = cycle({service.id: service.prerequisites for service in catalogue.services})
    if ring:
        yield Fault(
            file,
            column="services",
            expected="prerequisites without a cycle",
            found=" -> ".join(ring),
            remedy="Take one of these prerequisites out: none of these services could ever open.",
        )


def _service_faults(scheme: Scheme, file: str) -> Iterator[Fault]:
    inside = {item.service for item in scheme.plan.in_district}
    outside = {item.service for item in scheme.plan.diffusion}
    for place, item in _items(scheme.plan):
        service = scheme.services.get(item.service)
        if service is None:
            yield Fault(
                file,
                column=f"{place}.service",
                expected="a service of the catalogue",
                found=repr(item.service),
                remedy=f"Known are: {', '.join(sorted(scheme.services))}.",
            )
            continue
        within = inside if place.startswith("plan.in_district") else outside
        for needed in service.prerequisites:
            citywide = needed in scheme.services and scheme.services[needed].reach.kind == "citywide"
            if needed not in within and not (citywide and needed in inside | outside):
                yield Fault(
                    file,
                    row=item.service,
                    column=place,
                    expected=f"its prerequisite {needed} opened in the same part of the plan",
                    found=f"no opening of {needed} there",
                    remedy=f"Open {needed} there too, or take {item.service} out.",
                )


def _date_faults(scheme: Scheme, file: str) -> Iterator[Fault]:
    built = min(12 * scheme.programme.years, scheme.months)
    for number, item in enumerate(scheme.plan.in_district):
        if item.month >= built:
            yield Fault(
                file,
                row=item.service,
                column=f"plan.in_district[{number}].month",
                expected=f"a month from 0 to {built - 1} (within the programme's {scheme.programme.years} years "
                f"and the {scheme.settings.years} simulated)",
                found=str(item.month),
                remedy="Open it earlier, or move it to the diffusion part.",
            )
    for number, roll_out in enumerate(scheme.plan.diffusion):
        last = roll_out.first_month + (roll_out.rounds - 1) * roll_out.every_months
        if last >= scheme.months:
            yield Fault(
                file,
                row=roll_out.service,
                column=f"plan.diffusion[{number}]",
                expected=f"openings up to month {scheme.months - 1}",
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


def _items(plan: PlanTemplate) -> Iterator[tuple[str, Any]]:
    for number, item in enumerate(plan.in_district):
        yield f"plan.in_district[{number}]", item
    for number, roll_out in enumerate(plan.diffusion):
        yield f"plan.diffusion[{number}]", roll_out
