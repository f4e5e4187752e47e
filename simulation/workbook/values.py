"""What a cell of a workbook holds, as a value: text, number, won, month, day, share or choice.

A value is read only where one reading of it is possible: a month written ``'26.3월``, or 46082 for a day of Excel's, is
refused with what it seems to mean.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from geojeom.messages import Remark
from geojeom.models import Text
from geojeom.spelling import UNSEEN, composed
from simulation.workbook.layout import Column, Layout, plain

# Won in one of each unit of money.
WON = {"won": 1, "thousand": 10**3, "million": 10**6, "hundred_million": 10**8}
MOST_LETTERS, MOST_DIGITS = 5_000, 40
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# Days since 1899-12-30, as Excel counts them, from 2000 to 2099.
_SERIALS = range(36526, 73051)
_EPOCH = dt.date(1899, 12, 30)
# What a formula shows that could not be worked out.
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


# Between the names of a list. The middle dot is part of Korean names (자가통신망·IoT망).
SEPARATORS = re.compile(r"[,，、;；\n]")


class NoValueError(ValueError):
    """A cell that does not hold what its column does; ``remark`` says what is expected and what to write."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.en)
        self.remark = remark


def value_of(cell: Any, column: Column, layout: Layout, unit: str) -> Any:
    """The value of a filled cell by its column's kind; ``unit`` is the workbook's unit of money.

    Returns str (texts, ids, months ``YYYY-MM``, days ``YYYY-MM-DD``, ids of choices), int (whole numbers, years, won)
    or float. Raises NoValueError.
    """
    if isinstance(cell, str) and cell.strip() in ERRORS:
        raise NoValueError(Remark("workbook.error_value", found=cell.strip()))
    if column.kind == "krw":
        return _won(cell, unit, layout)
    if column.kind == "choice":
        return _choice(cell, layout.choices[column.choices])
    reader: Callable[[Any], Any] = _READERS.get(column.kind, _text)
    return reader(cell)


def _shown(cell: Any) -> str:
    text = cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        text = "TRUE" if cell else "FALSE"
    elif isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    elif isinstance(cell, dt.datetime) and cell.time() == dt.time():
        text = cell.date().isoformat()
    elif isinstance(cell, dt.date | dt.time):
        text = cell.isoformat()
    else:
        text = UNSEEN.sub("", composed(str(cell)).replace("\r\n", "\n")).strip()
    if len(text) > MOST_LETTERS:
        raise NoValueError(Remark("workbook.long_text", n=len(text), most=MOST_LETTERS))
    return text


