"""A draft as the text of a region file, with remarks in Korean and English on every file that was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from geojeom.messages import Remark
from spatial.drafting.draft import SINGLE, Draft, entry, seen_from
from spatial.drafting.finding import SEEMS, Finding

HEAD = """\
# 지역 파일 초안입니다. 폴더의 파일을 읽어 보고 만들었으니, 짐작한 내용이 맞는지 확인하세요.
# A first region file, made by looking at the files of a folder: check what it has guessed.
# `vintage:`(파일 이름에서 짐작), `licence:`, `attribution:`은 모든 지도에 실립니다 / stand on every map: fill them in.
# 다음 / next: geojeom spatial check {file}
"""
NO_CANDIDATES = """\
# 꼭 필요합니다: 후보지구 파일을 찾지 못했습니다. district_id, name, kind 열이 있는 면 자료를 적으세요.
# Must be given: no file of candidate districts was found. Name polygons with columns district_id, name, kind.
candidates:
  path: districts.geojson
"""
NO_BOUNDARY = """\
# 꼭 필요합니다: 경계로 쓸 파일을 찾지 못했습니다. `path:`에 파일을, 또는 `bbox: [서, 남, 동, 북]`을 적으세요.
# Must be given: no file tells where the region is. Name one, or give `bbox: [west, south, east, north]`.
boundary:
  path: boundary.geojson
"""
BOX = """\
# 경계 파일이 없어 자료가 덮는 범위를 상자로 적었습니다. 시의 경계가 있으면 `path:`로 바꾸세요.
# No outline was found: this box is what the files cover. Name the city's border under `path:` where there is one.
"""
COUNTRY = """\
# 나라를 알 수 없습니다. 두 글자 부호(ISO 3166)를 적으면 그 나라의 주행 속도를 씁니다.
# The country cannot be told: two letters (ISO 3166) give its driving speeds.
"""
# What a region may have, and under which name its lack is told.
TOLD = {
    "streets": "streets",
    "buildings": "buildings",
    "land": "water_m2",
    "dem": "slope_deg",
    "protected": "protected_m2",
    "zoning": "zoning",
    "parcels": "parcels",
    "history": "history",
}


def text_of(draft: Draft, file: Path, circuity: float) -> str:
    """The text of the region file ``file``; ``circuity`` multiplies straight lines where there are no streets.

    Parameters
    ----------
    draft : Draft
        What was found.
    file : Path
        The region file; it need not be there.
    circuity : float
        What straight lines are multiplied by where there are no streets.

    Returns
    -------
    str
        YAML with remarks.
    """
    folder = file.parent
    content = draft.content(folder)
    parts = [HEAD.format(file=file.name)]
    parts.append(_yaml({key: content[key] for key in ("region", "name")}))
    parts.append((COUNTRY if draft.country == "ZZ" else "") + _yaml({"country": draft.country}))
    parts.append(_boundary(draft, content))
    parts.append("sources:" + ("\n" if content["sources"] else " {}\n"))
    for key, value in content["sources"].items():
        if key in (*SINGLE, "density"):
            lines = [_indented(_remark(draft.used[key][0]) + _yaml({key: value}), 2)]
        else:
            lines = [f"  {key}:\n"]
            for finding in draft.used[key]:
                lines.append(_indented(_remark(finding) + _item(entry(finding, folder)), 4))
        parts.append("".join(lines))
    parts.append(_candidates(draft, folder))
    parts.append(_faults(draft) + _unused(draft, folder) + _lacking(draft, circuity))
    return "\n".join(part for part in parts if part)


def still_missing(draft: Draft) -> list[str]:
    """What the user must say before the region can be run, in English.

    Parameters
    ----------
    draft : Draft
        What was found.

    Returns
    -------
    list of str
        Empty where it can be run.
    """
    out = []
    if draft.boundary is None and draft.boundary_from is None:
        out.append("where the region is (`boundary:`)")
    if draft.candidates is None:
        out.append("the candidate districts (`candidates:`)")
    return [*out, *(str(fault) for fault in draft.faults)]


def _boundary(draft: Draft, content: dict[str, Any]) -> str:
    if content["boundary"] is None:
        return NO_BOUNDARY
    seems = _remark(draft.boundary_from) if draft.boundary_from else BOX
    return seems + _yaml({"boundary": content["boundary"]})


def _candidates(draft: Draft, folder: Path) -> str:
    if draft.candidates is None:
        return NO_CANDIDATES
    return _remark(draft.candidates) + _yaml({"candidates": entry(draft.candidates, folder)})


def _faults(draft: Draft) -> str:
    if not draft.faults:
        return ""
    head = "# 이대로는 쓸 수 없습니다. 먼저 고칠 것 / it cannot be used as it is; to be mended first:\n"
    return head + "".join(f"# - {_line(str(fault))}\n" for fault in draft.faults) + "\n"


def _unused(draft: Draft, folder: Path) -> str:
    if not draft.unused:
        return ""
    out = ["# 쓰지 않은 파일 / files that are not used:\n"]
    for finding in sorted(draft.unused, key=lambda finding: finding.path):
        ko, en = SEEMS[finding.seems]
        out.append(f"# - {_line(seen_from(finding.path, folder))}: {ko} / {en}\n")
        if finding.why:
            out.append(f"#   {_line(finding.why)}\n")
        if finding.spec:
            out.append("".join(f"#     {line}\n" for line in _yaml(entry(finding, folder)).splitlines()))
    return "".join(out) + "\n"


def _lacking(draft: Draft, circuity: float) -> str:
    missing = [name for key, name in TOLD.items() if key not in draft.used]
    if "counts" not in draft.used:
        missing.insert(0, "population")
    if not missing:
        return ""
    out = ["# 없는 자료: 지도에 '알 수 없음'으로 표시됩니다 / not found: unknown wherever it would be used.\n"]
    for name in missing:
        remark = Remark(f"lack.{name}", circuity=circuity)
        out.append(f"# - {remark.ko} / {remark.en}\n")
    return "".join(out)


def _remark(finding: Finding) -> str:
    ko, en = SEEMS[finding.seems]
    return f"# {_line(finding.path.name)}: {ko} / {en}\n"


def _line(text: str) -> str:
    """A text that stays in its line of remarks, whatever letters a file's name has."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _yaml(content: dict[str, Any]) -> str:
    """Keys and values, those of an entry in lines of their own, and what is within them in brackets."""
    lines = []
    for key, value in content.items():
        if isinstance(value, dict) and ("path" in value or "bbox" in value):
            lines.append(f"{key}:\n" + _indented(_yaml(value), 2))
        else:
            lines.append(f"{key}: {_flow(value)}\n")
    return "".join(lines)


def _flow(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=1000)
    return text.removesuffix("\n...\n").strip()


def _item(entry: dict[str, Any]) -> str:
    """An entry of a list."""
    return "- " + _indented(_yaml(entry), 2)[2:]


def _indented(text: str, by: int) -> str:
    return "".join(" " * by + line for line in text.splitlines(keepends=True))
