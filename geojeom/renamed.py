"""Keys and words of settings that were renamed: the old ones are read until the next version, with a warning."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)

# Renamed in 0.3.0; taken out of here with 0.4.0.
LETTERS = {"S": "read", "C": "recomputed", "M": "remembered", "D": "own_choice"}
KEYS = {"mark": "evidence", "fit_mark": "fit_evidence", "public_mark": "public_evidence"}
# Keys whose values stay what they were, by the section they stand in ("" is the top of a file).
IN_SECTION = {"split": {"private": "private_cash"}, "": {"sites_per_year": "sites"}}


def in_new_words(raw: dict[str, Any], file: str) -> dict[str, Any]:
    """The content of a YAML file with its old keys and words under their new names; warns once of each in the file.

    A key stays as it is where its new name stands beside it, or where its value is none that the old key took: the
    check of the model then names what is wrong.

    Parameters
    ----------
    raw : dict
        As the file has it.
    file : str
        The file, as warnings name it.

    Returns
    -------
    dict
        A copy.
    """
    old: set[tuple[str, str]] = set()
    new: dict[str, Any] = _renamed(raw, "", old)
    for before, now in sorted(old):
        message = "%s: `%s` is now `%s`; the old name is read in this version and no longer in the next"
        log.warning(message, file, before, now)
    return new


def _renamed(raw: Any, section: str, old: set[tuple[str, str]]) -> Any:
    if isinstance(raw, list):
        return [_renamed(item, section, old) for item in raw]
    if not isinstance(raw, dict):
        return raw
    here, renamed = IN_SECTION.get(section, {}), {}
    for key, value in raw.items():
        if key in KEYS and KEYS[key] not in raw and isinstance(value, str) and value in LETTERS:
            old.add((f"{key}: {value}", f"{KEYS[key]}: {LETTERS[value]}"))
            renamed[KEYS[key]] = LETTERS[value]
        elif key in here and here[key] not in raw:
            old.add((str(key), here[key]))
            renamed[here[key]] = value
        else:
            renamed[key] = _renamed(value, str(key), old)
    return renamed
