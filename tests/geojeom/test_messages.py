"""Remarks: every code has both texts, every text says the values that its code carries, in words of its language."""

from __future__ import annotations

import ast
import json
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from geojeom.messages import Remark, codes, column_data, column_text, from_column, from_data, in_both, term, terms
from geojeom.schemas import KINDS
from spatial.config.catalogue import Applicant

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("geojeom", "spatial", "simulation", "decisions", "maps")
# Methods of ledgers and accounts that take a code, and its place among their arguments.
TAKES = {"note": 0, "drop": 0, "repair": 0, "warn": 0, "lack": 1, "estimate": 1, "lost": 3}


def fields(text: str) -> set[str]:
    found: set[str] = set()
    for _, name, spec, _ in string.Formatter().parse(text):
        if name is not None:
            found |= {name} | fields(spec or "")
    return found


def code_of(call: ast.Call) -> str:
    """The code that a call writes out; empty where it writes none."""
    function = call.func
    if isinstance(function, ast.Name):
        at = 0 if function.id == "Remark" else None
    elif isinstance(function, ast.Attribute) and "log" not in ast.unparse(function.value):
        at = TAKES.get(function.attr)
        if function.attr == "lack" and len(call.args) == 1 and isinstance(call.args[0], ast.Constant):
            return f"lack.{call.args[0].value}"
    else:
        at = None
    written = at is not None and len(call.args) > at and isinstance(call.args[at], ast.Constant)
    return str(call.args[at].value) if written else ""


def remarked() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a code is written in the modules, the code, and the names of its values (None: not written there)."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (code := code_of(node)):
                    spread = any(keyword.arg is None for keyword in node.keywords)
                    names = None if spread else {str(keyword.arg) for keyword in node.keywords}
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", code, names


REMARKED = list(remarked())


def test_every_code_has_both_texts_with_the_same_values() -> None:
    for code, texts in codes().items():
        assert set(texts) == {"ko", "en"}, code
        assert all(texts.values()), code
        assert fields(texts["ko"]) == fields(texts["en"]), code


def test_every_remark_of_the_modules_has_a_text_that_says_its_values() -> None:
    assert len(REMARKED) > 120
    for where, code, names in REMARKED:
        assert code in codes(), (where, code)
        if names is not None:
            assert fields(codes()[code]["en"]) == names, (where, code)


def test_no_text_is_left_over() -> None:
    modules = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    families = set(re.findall(r'f"([a-z_.]+)\.\{', modules))
    used = {code for _, code, _ in REMARKED} | {code for code in codes() if code.rpartition(".")[0] in families}
    # What a lack is called stands where it is told: by the key of its column or layer.
    used |= {code for code in codes() if code.startswith("lack.") and f'"{code[5:]}"' in modules}
    used |= {code for code in codes() if f'"{code}"' in modules}
    assert set(codes()) - used == set()


def test_no_korean_particle_follows_a_value() -> None:
    """Which one is right would depend on the value's last letter."""
    particle = re.compile(r"\}(은|는|이|가|을|를|과|와|로|으로|이라고?|라고|\((이|은|을|으|와|가)\))(?=[\s,.;:)]|$)")
    assert [code for code, texts in codes().items() if particle.search(texts["ko"])] == []


def test_a_remark_is_its_english_text_with_codes_and_has_words_in_both_languages() -> None:
    remark = Remark("people", column="elderly", laid=np.int64(1234), kept=1000, beyond=234)
    assert remark == "elderly: 1,234 in the units read, 1,000 inside the region, 234 beyond its border"
    assert remark.en.startswith("people 65 and over: 1,234 in")
    assert remark.ko == "65세 이상 인구: 자료 전체 1,234, 지역 안 1,000, 지역 밖 234"


def test_values_may_be_remarks_names_in_both_languages_and_lists() -> None:
    kinds = [Remark("facilities.kind", kind="clinic", n=3), Remark("facilities.kind", kind="pharmacy", n=1)]
    assert Remark("facilities", kinds=kinds).ko == "시설 수: 의원 3, 약국 1"
    assert Remark("strange", places=[str(n) for n in range(12)]).endswith("8, 9, …")
    names = [{"ko": "가", "en": "a"}, {"ko": "나", "en": "b"}]
    assert "between a, b the most" in Remark("ahp.contradiction", ratio=0.2, most=0.1, criteria=names)


def test_a_share_never_reads_as_the_limit_it_breaks() -> None:
    told = Remark("lost", column="jobs", lost=1, share=0.00504, limit=0.005, why=Remark("lost.nowhere"))
    assert told.startswith("jobs: 1 (0.504%)")


def by_json(remark: Remark) -> Remark:
    return from_data(json.loads(json.dumps(remark.as_data())))


def by_process(remark: Remark) -> Remark:
    back: Remark = pickle.loads(pickle.dumps(remark))
    return back


@pytest.mark.parametrize("way", [by_json, by_process])
def test_a_remark_comes_back_from_json_and_from_other_processes(way) -> None:
    why = Remark("lost.strange", n=3)
    told = Remark("lost", column="jobs", lost=7, share=0.25, limit=0.005, why=why)
    back = way(told)
    assert (back.code, back.values, back, back.ko) == (told.code, told.values, told, told.ko)


def test_the_columns_of_a_table_hold_a_text_and_the_data() -> None:
    remarks = [Remark("row", n=1), Remark("district", id="A")]
    assert column_text(remarks) == "1행; 지구 A / row 1; district A"
    assert from_column(column_data(remarks)) == remarks
    assert (column_text([]), column_data([]), from_column(None)) == ("", None, [])


def test_an_unknown_code_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Remark("nothing.like.it")
    with pytest.raises(KeyError):
        Remark("row")


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("통계청 / Statistics Korea", ("통계청", "Statistics Korea")),
        ("© OpenStreetMap contributors", ("© OpenStreetMap contributors",) * 2),
        ("a / b / c", ("a / b / c",) * 2),
    ],
)
def test_a_text_of_a_user_in_one_language_or_two(text: str, both: tuple[str, str]) -> None:
    assert tuple(in_both(text).values()) == both


def test_applicants_and_kinds_have_words() -> None:
    assert [code for code in (*get_args(Applicant), *KINDS) if code not in terms()] == []


def test_a_code_without_a_word_is_itself() -> None:
    assert (term("jobs", "ko"), term("clinic", "en"), term("x_y", "ko")) == ("종사자", "Clinic", "x_y")


def test_what_a_region_may_lack_has_a_word() -> None:
    """The page lists what is missing by its key, ``lack.KEY``: without a word it would show the key."""
    lacking = [code.removeprefix("lack.") for code in codes() if code.startswith("lack.")]
    assert len(lacking) > 10
    assert [key for key in lacking if key not in terms()] == []
