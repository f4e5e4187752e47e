"""Remarks as data: a code and values, said in Korean and English by one catalogue (``data/messages.yaml``).

Texts of the catalogue have Python's format fields, ``{n:,}``. Of our own are three formats: ``{column:term}`` is the
word for a code (a column of the cells, a kind of facility or district), ``{share:percent}`` a share of 1 as per cent,
``{ratio:figure}`` a number with two digits; ``{share:percent {limit}}`` rounds so that it does not read as its limit.
A value is a number, a text, a text in both languages (``{"ko": ..., "en": ...}``), a remark, or a list of these.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

import yaml

from geojeom.catalogues import CATALOGUES
from geojeom.formats import figure, percent

# Members of a list that are said; of a longer one the rest is an ellipsis.
LISTED = 10
SEPARATOR = " / "
ROUNDED = {"percent": (percent, 1), "figure": (figure, 2)}


class Remark(str):
    """A remark: its ``code``, its ``values``, and as a text what it says in English, codes in it as they are.

    ``ko`` and ``en`` are for people: there codes have become words. Raises KeyError for a code or a value that the
    catalogue does not know.
    """

    code: str
    values: dict[str, Any]
    __slots__ = ("code", "values")

    def __new__(cls, code: str, /, **values: Any) -> Remark:
        """Make a remark of a code of the catalogue and the values that its texts name."""
        plain = {name: _plain(value) for name, value in values.items()}
        made = super().__new__(cls, _Words("en", codes=True).vformat(_catalogue()[code]["en"], (), plain))
        made.code, made.values = code, plain
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self.code, self.values)

    @property
    def ko(self) -> str:
        """The Korean text."""
        return _Words("ko").vformat(_catalogue()[self.code]["ko"], (), self.values)

    @property
    def en(self) -> str:
        """The English text."""
        return _Words("en").vformat(_catalogue()[self.code]["en"], (), self.values)

    def as_text(self) -> dict[str, str]:
        """Both texts, as pages take them."""
        return {"ko": self.ko, "en": self.en}

    def as_data(self) -> dict[str, Any]:
        """The remark for JSON: code, values, and both texts for who reads the file."""
        return {"code": self.code, "values": _data(self.values), **self.as_text()}


def from_data(data: Mapping[str, Any]) -> Remark:
    """The remark that ``as_data`` made, whatever texts it carries."""
    return _remade(data["code"], data["values"])


def column_text(remarks: Iterable[Remark]) -> str | None:
    """Remarks for a column that people read: "Korean / English", all of one language first; null where none is."""
    said = list(remarks)
    return SEPARATOR.join("; ".join(getattr(one, name) for one in said) for name in ("ko", "en")) if said else None


def column_data(remarks: Iterable[Remark]) -> str | None:
    """Remarks for the column beside it that programs read: a JSON list of codes and values; null for none."""
    said = [{"code": one.code, "values": _data(one.values)} for one in remarks]
    return json.dumps(said, ensure_ascii=False) if said else None


def from_column(text: object) -> list[Remark]:
    """The remarks of a cell that ``column_data`` wrote."""
    return [from_data(one) for one in json.loads(text)] if isinstance(text, str) else []


def in_both(text: str) -> dict[str, str]:
    """What a user wrote as "Korean / English", as the two texts; the same text twice where it is in one language."""
    korean, mark, english = text.partition(SEPARATOR)
    return {"ko": korean, "en": english} if mark and SEPARATOR not in english else {"ko": text, "en": text}


def term(code: str, language: str) -> str:
    """The word for a code; the code itself where there is none."""
    return _terms().get(code, {}).get(language, code)


def codes() -> dict[str, dict[str, str]]:
    """All codes of the catalogue with their texts."""
    return _catalogue()


class _Words(string.Formatter):
    """Fills texts in one language; ``codes`` leaves codes as they are."""

    def __init__(self, language: str, *, codes: bool = False) -> None:
        super().__init__()
        self._language, self._codes = language, codes

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value as it is said."""
        if isinstance(value, Mapping):
            return str(value[self._language])
        if isinstance(value, Remark):
            return str(value) if self._codes else cast("str", getattr(value, self._language))
        if isinstance(value, list):
            said = [self.format_field(one, format_spec) for one in value[:LISTED]]
            return ", ".join([*said, "…"] if len(value) > LISTED else said)
        if format_spec == "term":
            return str(value) if self._codes else term(str(value), self._language)
        name, _, limit = format_spec.partition(" ")
        if name in ROUNDED:
            function, digits = ROUNDED[name]
            return function(value, digits, float(limit) if limit else None)
        return cast("str", super().format_field(value, format_spec))


def _plain(value: Any) -> Any:
    """A value as plain Python: numbers and texts of NumPy and pandas are none that JSON knows."""
    if isinstance(value, Remark) or value is None:
        return value
    if isinstance(value, Mapping):
        return _remade(value["code"], value["values"]) if "code" in value else dict(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    if hasattr(value, "item"):
        return value.item()
    return value


def _data(value: Any) -> Any:
    if isinstance(value, Remark):
        return {"code": value.code, "values": _data(value.values)}
    if isinstance(value, dict):
        return {name: _data(one) for name, one in value.items()}
    return [_data(one) for one in value] if isinstance(value, list) else value


def _remade(code: str, values: Mapping[str, Any]) -> Remark:
    return Remark(code, **values)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return cast("dict[str, dict[str, str]]", _read("messages.yaml")["messages"])


@cache
def _terms() -> dict[str, dict[str, str]]:
    kinds = {code: entry["label"] for code, entry in _read("osm_kinds.yaml").items()}
    return kinds | cast("dict[str, dict[str, str]]", _read("messages.yaml")["terms"])


@cache
def _read(name: str) -> Any:
    # Our own file, and read by every command: the quick loader.
    text = (CATALOGUES / name).read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
