"""Tags of many objects, as the rules of access and speed look at them: each word once, and who has it."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Tagged:
    """Tags of objects (S,) by key, in small letters; a key that no object has is null for all.

    A street that was merged of several (GraphML) bears the values of all of them, ``a|b``.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.size = len(frame)
        self._frame = frame
        self._read: dict[str, tuple[NDArray[np.intp], list[str]]] = {}

    def words(self, key: str) -> list[str]:
        """The values of a key, each once."""
        return self._column(key)[1]

    def has(self, key: str) -> Bools:
        """Whether each object has a key."""
        return self._column(key)[0] >= 0

    def isin(self, key: str, words: Collection[str]) -> Bools:
        """Whether each object has one of the values; of a merged street one part is enough."""
        wanted = set(words)
        among: Bools = self.number(key, lambda value: float(bool(wanted & set(value.split("|"))))) == 1
        return among

    def any_of(self, rules: dict[str, list[str]]) -> Bools:
        """Whether each object has one of the values of any key."""
        holds = np.zeros(self.size, np.bool_)
        for key, words in rules.items():
            holds |= self.isin(key, words)
        return holds

    def number(self, key: str, of: Callable[[str], float | None]) -> Floats:
        """What a function makes of each value, NaN where it makes nothing of it or there is none."""
        at, words = self._column(key)
        if not words:
            return np.full(self.size, np.nan)
        made = [of(word) for word in words]
        table = np.array([*(np.nan if value is None else value for value in made), np.nan])
        return table[at]

    def _column(self, key: str) -> tuple[NDArray[np.intp], list[str]]:
        if key not in self._read:
            if key in self._frame:
                at, words = pd.factorize(self._frame[key].to_numpy(object))
                self._read[key] = at, [str(word).strip().lower() for word in words]
            else:
                self._read[key] = np.full(self.size, -1), []
        return self._read[key]
