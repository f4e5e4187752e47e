"""Values that Python computes and the scripts of the pages must reach: maps/web/test/values.json and remarks.json.

``python -m tests.maps.web_values`` writes them again; test_web.py says when that is due.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from decisions.ranking import aggregate
from decisions.ranking.compromise import vikor
from decisions.ranking.groups import level_with_first
from decisions.ranking.outranking import promethee
from decisions.ranking.robustness import CONCENTRATION
from decisions.ranking.smaa import dirichlet, ordinal, smaa
from geojeom.formats import percent
from geojeom.messages import FORMATS, LANGUAGES, OF_TEXTS, Blank, Remark, catalogue_of, codes, parts
from geojeom.spreadsheet import FORMULA, harmless
from maps.embed import plain, varints
from maps.facts.text import Shown, fact_text, figure_text
from maps.frames import encode
from maps.robust import RANKING
from maps.texts import page_texts
from tests.maps.decoding import share_of

FILE = Path(__file__).resolve().parents[2] / "maps" / "web" / "test" / "values.json"
REMARKS = FILE.with_name("remarks.json")
Floats = NDArray[np.float64]
# Shares near the ends, halves, and near a limit.
NUMBERS = (0, 0.00049, 0.15, 0.5004, 1, 2.5, 1234.565, 999_999.5, 24_000_000_000)
LIMIT = 0.5
# Numbers that two languages of programming write in ways of their own: very small, halves that are none in binary.
AWKWARD = (-3.456, -0.0004, 0, 5e-7, 1.234e-5, 0.07, 0.125, 0.285, 0.99999, 1.005, 2.675, 12.3456789012, 1e15)
NAMES = ({"ko": "가람", "en": "Garam"}, {"ko": "나루", "en": "Naru"}, {"ko": "3지구", "en": "District 3"})
WORDS: dict[str, list[Any]] = {
    "": ["plain", 2021, NAMES[0], Remark("district", id="A"), ["a"] * 12, [Remark("row", n=n) for n in (1, 2)]],
    "term": ["elderly", ["jobs", "clinic"], "no_such_code", ["city"] * 11],
    "topic": [*NAMES, "BIFC", "A-2 (나)"],
    "all": [["a"] * 12, list(NAMES), []],
}
PERCENTS = [
    *((share, digits, None) for share in (0, 0.0004, 0.0015, 0.0049, 0.005, 0.125, 0.3335) for digits in (0, 1)),
    *((share, digits, None) for share in (0.4321, 0.994, 0.996, 0.9996, 1 - 1e-12, 1, 12.5) for digits in (0, 1)),
    *((share, 0, 0.5) for share in (0.49999, 0.5, 0.5004, 0.62)),
]


def values() -> dict[str, Any]:
    return plain(
        {
            "formula": FORMULA,
            "ranking": RANKING,
            "scores": [_scored(seed) for seed in range(6)],
            "shares": _shares(),
            "level": [_level(seed) for seed in range(20)],
            "varints": _varints(),
            "frames": _frames(),
            "percents": [
                {"share": share, "digits": digits, "unlike": unlike, "text": _percent(share, digits, unlike)}
                for share, digits, unlike in PERCENTS
            ],
            "facts": _facts(),
            "harmless": {text: harmless(text) for text in ("a", "=1", "＝1", "+1", "＠x", "\tx", "-", "가=나")},
        }
    )


def remarks() -> dict[str, Any]:
    """The catalogue, and every remark of it with two choices of values and what it then says; all choices in turn."""
    made = (remark for number, code in enumerate(codes()) for remark in _remarks(code, number))
    said = [{"remark": remark.as_data(), "text": {"ko": remark.ko, "en": remark.en}} for remark in made]
    numbers = [
        [name, value, {language: say(value, None, language) for language in LANGUAGES}]
        for name, say in FORMATS.items()
        for value in AWKWARD
    ]
    return {"catalogue": catalogue_of(codes()), "remarks": said, "numbers": numbers}


def _remarks(code: str, number: int) -> list[Remark]:
    blanks = [blank for language in LANGUAGES for blank in parts(code, language) if isinstance(blank, Blank)]
    limits = {blank.limit for blank in blanks}
    found = []
    for at in (number, number + 4):
        made: dict[str, Any] = dict.fromkeys(limits - {""}, LIMIT)
        for blank in blanks:
            kind = blank.format
            if blank.name in limits:
                continue
            if kind not in OF_TEXTS:
                made[blank.name] = NUMBERS[at % len(NUMBERS)]
            elif blank.name not in made or kind != "":
                made[blank.name] = WORDS[kind][at % len(WORDS[kind])]
        found.append(Remark(code, **made))
    return found if blanks else found[:1]


def _percent(share: float, digits: int, unlike: float | None) -> str:
    text = percent(share, digits, unlike)
    # The pages leave zeros at the end out.
    return re.sub(r"\.?0+%$", "%", text) if "." in text else text


# By unit: numbers and their digits, and whether zeros at the end are said.
FACTS = [
    *(Shown(krw, "KRW", -6) for krw in (0.0, 3e6, 5.76e8, 1.3954e10, 1.27e12, 2.4e10)),
    *(
        Shown(share, "share", digits)
        for share in (0.0, 0.0004, 0.0065, 0.125, 0.0345, 0.994, 1.0)
        for digits in (2, 3, 4)
    ),
    *(Shown(score, "1", 3, True) for score in (0.0, 0.66, 0.679, 1.0)),
    *(Shown(m2, "m2", digits) for m2, digits in ((4_420_000.0, -4), (90_000.0, -4), (2100.0, 0))),
    *(Shown(value, "persons", 0) for value in (0.0, 1.0, 280_364.0)),
    *(Shown(value, unit, 1) for value, unit in ((12.5, "min"), (1.0, "stops/km2"), (3.25, "no such unit"))),
    Shown(45_637.0, "adoptions", 0),
    Shown(1_120_000.0, "KRW/m2", 0),
    Shown(1.0, "yes (1) / no (0)", 2),
    Shown(0.0, "yes (1) / no (0)", 3),
]


def _facts() -> dict[str, Any]:
    said = [
        {"fact": list(fact), **{lang: [figure_text(fact, lang), fact_text(fact, lang)] for lang in LANGUAGES}}
        for fact in FACTS
    ]
    return {
        "said": said,
        "texts": {key: text for key, text in page_texts().items() if key in ("yes", "no") or "unit." in key},
    }


def _matrix(random: np.random.Generator, rows: int, columns: int) -> Floats:
    return np.where(random.random((rows, columns)) < 0.25, np.nan, random.uniform(0.2, 0.8, (rows, columns)))


def _scored(seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    utilities, weights, reference = _matrix(random, 9, 6), random.dirichlet(np.ones(6)), np.arange(9) < 8
    methods: dict[str, aggregate.Method] = {
        "weighted_sum": aggregate.weighted_sum,
        "topsis": lambda u, w: aggregate.topsis(u, w, reference),
        "vikor": lambda u, w: vikor(u, w, reference),
        "promethee": lambda u, w: promethee(u, w, reference),
    }
    found = {}
    for name, method in methods.items():
        score = method(utilities, weights)
        low, high = aggregate.interval(utilities, weights, method, score)
        ends = {"score": score.clip(0, 1), "low": low.clip(0, 1), "high": high.clip(0, 1)}
        found[name] = ends | {"rank": aggregate.ranks(score, reference)}
    return {"utilities": utilities, "weights": weights, "reference": reference, "found": found}


def _shares() -> dict[str, Any]:
    random = np.random.default_rng(3)
    utilities, weights = _matrix(random, 4, 5), np.array([0.4, 0.25, 0.2, 0.15, 0.0])
    low, high = np.nan_to_num(utilities, nan=0.0), np.nan_to_num(utilities, nan=1.0)
    ways = {
        "uniform": dirichlet((weights > 0).astype(float)),
        "profile": dirichlet(CONCENTRATION * weights),
        "ordinal": ordinal(weights),
    }
    # To a thousandth: the kernel's own sums may differ in the last bits from machine to machine.
    found = {name: smaa(low, high, way, 100_000, 3).ranks.round(3) for name, way in ways.items()}
    return {"utilities": utilities, "weights": weights, "found": found}


def _level(seed: int) -> dict[str, Any]:
    random = np.random.default_rng(100 + seed)
    utilities = np.where(random.random((6, 8)) < 0.5, np.nan, random.uniform(0.1, 0.9, (6, 8)))
    weights = random.dirichlet(np.ones(8))
    score = aggregate.weighted_sum(utilities, weights)
    low, high = aggregate.interval(utilities, weights, aggregate.weighted_sum, score)
    rank = aggregate.ranks(score, np.arange(6) < 5)
    known = (~np.isnan(utilities) * weights).sum(axis=1)
    return {
        "utilities": utilities,
        "weights": weights,
        "results": [{"rank": int(r) or None, "low": a, "high": b} for r, a, b in zip(rank, low, high, strict=True)],
        "level": level_with_first(np.asarray(rank, np.int64), low, high, known),
    }


def _varints() -> dict[str, Any]:
    numbers = np.array([0, 1, -1, 63, -64, 64, 300, -12345, 2**31, -(2**40)], np.int64)
    return {"numbers": numbers, "bytes": list(varints(numbers)), "cumulated": np.cumsum([3, -1, 4, -1, 5])}


def _frames() -> dict[str, Any]:
    frames = np.random.default_rng(8).integers(0, 256, (4, 5)).astype(np.uint8)
    return {"frames": frames, "bytes": list(encode(frames)), "shares": share_of(np.array([0, 1, 128, 255], np.uint8))}


if __name__ == "__main__":
    FILE.write_text(json.dumps(values(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    REMARKS.write_text(json.dumps(remarks(), ensure_ascii=False) + "\n", encoding="utf-8")
