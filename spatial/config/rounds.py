"""The rounds that are shipped (``data/programme``), by the ids that a region file, a plan or an option names."""

from __future__ import annotations

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from spatial.config.catalogue import Programme

FOLDER = CATALOGUES / "programme"


def shipped() -> list[str]:
    """The ids of all of them.

    Returns
    -------
    list of str
        In alphabetical order.
    """
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def round_of(name: str) -> Programme:
    """A round by its id.

    Parameters
    ----------
    name : str
        One of ``shipped``.

    Returns
    -------
    Programme
        Its rules.

    Raises
    ------
    RegionError
        Where there is no such round.
    """
    return read_catalogue(FOLDER / f"{name}.yaml", Programme)
