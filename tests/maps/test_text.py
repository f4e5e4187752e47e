from __future__ import annotations

import json
import re
from pathlib import Path

from spatial.catalogue import PILLARS

ASSETS = Path(__file__).resolve().parents[2] / "maps" / "assets"
TEXTS = json.loads((ASSETS / "text.json").read_text(encoding="utf-8"))


def scripts() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))


def test_every_text_asked_for_exists_in_both_languages() -> None:
    asked = set(re.findall(r'G\.t\("([^"]+)"', scripts())) | set(
        re.findall(r'\["([a-z]+\.[a-z]+)", [A-Za-z.]+\]', scripts())
    )
    assert len(asked) > 100
    assert asked - set(TEXTS) == set()
    assert all(set(entry) == {"ko", "en"} and all(entry.values()) for entry in TEXTS.values())


def test_texts_built_from_data_cover_what_the_data_can_be() -> None:
    families = {
        "pillar": PILLARS,
        "kind": ("new", "redevelopment", "existing"),
        "method": ("weighted_sum", "topsis"),
        "direction": ("higher", "lower", "ideal"),
        "title": ("compare", "diffusion"),
        "layer": ("population", "elderly", "jobs", "old_buildings", "developable", "slope", "drive"),
        "statistic": ("mean", "0.1", "0.5", "0.9"),
        "money": ("national", "local", "private"),
    }
    for family, members in families.items():
        assert {f"{family}.{member}" for member in members} <= set(TEXTS)


def test_both_languages_fill_the_same_blanks() -> None:
    for key, entry in TEXTS.items():
        blanks = [sorted(re.findall(r"\{(\w+)\}", entry[language])) for language in ("ko", "en")]
        assert blanks[0] == blanks[1], key


def test_no_text_is_left_over() -> None:
    code = scripts()
    families = set(re.findall(r"G\.t\(`([a-z]+)\.", code)) | {"unit", "statistic"}
    quoted = set(re.findall(r'"([^"\s]+)"', code))
    unused = {key for key in TEXTS if key not in quoted and key.split(".")[0] not in families}
    assert unused == set()
