"""Faults of a workbook, each by its sheet and cell, in the language of who reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from geojeom.errors import Fault, PlanError
from geojeom.messages import Remark


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault of one cell (``at`` is ``D14``) or, where ``at`` is empty, of a whole sheet or workbook.

    ``binding`` False: a plan with it can be simulated all the same, and is.
    """

    sheet: str = ""
    at: str = ""
    remark: Remark | None = None
    binding: bool = True
    language: str = "en"

    @property
    def place(self) -> str:
        """Sheet and cell, as a spreadsheet program writes them."""
        return f"{self.sheet}!{self.at}" if self.at else self.sheet

    def __str__(self) -> str:
        said = getattr(self.remark, self.language)
        return f"{self.file}, {self.place}: {said}" if self.place else f"{self.file}: {said}"


class WorkbookError(PlanError):
    """A plan workbook that cannot be read or does not hold."""

    title = "the plan workbook does not hold"


@dataclass
class Ledger:
    """Faults as they are met; ``file`` is the workbook as its user named it."""

    file: str
    language: str = "en"
    faults: list[CellFault] = field(default_factory=list)
    _met: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, sheet: str, at: str, remark: Remark, *, binding: bool = True) -> None:
        """Note a fault of a cell, once.

        Parameters
        ----------
        sheet : str
            The sheet's name in the file; empty for the workbook.
        at : str
            The cell (``D14``); empty for the sheet.
        remark : Remark
            What is wrong, and what to write.
        binding : bool
            Whether the plan cannot be simulated with it.
        """
        if (key := (sheet, at, remark.en)) not in self._met:
            self._met.add(key)
            self.faults.append(
                CellFault(self.file, remark.en, "", "", at, sheet, sheet, at, remark, binding, self.language)
            )

    @property
    def binding(self) -> list[CellFault]:
        """The faults for which the plan cannot be simulated."""
        return [fault for fault in self.faults if fault.binding]

    def raise_if_any(self) -> None:
        """Raise all binding faults, or return when there are none.

        Raises
        ------
        WorkbookError
            With the faults by sheet, row and column.
        """
        if self.binding:
            raise WorkbookError(in_order(self.binding))


def language_faults(language: str | None) -> list[Fault]:
    """Why nothing can be said in a language that somebody names; None leaves the choice to the workbook.

    Parameters
    ----------
    language : str or None
        As somebody named it.

    Returns
    -------
    list of Fault
        Empty where it can be.
    """
    if language in (None, "ko", "en"):
        return []
    return [Fault("--lang", "ko or en", repr(language), "Write one of them.")]


def in_order(faults: Iterable[CellFault]) -> list[CellFault]:
    """Faults by sheet as they were met, then by row and column.

    Parameters
    ----------
    faults : iterable of CellFault
        As they were met.

    Returns
    -------
    list of CellFault
        The same ones.
    """
    held = list(faults)
    sheets = list(dict.fromkeys(fault.sheet for fault in held))

    def place(fault: CellFault) -> tuple[int, int, int, str]:
        letters = fault.at.rstrip("0123456789")
        row = fault.at[len(letters) :]
        return sheets.index(fault.sheet), int(row) if row else 0, len(letters), letters

    return sorted(held, key=place)
