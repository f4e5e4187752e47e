"""A font with Korean letters on this machine: pictures and PDF need one, and none is shipped."""

from __future__ import annotations

from pathlib import Path

from geojeom.extras import library

# Files of fonts that have Hangul, as systems and office programs bring them, in the order of preference.
FILES = (
    *("malgun.ttf", "AppleSDGothicNeo.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJKkr-Regular.otf"),
    *("NotoSansKR-Regular.otf", "NotoSansKR-Regular.ttf", "NotoSansKR-VF.ttf", "NotoSansKR[wght].ttf"),
    *("SourceHanSansK-Regular.otf", "SourceHanSansKR-Regular.otf", "Pretendard-Regular.otf", "Pretendard-Regular.ttf"),
    *("NanumGothic.ttf", "NanumBarunGothic.ttf", "HANDotum.ttf", "UnDotum.ttf", "AppleGothic.ttf", "gulim.ttc"),
)


def korean_font() -> Path | None:
    """The file of the first font of ``FILES`` that is installed; None where none is."""
    manager = library("matplotlib.font_manager", "office")
    found = {Path(file).name.casefold(): Path(file) for file in sorted(manager.findSystemFonts())}
    return next((found[name.casefold()] for name in FILES if name.casefold() in found), None)
