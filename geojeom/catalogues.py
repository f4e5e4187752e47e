"""Where the shipped tables of facts are: the folder ``data`` of a checkout, ``geojeom/data`` where it is installed."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
CATALOGUES = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent / "data"
