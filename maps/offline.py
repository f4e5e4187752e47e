"""The promise that a page needs no network: find every reference it would load, refuse to write while one remains.

The one exception is a region file that asks for base tiles: their address may stand in the page, once, as data.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from geojeom.errors import Fault, GeojeomError, raise_if_any
from geojeom.files import atomic
from maps.embed import json_text

# Attributes a browser loads by itself. A link a person may click (a href) loads nothing and is not among them.
_LOADING = {
    "src": {"script", "img", "iframe", "frame", "source", "embed", "audio", "video", "track", "input"},
    "srcset": {"img", "source"},
    "href": {"link", "base", "image", "use", "script", "feimage"},
    "xlink:href": {"image", "use", "script", "feimage"},
    "data": {"object"},
    "poster": {"video"},
    "background": {"body", "table", "td", "th"},
    "manifest": {"html"},
}
_CSS = re.compile(r"url\(\s*['\"]?([^'\")]*)['\"]?\s*\)|@import\s+(?:url\(\s*)?['\"]([^'\"]+)", re.IGNORECASE)
_END = re.compile(r"[\s'\"`<>]")
_LITERAL = re.compile(r"""['"`]((?:https?:|wss?:|ftp:|file:)?//[^\s'"`]*)""", re.IGNORECASE)
# Addresses in scripts that nothing loads: names of XML vocabularies, and the link in Leaflet's own credit.
_NEVER_LOADED = ("http://www.w3.org/", "https://leafletjs.com")
_DATA_TYPES = ("application/json", "application/octet-stream", "text/plain")


class PageError(GeojeomError):
    """A finished page would reach for something outside its own file."""

    title = "the page is not self-contained"


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        for name, tags in _LOADING.items():
            if tag in tags and name in attributes:
                parts = attributes[name].split(",") if name == "srcset" else [attributes[name]]
                self._add(f"<{tag} {name}>", *[part.split()[0] if name == "srcset" else part for part in parts if part])
        if (
            tag == "meta"
            and attributes.get("http-equiv", "").lower() == "refresh"
            and "url=" in attributes.get("content", "")
        ):
            self._add("<meta refresh>", attributes["content"].split("url=", 1)[1])
        if "style" in attributes:
            self._css(f"<{tag} style>", attributes["style"])
        if "srcdoc" in attributes:
            self.found += remote_references(attributes["srcdoc"])
        kind = attributes.get("type", "").lower()
        self._inside = "data" if tag == "script" and kind in _DATA_TYPES else tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  the parser's signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self._css("<style>", data)
        elif self._inside == "script":
            for match in _LITERAL.finditer(data):
                if not match[1].startswith(_NEVER_LOADED) and match[1] != "//":
                    self._add("<script>", match[1])
        if self._inside:
            self.found += [(f"<{self._inside}> tiles", address) for address in _tile_addresses(data)]

    def _css(self, where: str, text: str) -> None:
        for match in _CSS.finditer(text):
            self._add(where, match[1] or match[2] or "")

    def _add(self, where: str, *references: str) -> None:
        for reference in map(str.strip, references):
            # In the file itself: data and blob URLs, and references to its own elements.
            if reference and not reference.lower().startswith(("data:", "blob:", "about:", "#")):
                self.found.append((where, reference))


def remote_references(html: str) -> list[tuple[str, str]]:
    """Everything ``html`` would load from outside itself, as (place, reference); also files beside it.

    Looked at: loading attributes of elements, url() and @import in styles, addresses written out in scripts, and
    tile addresses anywhere. Texts inside data scripts are data: an address there is only ever shown.
    """
    parser = _References()
    parser.feed(html)
    parser.close()
    return parser.found


def _tile_addresses(text: str) -> list[str]:
    """Words of ``text`` that hold both {z} and {x}."""
    addresses, at = [], text.find("{z}")
    while at >= 0:
        # A window, not a pattern over all before it: the text may be megabytes of one word.
        before = _END.split(text[max(0, at - 300) : at])[-1]
        word = before + _END.split(text[at : at + 300], maxsplit=1)[0]
        if "{x}" in word:
            addresses.append(word)
        at = text.find("{z}", at + 3)
    return addresses


def policy(tiles: str | None = None) -> str:
    """The Content-Security-Policy by which browsers themselves hold a page to the promise.

    Scripts that stand in the file run, but none makes code out of a text. ``tiles`` is the address of base tiles:
    images may then come from the folder its first blank stands in.
    """
    images = ["data:", "blob:", *([tiles[: tiles.index("{")].rpartition("/")[0] + "/"] if tiles else [])]
    return (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        f"img-src {' '.join(images)}; base-uri 'none'; form-action 'none'"
    )


def write_page(html: str, path: Path, tiles: str | None = None) -> None:
    """Write a page, whole or not at all; PageError with every remote reference when there is one.

    ``tiles``, the address the region file asks for, may stand once in the page's data.
    """
    references = remote_references(html)
    asked = ("<data> tiles", json_text(tiles)[1:-1])
    if tiles and references.count(asked) == 1:
        references.remove(asked)
    raise_if_any(
        PageError,
        [
            Fault(
                str(path),
                "everything inside the file",
                reference[:200],
                "Inline it in maps/page.py, or take it out.",
                column=where,
            )
            for where, reference in references
        ],
    )
    with atomic(path) as partial:
        partial.write_text(html, encoding="utf-8", newline="\n")
