"""The resolved configuration of a region: which files it names, and fingerprints of its parts."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def source_files(resolved: dict[str, Any], *below: str) -> dict[str, str]:
    """Every file that the resolved region reads.

    Parameters
    ----------
    resolved : dict
        The resolved configuration; its key ``region`` is looked at.
    *below : str
        Beginnings of keys of the region file (``sources.counts``) to keep; all are kept without any.

    Returns
    -------
    dict
        Key in the region file (``sources.counts[0]``) -> path. Keys without a path are left out.
    """
    region = resolved["region"]
    named: dict[str, str] = {}

    def walk(node: Any, key: str) -> None:
        if isinstance(node, dict):
            for name, value in node.items():
                if name == "path" and value is not None:
                    named[key] = value
                else:
                    walk(value, f"{key}.{name}" if key else name)
        elif isinstance(node, list):
            for number, value in enumerate(node):
                walk(value, f"{key}[{number}]")

    walk({name: region[name] for name in ("boundary", "sources", "candidates", "plans")}, "")
    return {key: path for key, path in named.items() if not below or key.startswith(below)}


def digest(resolved: dict[str, Any], *sections: str) -> str:
    """Fingerprint of some sections ("profile", "region.sources.dem"): a job re-runs when one it reads has changed.

    Parameters
    ----------
    resolved : dict
        The resolved configuration, as ``region.json`` has it.
    *sections : str
        Dotted keys of it; one that it lacks counts as null.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    chosen = {}
    for section in sections:
        node: Any = resolved
        for step in section.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        chosen[section] = node
    text = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
