"""Look at the files of a folder and write a first region file that names what each seems to be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from geojeom.errors import Fault, RegionError, SourceError
from geojeom.files import atomic
from spatial.config.resolve import kinds
from spatial.drafting import files
from spatial.drafting.draft import draft
from spatial.drafting.text import still_missing, text_of
from spatial.drafting.words import read_words
from spatial.folder import tables

HANGUL = re.compile("[가-힣]")


def run(
    folder: Annotated[Path, typer.Argument(help="Folder that holds the files of a city.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The region file to write; region.yaml in FOLDER.")
    ] = None,
) -> None:
    """Look at the files of a folder and write a first region file that names what each seems to be.

    Every entry is tried with its reader first. Raises SourceError for a folder that is none or holds nothing to read,
    RegionError where the region file exists already.
    """
    region = output or folder / "region.yaml"
    if region.exists():
        raise RegionError(Fault(str(region), "no such file yet", "one", "Name another with -o: none is overwritten."))
    if not folder.is_dir():
        raise SourceError(Fault(str(folder), "a folder with the files of a city", "none", "Check the name."))
    paths = files.sources(folder)
    if not paths:
        remedy = "Put the city's files into it."
        raise SourceError(Fault(str(folder), "files that may be sources", "none", remedy))
    words, facts = read_words(), tables()
    seen = files.look(paths, words)
    findings = files.recognise(seen, words, kinds()[0], set(facts.zoning.zones))
    written = [*(frame for frame, _ in seen.tables.values()), *seen.layers.values()]
    hangul = any(HANGUL.search(frame.drop(columns="geometry", errors="ignore").head().to_csv()) for frame in written)
    made = draft(findings, folder.resolve().name, region.parent, facts, hangul=hangul)
    with atomic(region) as partial:
        partial.write_text(text_of(made, region, facts.speeds.circuity), encoding="utf-8")
    used = sum(len(group) for group in made.used.values())
    typer.echo(f"{region}: {used} entries from {len(paths)} files, {len(made.unused)} not used (reasons in the file)")
    for missing in still_missing(made):
        typer.echo(f"still to be said: {missing}")
    typer.echo(f"next: geojeom spatial check {region}")
