"""Check the certificate of a plan: what the plan is worth, and what no other is worth more than."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from decisions.rollout.checker import check


def run(
    file: Annotated[Path, typer.Argument(help="The certificate (.npz).")],
    every: Annotated[bool, typer.Option("--all", help="Look at every table entry, not at some of them.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="Choose the same table entries as an earlier check.")] = None,
) -> None:
    """Check the certificate of a plan: what the plan is worth, and what no other is worth more than.

    All is made anew from the file, by other code than the search's. Ends with 1 where a check fails.
    """
    # Nobody may know beforehand which entries are looked at.
    chosen = int(np.random.default_rng().integers(2**31)) if seed is None else seed
    checks = check(file, seed=chosen, every=every)
    for each in checks:
        said = each.found if each.holds else f"found {each.found}; expected {each.expected}"
        typer.echo(f"{'holds' if each.holds else 'FAILS'}  {each.name}: {said}")
    failed = sum(not each.holds for each in checks)
    if not every:
        typer.echo(f"table entries were chosen by --seed {chosen}; --all looks at every one")
    if failed:
        typer.echo(f"{failed} of {len(checks)} checks fail: the certificate proves nothing")
        raise typer.Exit(1)
