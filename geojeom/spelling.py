"""The same word in either form of Unicode is the same word: from a Mac, Hangul comes decomposed into its letters."""

from __future__ import annotations

import errno
import re
import unicodedata
from pathlib import Path

from geojeom.errors import Fault, RegionError

# Characters that nobody sees and that tear a label or turn its direction of writing: controls, marks of direction,
# spaces of no width. Joiners (U+200C, U+200D) belong to the spelling of several scripts, and tabs and line breaks to
# texts of several lines.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), in which equal words are equal.

    Parameters
    ----------
    text : str
        A text in any form of Unicode.

    Returns
    -------
    str
        In form NFC.

    References
    ----------
    Unicode Standard Annex #15, Unicode Normalization Forms.
    """
    return unicodedata.normalize("NFC", text)


def on_disk(path: Path) -> Path:
    """The path as its folders spell it, whichever form they keep; as it is where there is no such file.

    Parameters
    ----------
    path : Path
        The path as somebody wrote it.

    Returns
    -------
    Path
        The path to open.

    Raises
    ------
    RegionError
        Where a folder holds the name in both forms, which nobody can tell apart, and for what can be no path: a name
        longer than file systems take, or one with a null character.
    """
    _refuse_impossible(path)
    spelt = Path(path.anchor)
    for part in path.parts[1:] if path.anchor else path.parts:
        spelt /= part if part.isascii() else _spelt(spelt, part)
    return spelt


def _spelt(folder: Path, name: str) -> str:
    """The one entry of the folder that reads as ``name``."""
    try:
        alike = [entry.name for entry in folder.iterdir() if composed(entry.name) == composed(name)]
    except OSError:
        return name
    if len(alike) > 1:
        remedy = "Rename one of them, or delete it."
        found = f"{len(alike)}, in composed and decomposed letters"
        raise RegionError(Fault(str(folder / composed(name)), "one file of this name", found, remedy))
    return alike[0] if alike else name


def _refuse_impossible(path: Path) -> None:
    try:
        path.stat()
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, ValueError) else error.strerror
        if isinstance(error, ValueError) or error.errno == errno.ENAMETOOLONG:
            found = f"{reason}: {len(str(path)):,} letters"
            raise RegionError(
                Fault(f"{str(path)[:80]}…", "the path of a file", found.lower(), "Write the path of the file.")
            ) from None
