"""Remarks as data: a code and values, said in Korean and English by one catalogue (``data/messages.yaml``).

A text names its values as ``{n:,}``: after the colon stands how the value is said (FORMATS), and after that, for some,
the limit that it must not read as: ``{share:percent {limit}}``. The scripts of the pages fill texts by the same rules
(``maps/web/lib/remarks.js``). A value is a number, a text, a text in both languages (``{"ko": ..., "en": ...}``), a
remark, or a list of these.
"""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

import yaml

from geojeom.catalogues import CATALOGUES
from geojeom.formats import figure, percent, signed, stated, stated_percent, topic, trimmed, written

# Members of a list that are said; of a longer one the rest is an ellipsis.
LISTED = 10
SEPARATOR = " / "
LANGUAGES = ("ko", "en")
Number = Callable[[float, float | None, str], str]


def _money(krw: float, limit: float | None, language: str) -> str:
    # To a million won, as the pages have it (maps/facts).
    power, digits = (8, 2) if language == "ko" else (9, 3)
    return _of_won(trimmed(figure(krw / 10**power, digits, None if limit is None else limit / 10**power)), language)


def _area(m2: float, limit: float | None, _: str) -> str:
    return f"{trimmed(figure(m2 / 1e6, 2, None if limit is None else limit / 1e6))} km²"


def _stated_money(krw: float, _: float | None, language: str) -> str:
    return _of_won(stated(krw / (1e8 if language == "ko" else 1e9)), language)


def _of_won(amount: str, language: str) -> str:
    return f"{amount}억원" if language == "ko" else f"KRW {amount} bn"


# How numbers are said: by so many digits, as they are stated (all digits), as a share, a sum of money (won) or an area
# (square metres). Beside these, ``term`` is the word for a code, ``topic`` a Korean name with its particle, and ``all``
# a list however long.
FORMATS: dict[str, Number] = {
    "": lambda value, _, __: written(value),
    ",": lambda value, _, __: figure(value),
    ",.1f": lambda value, _, __: figure(value, 1),
    ",.2f": lambda value, _, __: figure(value, 2),
    ",.3f": lambda value, _, __: figure(value, 3),
    "g": lambda value, _, __: written(float(f"{value:.6g}")),
    "figure": lambda value, limit, _: figure(value, 2, limit),
    "signed": lambda value, _, __: signed(value, 3),
    "percent": lambda share, limit, _: percent(share, 1, limit),
    "percent0": lambda share, limit, _: percent(share, 0, limit),
    # A digit more where the share is small, as the pages have it (maps/facts).
    "share": lambda share, limit, _: percent(share, 1 if abs(share) >= 0.01 or share == 0 else 2, limit),
    "stated_percent": lambda share, _, __: stated_percent(share),
    "money": _money,
    "stated_money": _stated_money,
    "area": _area,
    "stated_area": lambda m2, _, __: f"{stated(m2 / 1e6)} km²",
}
OF_TEXTS = ("", "term", "topic", "all")


class Blank(NamedTuple):
    """A value in a text: its name, how it is said, and the name of the limit it must not read as (or an empty one)."""

    name: str
    format: str
    limit: str


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
        made = super().__new__(cls, _filled(code, plain, "en", words=False))
        made.code, made.values = code, plain
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self.code, self.values)

    @property
    def ko(self) -> str:
        """The Korean text."""
        return _filled(self.code, self.values, "ko")

    @property
    def en(self) -> str:
        """The English text."""
        return _filled(self.code, self.values, "en")

    def as_data(self) -> dict[str, Any]:
        """The remark for tables and pages: code and values.

        Returns
        -------
        dict
            ``code`` and ``values``; remarks among the values are of the same form.
        """
        return {"code": self.code, "values": _data(self.values)}

    def as_file(self) -> dict[str, Any]:
        """The remark for a JSON file that people read too: code, values, and both texts.

        Returns
        -------
        dict
            ``code``, ``values``, ``ko`` and ``en``.
        """
        return {**self.as_data(), "ko": self.ko, "en": self.en}


def from_data(data: Mapping[str, Any]) -> Remark:
    """The remark of a code and values, whatever texts stand beside them.

    Parameters
    ----------
    data : mapping
        With ``code`` and ``values``, as ``Remark.as_data`` gives them.

    Returns
    -------
    Remark
        The same remark.

    Raises
    ------
    KeyError
        For a code or a value that the catalogue does not know.
    """
    return _remade(data["code"], data["values"])


def text_of(remarks: Iterable[Remark], language: str) -> str:
    """Some remarks as one text of a language.

    Parameters
    ----------
    remarks : iterable of Remark
        In their order.
    language : str
        ``ko`` or ``en``.

    Returns
    -------
    str
        Their texts, with "; " between them.
    """
    return "; ".join(getattr(remark, language) for remark in remarks)


def column_text(remarks: Iterable[Remark]) -> str:
    """Remarks for a file that only people read: "Korean / English", once where both are the same.

    Parameters
    ----------
    remarks : iterable of Remark
        In their order.

    Returns
    -------
    str
        Empty for none.
    """
    held = list(remarks)
    return SEPARATOR.join(dict.fromkeys(text_of(held, language) for language in LANGUAGES))


def column_data(remarks: Iterable[Remark]) -> str | None:
    """Remarks for a column of a table: a JSON list of codes and values; null for none.

    Parameters
    ----------
    remarks : iterable of Remark
        In their order.

    Returns
    -------
    str or None
        JSON text.
    """
    held = [remark.as_data() for remark in remarks]
    return json.dumps(held, ensure_ascii=False) if held else None


