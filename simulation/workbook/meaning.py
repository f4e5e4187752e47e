"""What the texts of a workbook mean, whatever their language: names and drafted texts as their Korean says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from geojeom.messages import Blank, codes, parts, terms
from simulation.workbook.layout import PEOPLE, Layout


class Meaning:
    """The meaning of texts, by words that are known in both languages.

    Parameters
    ----------
    layout : Layout
        The words of its lists are known.
    names : iterable of mapping
        Names in both languages (``ko``, ``en``): services, places, who holds a source.
    """

    def __init__(self, layout: Layout, names: Iterable[Mapping[str, str]]) -> None:
        listed = (word.model_dump() for words in layout.choices.values() for word in words.values())
        self._korean: dict[str, str] = {}
        # What is known first stands: a word may have another meaning further on.
        for each in (*listed, PEOPLE, *names):
            self._korean.setdefault(each["en"].casefold(), each["ko"])

    def of(self, value: Any) -> Any:
        """A cell's value, a text as its Korean says it where that is known.

        Parameters
        ----------
        value : text, number or None
            What a cell holds.

        Returns
        -------
        text, number or None
            What is no text stays what it is.
        """
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        if (korean := self._korean.get(text.casefold())) is not None:
            return korean
        for english, said in _drafts():
            if found := english.fullmatch(text):
                return "".join(part if isinstance(part, str) else self._in(part, found[part.name]) for part in said)
        items = text.split(", ")
        return text if len(items) == 1 else ", ".join(self._text(item) for item in items)

    def _in(self, blank: Blank, text: str) -> str:
        """What stands in a blank: a word for a code, or a text like others."""
        return _terms().get(text, text) if blank.format == "term" else self._text(text)


@cache
def _terms() -> dict[str, str]:
    return {word["en"]: word["ko"] for word in terms().values()}


@cache
def _drafts() -> list[tuple[re.Pattern[str], tuple[str | Blank, ...]]]:
    """The English of every text of a first plan as a pattern of its blanks, and its Korean."""
    drafted = [*(code for code in codes() if code.startswith("draft.")), "source.file"]
    return [(re.compile("".join(_pattern(parts(code, "en")))), parts(code, "ko")) for code in drafted]


def _pattern(said: Iterable[str | Blank]) -> Iterator[str]:
    for part in said:
        yield re.escape(part) if isinstance(part, str) else f"(?P<{part.name}>.+)"


def names_in(held: Any) -> Iterator[Mapping[str, str]]:
    """Yield every name in both languages that stands in nested mappings and lists.

    Parameters
    ----------
    held : mapping, list or scalar
        Such as the resolved region.

    Yields
    ------
    mapping
        ``ko`` and ``en``.
    """
    if isinstance(held, Mapping):
        if set(held) == {"ko", "en"}:
            yield held
        for value in held.values():
            yield from names_in(value)
    elif isinstance(held, list):
        for value in held:
            yield from names_in(value)