def _exact(cell: Any) -> Fraction | None:
    """A number as written, exactly; None where the cell holds none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return Fraction(cell)
    if isinstance(cell, float):
        # As a spreadsheet shows it, by 15 digits, and not as binary has it: 1.1 x 3 is 3.3.
        return Fraction(f"{cell:.15g}") if abs(cell) < 1e300 else None
    text = _typed(cell)
    return Fraction(text.replace(",", "")) if len(text) <= MOST_DIGITS and _NUMBER.fullmatch(text) else None


def _typed(cell: Any) -> str:
    """A text that stands for a number, month or day, its full-width letters as plain ones; "" for anything else."""
    return unicodedata.normalize("NFKC", UNSEEN.sub("", cell)).strip() if isinstance(cell, str) else ""


def _number(cell: Any) -> float:
    exact = _exact(cell)
    if exact is None:
        raise NoValueError(Remark("workbook.no_number", found=_shown(cell)))
    return float(exact)


def _whole(cell: Any) -> int:
    exact = _exact(cell)
    if exact is None or exact.denominator != 1 or not 0 <= exact < 10**9:
        raise NoValueError(Remark("workbook.no_whole", found=_shown(cell)))
    return int(exact)


def _year(cell: Any) -> int:
    exact = _exact(cell)
    if exact is None or exact.denominator != 1 or not 2000 <= exact < 2100:
        raise NoValueError(Remark("workbook.no_year", found=_shown(cell)))
    return int(exact)


def _share(cell: Any) -> float:
    text = _typed(cell)
    exact = _exact(text[:-1].strip()) if text.endswith("%") else _exact(cell)
    if exact is not None and text.endswith("%"):
        exact /= 100
    if exact is None or exact < 0 or exact > 2:
        raise NoValueError(Remark("workbook.no_share", found=_shown(cell)))
    return float(exact)


def _won(cell: Any, unit: str, layout: Layout) -> int:
    exact = _exact(cell)
    if exact is None:
        raise NoValueError(Remark("workbook.no_money", found=_shown(cell)))
    won = exact * WON[unit]
    if won < 0:
        raise NoValueError(Remark("workbook.negative_money", found=_shown(cell)))
    if won > 10**15:
        words = layout.choices["money_unit"][unit].model_dump()
        raise NoValueError(Remark("workbook.much_money", found=_shown(cell), unit=words))
    if won.denominator != 1:
        raise NoValueError(Remark("workbook.no_whole_won", found=_shown(cell)))
    return int(won)


def _day(cell: Any) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text := _typed(cell), re.ASCII):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return None
    return None


def _date(cell: Any) -> str:
    day = _day(cell)
    if day is None or not 1990 <= day.year < 2100:
        raise NoValueError(_no_time("date", cell))
    return day.isoformat()


def _month(cell: Any) -> str:
    if re.fullmatch(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])", text := _typed(cell), re.ASCII):
        return text
    day = _day(cell)
    if day is None or not 1990 <= day.year < 2100:
        raise NoValueError(_no_time("month", cell))
    return f"{day:%Y-%m}"


def _no_time(kind: str, cell: Any) -> Remark:
    """Say that a cell holds no month or day, and which one it seems to mean."""
    meant = _meant(cell)
    if meant is None:
        if kind == "month":
            return Remark("workbook.no_month", found=_shown(cell))
        return Remark("workbook.no_date", found=_shown(cell))
    written = f"{meant:%Y-%m}" if kind == "month" else meant.isoformat()
    if kind == "month":
        return Remark("workbook.no_month.meant", found=_shown(cell), meant=written)
    return Remark("workbook.no_date.meant", found=_shown(cell), meant=written)


def _meant(cell: Any) -> dt.date | None:
    """The day, or first day of the month, that a slip seems to mean."""
    exact = _exact(cell)
    if exact is not None and exact.denominator == 1 and int(exact) in _SERIALS:
        return _EPOCH + dt.timedelta(days=int(exact))
    digits = re.findall(r"\d+", _typed(str(cell)), re.ASCII)
    if not 2 <= len(digits) <= 3:
        return None
    year, month, day = (*map(int, digits), 1)[:3]
    year += 2000 if year < 100 else 0
    # 2026.1 may be January, or October as a number shows it.
    if isinstance(cell, float) and month == 1:
        return None
    try:
        return dt.date(year, month, day) if 1990 <= year < 2100 else None
    except ValueError:
        return None


def _choice(cell: Any, words: Mapping[str, Text]) -> str:
    wanted = plain(_text(cell))
    for name, word in words.items():
        if wanted in (plain(name), plain(word.ko), plain(word.en)):
            return name
    remark = Remark("workbook.no_choice", found=_shown(cell), words=[word.model_dump() for word in words.values()])
    raise NoValueError(remark)


def _listed(cell: Any) -> str:
    """Names in a list, apart by commas, semicolons or new lines, as ``a, b``."""
    names = [name.strip() for name in SEPARATORS.split(_text(cell))]
    return ", ".join(dict.fromkeys(name for name in names if name))


_READERS: dict[str, Callable[[Any], Any]] = {
    "whole": _whole,
    "number": _number,
    "share": _share,
    "year": _year,
    "month": _month,
    "date": _date,
    "services": _listed,
    "items": _listed,
}
