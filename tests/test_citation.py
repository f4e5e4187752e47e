"""How to cite says the version that this is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]


def test_the_citation_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)


def test_every_page_of_the_documentation_is_in_its_contents() -> None:
    contents = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]

    def pages(node: object) -> list[str]:
        if isinstance(node, str):
            return [node]
        parts = node.values() if isinstance(node, dict) else node
        assert not isinstance(parts, str)
        return [page for part in parts for page in pages(part)]  # type: ignore[attr-defined]

    docs = ROOT / "docs"
    assert sorted(pages(contents)) == sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
