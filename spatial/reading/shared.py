"""Files that several entries of a region file name are parsed once: what they hold is kept while sources are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Content = TypeVar("Content")


class _Shelf:
    """What is kept of files, by file and the way it was parsed."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._several = {path for path, times in Counter(paths).items() if times > 1}
        self._kept: dict[tuple[Any, ...], Any] = {}

    def get(self, path: str, how: tuple[Any, ...], parse: Callable[[], Content]) -> Content:
        # A file that one entry alone names is not kept: it may be large.
        if path not in self._several:
            return parse()
        if (path, *how) not in self._kept:
            self._kept[path, *how] = parse()
        kept: Content = self._kept[path, *how]
        return kept


_shelf: ContextVar[_Shelf | None] = ContextVar("_shelf", default=None)


@contextmanager
def shared(paths: Iterable[str]) -> Iterator[None]:
    """Keep what is parsed of files until the end of the block.

    Parameters
    ----------
    paths
        The files that will be read, as often as they will be; those that come more than once are kept.
    """
    token = _shelf.set(_Shelf(paths))
    try:
        yield
    finally:
        _shelf.reset(token)


def parsed(path: str, *how: Any, parse: Callable[[], Content]) -> Content:
    """What a file holds, parsed now or kept of another entry that names it.

    Parameters
    ----------
    path
        The file.
    how
        What else the content depends on, such as its encoding.
    parse
        Parses it. Whoever is handed the content must not change it in place; a fault is raised to each.

    Returns
    -------
    Content
        What ``parse`` returned.
    """
    shelf = _shelf.get()
    return parse() if shelf is None else shelf.get(path, how, parse)