def from_column(text: object) -> list[Remark]:
    """The remarks of a cell that ``column_data`` wrote.

    Parameters
    ----------
    text : str or null
        The cell.

    Returns
    -------
    list of Remark
        Empty for a null.
    """
    return [from_data(item) for item in json.loads(text)] if isinstance(text, str) else []


def listed(text: object) -> list[dict[str, Any]]:
    """The remarks of such a cell as a page takes them.

    Parameters
    ----------
    text : str or null
        A cell that ``column_data`` wrote.

    Returns
    -------
    list of dict
        Each with ``code`` and ``values``; empty for a null.
    """
    return json.loads(text) if isinstance(text, str) else []


def catalogue_of(used: Iterable[str]) -> dict[str, Any]:
    """What a page needs to say remarks of some codes: their texts, cut at the blanks, and the words for all codes.

    Parameters
    ----------
    used : iterable of str
        Codes of the catalogue.

    Returns
    -------
    dict
        ``messages``: code -> language -> pieces, each a text or a blank (name, format, limit); ``terms``: code ->
        language -> word.

    Raises
    ------
    KeyError
        For a code that the catalogue does not know.
    """
    texts = {code: {language: list(parts(code, language)) for language in LANGUAGES} for code in used}
    return {"messages": texts, "terms": terms()}


def in_both(text: str) -> dict[str, str]:
    """What a user wrote as "Korean / English", as the two texts; the same text twice where it is in one language.

    Parameters
    ----------
    text : str
        As the user wrote it.

    Returns
    -------
    dict
        The texts ``ko`` and ``en``.
    """
    korean, mark, english = text.partition(SEPARATOR)
    return {"ko": korean, "en": english} if mark and SEPARATOR not in english else {"ko": text, "en": text}


def term(code: str, language: str) -> str:
    """The word for a code; the code itself where there is none.

    Parameters
    ----------
    code : str
        A code, such as a column's name or a kind of facility.
    language : str
        ``ko`` or ``en``.

    Returns
    -------
    str
        The word.
    """
    return terms().get(code, {}).get(language, code)


def codes() -> dict[str, dict[str, str]]:
    """All codes of the catalogue with their texts.

    Returns
    -------
    dict
        Code -> language -> text.
    """
    return cast("dict[str, dict[str, str]]", _read("messages.yaml")["messages"])


@cache
def terms() -> dict[str, dict[str, str]]:
    """All words for codes, in both languages: columns of the tables, kinds of facilities, districts and applicants.

    Returns
    -------
    dict
        Code -> language -> word.
    """
    kinds = {code: entry["label"] for code, entry in _read("osm_kinds.yaml").items()}
    return kinds | cast("dict[str, dict[str, str]]", _read("messages.yaml")["terms"])


@cache
def parts(code: str, language: str) -> tuple[str | Blank, ...]:
    """A text of the catalogue cut at its blanks. Raises KeyError where there is no such code.

    Parameters
    ----------
    code : str
        Of the catalogue.
    language : str
        ``ko`` or ``en``.

    Returns
    -------
    tuple
        Texts and blanks in their order.
    """
    pieces: list[str | Blank] = []
    for text, name, spec, _ in string.Formatter().parse(codes()[code][language]):
        pieces += [text] if text else []
        if name is not None:
            how, _, limit = (spec or "").partition(" ")
            pieces.append(Blank(name, how, limit.strip("{}")))
    return tuple(pieces)


def _filled(code: str, values: Mapping[str, Any], language: str, *, words: bool = True) -> str:
    """The text of a code with its values; without ``words`` codes stay as they are."""
    return "".join(
        part
        if isinstance(part, str)
        else _said(values[part.name], part.format, values[part.limit] if part.limit else None, language, words)
        for part in parts(code, language)
    )


def _said(value: Any, how: str, limit: float | None, language: str, words: bool) -> str:
    if isinstance(value, Remark):
        return _filled(value.code, value.values, language, words=words)
    if isinstance(value, list):
        shown = value if how == "all" else value[:LISTED]
        members = [_said(member, "" if how == "all" else how, limit, language, words) for member in shown]
        return ", ".join([*members, "…"] if len(value) > len(shown) else members)
    if isinstance(value, Mapping):
        value = str(value[language])
    if not isinstance(value, str):
        return FORMATS[how](value, limit, language)
    if how not in OF_TEXTS:
        raise ValueError(f"{value!r} is no number to be said as {how!r}")
    if how == "topic" and language == "ko":
        return value + topic(value)
    return term(value, language) if how == "term" and words else value


def _plain(value: Any) -> Any:
    """A value as plain Python: numbers and texts of NumPy and pandas are none that JSON knows."""
    if isinstance(value, Remark) or value is None:
        return value
    if isinstance(value, Mapping):
        return _remade(value["code"], value["values"]) if "code" in value else dict(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):
        return value.item()
    return value


def _data(value: Any) -> Any:
    if isinstance(value, Remark):
        return value.as_data()
    if isinstance(value, dict):
        return {name: _data(item) for name, item in value.items()}
    return [_data(item) for item in value] if isinstance(value, list) else value


def _remade(code: str, values: Mapping[str, Any]) -> Remark:
    return Remark(code, **values)


@cache
def _read(name: str) -> Any:
    # Our own file, and read by every command: the quick loader.
    text = (CATALOGUES / name).read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
