"""All plans of a region, the template's and the city's own, with their openings, titles and services."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geojeom.results import stored
from geojeom.tables import read_table
from simulation.plans.catalogue import Service, ServiceCatalogue
from simulation.workbook.together import OF_USE
from spatial.config.own_plans import TEMPLATE
from spatial.config.resolved import stored_region


@dataclass(frozen=True)
class Own:
    """The city's own plans, their titles by id, and all openings by their ``plan_id`` with the template's.

    ``services`` are the region's with those that the plans add, used as they were simulated; ``changed`` are by plan
    those it has otherwise or adds.
    """

    titles: dict[str, str]
    plans: list[dict[str, Any]]
    openings: pd.DataFrame
    services: ServiceCatalogue
    changed: dict[str, dict[str, Service]]


def own_plans(folder: Path) -> Own:
    """What plan.parquet, plans.parquet and plans.json say of what opens."""
    held = stored(folder, "plans.json")
    template, own = read_table(folder / "plan.parquet", "plan"), read_table(folder / "plans.parquet", "plans")
    template, told = template.assign(plan_id=TEMPLATE), template.attrs
    openings = pd.concat([template, own], ignore_index=True) if len(own) else template
    # What the table says of the template, whatever stands beside it.
    openings.attrs = told
    titles = {plan["id"]: plan["overview"]["title"] for plan in held["plans"]}
    # Who uses a service is as it was simulated; its price and names are the region's, whatever the first plan has.
    region = {service["id"]: service for service in stored_region(folder).services["services"]}
    services = [
        region.get(service["id"], service) | {name: service[name] for name in OF_USE if name in service}
        for service in held["services"]["services"]
    ]
    catalogue = ServiceCatalogue.model_validate(held["services"] | {"services": services})
    changed = {
        plan["id"]: {each["id"]: Service.model_validate(each) for each in plan["services"]} for plan in held["plans"]
    }
    return Own(titles, held["plans"], openings, catalogue, changed)
