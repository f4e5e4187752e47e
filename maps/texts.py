"""The pages' own texts, in Korean and English."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"


@cache
def page_texts() -> dict[str, dict[str, str]]:
    """Every text of the pages by its key."""
    return {
        key: text
        for path in sorted(ASSETS.glob("text*.json"))
        for key, text in json.loads(path.read_text("utf-8")).items()
    }


def page_text(code: str, language: str) -> str:
    """A text of the pages; empty where there is none of that code."""
    return page_texts().get(code, {}).get(language, "")
