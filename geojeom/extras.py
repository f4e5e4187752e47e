"""Libraries that a run of a region does not need, and that are installed for the commands that use them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from geojeom.errors import Fault, LibraryError


def library(module: str, extra: str) -> Any:
    """Import a module of a library that belongs to an extra of pyproject.toml.

    Parameters
    ----------
    module : str
        Its dotted name.
    extra : str
        The extra.

    Returns
    -------
    module
        The imported module.

    Raises
    ------
    LibraryError
        Where the library is not installed; it says how to install it.
    ModuleNotFoundError
        Where the library is, and one that it needs is not.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        name = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != name:
            raise
        remedy = f"Install it: `make full` in a checkout, else pip install 'geojeom[{extra}]'."
        raise LibraryError(Fault(name, "the library that this command computes with", "none", remedy)) from None
