"""Shipped profiles: what their sentences say of weights cannot disagree with the weights."""

import re
from pathlib import Path

import pytest
import yaml

PROFILES = sorted((Path(__file__).parents[2] / "data/profiles").glob("*.yaml"))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_sentence_types_no_weight(path: Path) -> None:
    profile = yaml.safe_load(path.read_text(encoding="utf-8"))
    for text in profile["provenance"].values():
        assert re.findall(r"[0-9.]*[0-9]", text) == []
