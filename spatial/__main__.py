"""``python -m spatial COMMAND``: the spatial room's door, and its only code that knows paths.

Each command imports what it needs when it runs: starting is quick, and the pipeline can tell which modules a command
uses (spatial.fingerprint) and re-runs it when one of them changes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from spatial.cli import door, enter

app = door("Where: from a city's files to scored candidate districts.")


def settings(folder: Path) -> dict[str, Any]:
    """The resolved configuration of a region's results folder."""
    from spatial.errors import Fault, RegionError

    path = folder / "region.json"
    if not path.is_file():
        raise RegionError(
            Fault(
                str(path), "the resolved region", "no such file", "Run `python -m spatial resolve REGION.yaml` first."
            )
        )
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@app.command()
def resolve(
    region: Annotated[Path, typer.Argument(help="The region file (YAML).")],
    folder: Annotated[Path | None, typer.Option(help="Results folder; results/<region> where left out.")] = None,
) -> None:
    """Check a region file and write it, with every default filled in, to region.json."""
    from spatial import region as regions
    from spatial.errors import RegionError, raise_if_any
    from spatial.tables import atomic

    resolved = regions.resolve(region)
    raise_if_any(RegionError, regions.missing_files(resolved, str(region), set()))
    folder = folder or Path("results") / resolved["region"]["region"]
    with atomic(folder / "region.json") as partial:
        partial.write_text(json.dumps(resolved, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    enter(app)
