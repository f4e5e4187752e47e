"""One self-contained page: a Folium map whose Leaflet, styles, scripts, texts and data all stand in the file."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from branca.element import MacroElement
from xstatic.pkg import leaflet

from geojeom.messages import catalogue_of
from maps.basemap import Content
from maps.elements import OfflineMap, Page, Paper, Start, emptied, literal, named
from maps.embed import blob_script, json_script
from maps.offline import policy
from maps.texts import page_texts

# Bundled from maps/web by `make pages`: one script and one stylesheet per page.
DIST = Path(__file__).resolve().parent / "dist"
_IMAGE = re.compile(r"url\((images/[^)]+)\)")


def page(title: str, content: Content) -> str:
    """The finished HTML, with the bundle of ``content.config["page"]`` (maps/dist).

    The result depends on the arguments only: the same content gives the same bytes.
    """
    scene = OfflineMap(
        location=[0.0, 0.0],
        tiles=None,
        zoom_start=1,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.125,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
    )
    scene.add_child(named(Start(), "start"))  # type: ignore[no-untyped-call]
    return _finished(title, named(scene, "scene"), content, leaflet_too=True)


def document(title: str, content: Content) -> str:
    """The finished HTML of a page to read and print: the same, without a Leaflet map."""
    paper = named(Paper(), "paper")  # type: ignore[no-untyped-call]
    return _finished(title, paper, content, leaflet_too=False)


def _finished(title: str, body: MacroElement, content: Content, *, leaflet_too: bool) -> str:
    figure = Page(title=escape(title))
    figure.policy = escape(policy((content.config.get("tiles") or {}).get("url")))
    figure.add_child(body)
    emptied(figure.header)  # of Folium's own meta element; ours stands in the template
    name = content.config["page"]
    styles = [*([leaflet_css()] if leaflet_too else []), _bundled(f"{name}.css")]
    scripts = [*([leaflet_js()] if leaflet_too else []), _bundled(f"{name}.js")]
    for style in styles:
        literal(figure.header, f"<style>\n{style}\n</style>")
    catalogue = catalogue_of(sorted(set(_codes(content.config))))
    data = [json_script("texts", page_texts()), json_script("remarks", catalogue)]
    for script in [*[f"<script>\n{_closed(text)}\n</script>" for text in scripts], *data]:
        literal(figure.header, script)
    literal(figure.header, json_script("config", content.config))
    for name, blob in content.blobs.items():
        literal(figure.header, blob_script(f"blob-{name}", blob))
    return str(figure.render())


def _codes(node: Any) -> Iterator[str]:
    """The codes of all remarks in the data of a page."""
    if isinstance(node, dict):
        if "code" in node and isinstance(node.get("values"), dict):
            yield node["code"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _codes(item)


def _closed(script: str) -> str:
    """A script that cannot end its element early."""
    return script.replace("</script", "<\\/script")


@cache
def _bundled(name: str) -> str:
    return (DIST / name).read_text(encoding="utf-8")


@cache
def leaflet_js() -> str:
    """Leaflet's script."""
    return (
        (Path(leaflet.BASE_DIR) / "leaflet.js")
        .read_text(encoding="utf-8")
        .replace("//# sourceMappingURL=leaflet.js.map", "")
    )


@cache
def leaflet_css() -> str:
    """Leaflet's styles, their images inside."""
    base = Path(leaflet.BASE_DIR)

    def inlined(match: re.Match[str]) -> str:
        image = base64.b64encode((base / match[1]).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{image})"

    return _IMAGE.sub(inlined, (base / "leaflet.css").read_text(encoding="utf-8"))
