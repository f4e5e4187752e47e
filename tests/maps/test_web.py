"""The scripts of the pages beside Python: values they are held to, and what is bundled."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.maps.web_values import FILE, REMARKS, remarks, values

MAPS = Path(__file__).resolve().parents[2] / "maps"
WEB = MAPS / "web"
PAGES = ("compare", "diffusion", "report")
FILES = [
    path for folder in ("lib", "rank", "book", "map", "ui", *PAGES) for path in sorted((WEB / folder).glob("*.js"))
]


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == pytest.approx(other, abs=2e-3 if isinstance(one, float) else 0) if one is not None else other is None


@pytest.mark.slow
def test_the_values_for_the_scripts_are_those_of_today() -> None:
    assert alike(json.loads(FILE.read_text(encoding="utf-8")), json.loads(json.dumps(values())))
    assert json.loads(REMARKS.read_text(encoding="utf-8")) == json.loads(json.dumps(remarks()))


# What a script may do to the texts that it shows is here, and nothing else: no remark is taken apart.
EXPRESSIONS = {
    "lib/csv.js": ['/[",\\r\\n]/'],  # what a spreadsheet needs quoted
    "lib/dom.js": [
        "/[\\u2066-\\u2068]/g",
        "/\\u2069/g",
        "/^\\u2068([^\\u2066-\\u2069]*)\\u2069$/",
        "/[\\u2066-\\u2069]/g",
    ],
    "lib/isolated.js": ["/[\\u0590-\\u08ff", "/[\\u2066-\\u2069]/g"],  # marks that turn text round
    "lib/texts.js": ["/\\{(\\w+)\\}/g"],  # blanks of the page's own texts
    "lib/format.js": ["/^\\d/", "/^[가-힣]/"],  # units
    "lib/remarks.js": ["/\\.?0+$/"],  # zeros at the end of a number
    "ui/sources.js": ["/^(\\w+)(?:\\[(\\d+)\\])?/"],  # keys of sources
    "diffusion/store.js": ["/[\\u1100-\\uffff]/"],  # width of letters
    "map/svg.js": ["/-?[\\d.]+/g", "/[\\u1100-\\uffff]/"],  # paths; width of letters
}


def test_no_script_takes_a_remark_apart() -> None:
    for path in FILES:
        name = path.relative_to(WEB).as_posix()
        if path.parent.name == "book":
            continue  # it takes workbooks apart, and is handed no remark
        code = re.sub(r"^\s*(//|/?\*).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert "RegExp" not in code, name
        for known in EXPRESSIONS.get(name, []):
            assert known in code, (name, known)
            code = code.replace(known, "")
        # What is left and looks like one: after a bracket, a sign or a word that begins an expression.
        assert re.findall(r"(?:[(,=:\[!&|?{};]|return)\s*(/(?![/*\s])[^\n]*/[dgimsuvy]*)[.,)\s\]]", code) == [], name
        # Nor is any text cut at what joins remarks.
        assert re.findall(r"""\.split\(["'`](?: / |; |, | · )""", code) == [], name


def test_every_module_is_in_a_bundle() -> None:
    bundled = "".join((MAPS / "dist" / f"{page}.js").read_text(encoding="utf-8") for page in PAGES)
    assert [str(path) for path in FILES if f"// {path.relative_to(WEB)}\n" not in bundled] == []


def test_the_lock_of_the_tools_names_no_host() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_each_library_in_a_bundle_stands_with_its_licence() -> None:
    licences = (MAPS / "dist" / "LICENSES").read_text(encoding="utf-8")
    libraries = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert libraries
    assert [name for name, version in libraries.items() if f" {name} {version}, in " not in licences] == []
    bundled = "".join((MAPS / "dist" / f"{page}.js").read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"^ *// node_modules/((?:@[^/\n]+/)?[^/\n]+)/", bundled, re.MULTILINE)) == set(libraries)
