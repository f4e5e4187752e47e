"""From the rows of the sheets 지구내 and 지구외 to dated, sited, costed and funded openings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geojeom.messages import Remark
from geojeom.quantities import OpexShare, PriceKrw, Quantity, Units, number, quantity_of
from simulation.plans.catalogue import Service, ServiceCatalogue
from simulation.plans.payers import COLUMNS as PAYER_COLUMNS
from simulation.plans.sites import spread
from simulation.plans.siting import placed
from simulation.workbook.book import Row, Workbook
from simulation.workbook.city import City
from simulation.workbook.services import Names
from simulation.workbook.values import WON, NoValueError

PARTS = ("in_district", "diffusion")
AUTO = ("auto", "자동")
COLUMNS = {
    **dict.fromkeys(("opening_id", "number", "part", "service"), "str"),
    "cell": "int64",
    "zone_id": "object",
    "month": "Int64",
    "works_from": "Int64",
    "closes": "Int64",
    "date": "str",
    **dict.fromkeys(("units", "capex_krw", "opex_krw_year", *PAYER_COLUMNS), "Int64"),
}


class Rows:
    """The rows of the opening sheets of one plan, on its hub, turned into openings; faults go to the book's ledger."""

    def __init__(
        self, book: Workbook, city: City, hub: str | None, *, services: ServiceCatalogue, names: Names
    ) -> None:
        self._book, self._city, self._names = book, city, names
        self._services = {service.id: service for service in services.services}
        nowhere = np.zeros(len(city.cells), bool)
        self._inside: NDArray[np.bool_] = nowhere if hub is None else city.inside[hub]
        self._hub = hub
        self._taken: Counter[tuple[str, str, str]] = Counter()
        # Numbers and services of rows that cannot be read; a number that two rows have is neither's.
        numbers = Counter(row["opening_id"] for part in PARTS for row in book.rows(part))
        self._left_out: list[tuple[str | None, str | None]] = [
            (number_, "") for number_, count in numbers.items() if number_ is not None and count > 1
        ]

    def openings(self) -> pd.DataFrame:
        """All openings (COLUMNS); rows with a fault are left out.

        ``cell`` is a row of the cells, ``number`` the row's own number: one row may open on several cells.
        """
        made = [opening for part in PARTS for row in self._book.rows(part) for opening in self._of_row(part, row)]
        return pd.DataFrame(made, columns=list(COLUMNS)).astype(COLUMNS)

    def unsure(self, item: str) -> bool:
        """Whether what a number or service opens is not known whole, as one of its rows has a fault."""
        if any((part, "opening_id") not in self._book.letters for part in PARTS):
            return True
        of_any = item in self._services and any(service is None for _, service in self._left_out)
        return of_any or any(item in left_out for left_out in self._left_out)

    def _of_row(self, part: str, row: Row) -> Iterator[dict[str, Any]]:
        before = len(self._book.ledger.faults)
        service = self._service(part, row, row["service"])
        zone = self._zone(part, row, row["zone"])
        month = self._month(part, row, row["opens"], "opens", self._city.months - 1)
        closes = self._month(part, row, row["closes"], "closes", None)
        if month is not None and closes is not None and closes <= month:
            self._book.fault(part, row, "closes", Remark("workbook.closes_early", found=row["closes"]))
        money = self._money(part, row)
        places = self._places(part, row, service, zone)
        # Without a hub or a site there is no place, which is told where they are missing.
        whole = service is not None and money is not None and month is not None and row["opening_id"] is not None
        if not whole or not places or any(fault.binding for fault in self._book.ledger.faults[before:]):
            self._left_out.append((row["opening_id"], None if service is None else service.id))
            return
        assert service is not None
        assert money is not None
        parts = [_split(amount, [units for _, units in places]) for amount in money.values()]
        for number_, (cell, units) in enumerate(places):
            name = row["opening_id"] if len(places) == 1 else f"{row['opening_id']}.{number_ + 1}"
            zone_id = self._city.cells["zone_id"].iloc[cell]
            yield {
                "opening_id": name,
                "number": row["opening_id"],
                "part": part,
                "service": service.id,
                "cell": cell,
                "zone_id": None if pd.isna(zone_id) else str(zone_id),
                "month": month,
                "closes": closes,
                "date": row["opens"],
                "units": units,
                **{column: amounts[number_] for column, amounts in zip(money, parts, strict=True)},
            }

    def _service(self, part: str, row: Row, text: str | None) -> Service | None:
        if text is None:
            return None
        known = self._names.id_of(text)
        if known is None and not self._names.unread(text):
            self._book.fault(part, row, "service", Remark("workbook.no_service", found=text))
        return None if known is None else self._services[known]

    def _zone(self, part: str, row: Row, text: str | None) -> str | None:
        if text is None:
            return None
        try:
            return self._city.zone(text)
        except NoValueError as error:
            self._book.fault(part, row, "zone", error.remark)
            return None

    def _month(self, part: str, row: Row, text: str | None, column: str, last: int | None) -> int | None:
        """Months from the start of the simulation; None where there is none."""
        if text is None:
            return None
        start = pd.Period(self._city.settings.start, freq="M")
        month = int((pd.Period(text, freq="M") - start).n)
        if month < 0:
            self._book.fault(part, row, column, Remark("workbook.before_start", found=text, start=str(start)))
            return None
        if last is not None and month > last:
            self._book.fault(part, row, column, Remark("workbook.after_end", found=text, last=str(start + last)))
            return None
        return month

    def _money(self, part: str, row: Row) -> dict[str, int] | None:
        """Cost, running cost and what each payer pays; None where the cost or the units are not known."""
        capex, opex, units = row["capex_krw"], row["opex_krw_year"], row["units"]
        if capex is None or opex is None or units is None:
            return None
        bounds = quantity_of(Units)
        if not bounds.low <= units <= bounds.high:
            remark = Remark("workbook.out_of_range", found=number(units), range=bounds.range, unit=bounds.unit)
            self._book.fault(part, row, "units", remark)
            return None
        self._plausible(part, row, capex, opex, units)
        paid = {column: int(row[column] or 0) for column in PAYER_COLUMNS}
        if sum(paid.values()) != capex:
            remark = Remark("workbook.payers", paid=sum(paid.values()), cost=capex)
            self._book.fault(part, row, "capex_krw", remark)
        return {"capex_krw": capex, "opex_krw_year": opex, **paid}

    def _plausible(self, part: str, row: Row, capex: int, opex: int, units: int) -> None:
        price, share = quantity_of(PriceKrw), quantity_of(OpexShare)
        each = capex / units
        if each and not price.low <= each <= price.high:
            remark = Remark("workbook.price", each=each, low=price.low, high=price.high)
            if units_meant := self._units_meant(each, price):
                remark = Remark("workbook.price.meant", each=each, low=price.low, high=price.high, units=units_meant)
            self._book.fault(part, row, "capex_krw", remark)
        elif capex and opex > share.high * capex:
            self._book.fault(
                part, row, "opex_krw_year", Remark("workbook.opex", opex=opex, cost=capex, most=share.high)
            )

    def _units_meant(self, each: float, price: Quantity) -> list[dict[str, str]]:
        """The units of money in which the price of a unit would be a usual one."""
        words = self._book.layout.choices["money_unit"]
        stated = WON[self._book.overview.get("money_unit", "won")]
        return [
            words[name].model_dump()
            for name, won in WON.items()
            if won != stated and price.low <= each / stated * won <= price.high
        ]

    def _places(self, part: str, row: Row, service: Service | None, zone: str | None) -> list[tuple[int, int]]:
        """Cells and how many units stand on each; none where the site is not known."""
        text, units = row["site"], row["units"]
        if text is None or units is None:
            return []
        if text.strip().casefold() in AUTO:
            return self._auto(part, row, service, zone, units)
        try:
            cell = self._city.site(text)
        except NoValueError as error:
            self._book.fault(part, row, "site", error.remark)
            return []
        own = self._city.cells["zone_id"].iloc[cell]
        if zone is not None and own != zone:
            self._book.fault(
                part, row, "zone", Remark("workbook.other_zone", zone=self._word(zone), own=self._word(own))
            )
        if self._hub is not None and part == "in_district" and not self._inside[cell]:
            self._book.fault(part, row, "site", Remark("workbook.not_inside", found=text, hub=self._hub))
        if self._hub is not None and part == "diffusion" and self._inside[cell]:
            self._book.fault(part, row, "site", Remark("workbook.inside", found=text, hub=self._hub), binding=False)
        return [(cell, units)]

    def _auto(
        self, part: str, row: Row, service: Service | None, zone: str | None, units: int
    ) -> list[tuple[int, int]]:
        """The cells of an area in their common order, going on where earlier units of the service ended."""
        if part == "diffusion" and zone is None:
            if row.blank("zone"):
                self._book.fault(part, row, "zone", Remark("workbook.auto_needs_zone"))
            return []
        if service is None or (part == "in_district" and self._hub is None):
            return []
        ground = self._city.ground
        in_zone = np.ones(len(ground.present), bool)
        if zone is not None:
            in_zone = (ground.zone_id == zone).to_numpy(dtype=bool, na_value=False)
        cells = np.flatnonzero(in_zone & (self._inside if part == "in_district" else ~self._inside))
        if not cells.size:
            self._book.fault(part, row, "zone", Remark("workbook.no_cells", zone=self._word(zone)))
            return []
        before = self._taken[part, zone or "", service.id]
        count = before + units if service.reach.travel_s else 1
        sites = cells[np.array(spread(ground.xy_m[cells], ground.present[cells], count), np.int64)]
        if not service.reach.travel_s:
            return [(int(sites[0]), units)]
        self._taken[part, zone or "", service.id] += units
        return list(placed(sites, before, units))

    def _word(self, zone: object) -> str:
        named = self._city.zones.loc[self._city.zones["zone_id"] == zone, "name"]
        return str(named.iloc[0]) if len(named) else "-"


def of_item(openings: pd.DataFrame, item: str) -> pd.DataFrame:
    """The openings that a number of the sheets, or a service, names.

    Parameters
    ----------
    openings : DataFrame
        One plan's, as the table ``plans`` has them.
    item : str
        A number of the sheets, or a service's id.

    Returns
    -------
    DataFrame
        Those rows; empty where it names none.
    """
    held: pd.DataFrame = openings[(openings["number"] == item) | (openings["service"] == item)]
    return held


def _split(amount: int, units: list[int]) -> list[int]:
    """Won by place, in proportion to its units; what is left over goes one won each to the first."""
    whole = sum(units) or 1
    parts = [amount * each // whole for each in units]
    for number_ in range(amount - sum(parts)):
        parts[number_] += 1
    return parts
