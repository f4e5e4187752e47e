"""One self-contained page: a Folium map whose Leaflet, styles, scripts, texts and data all stand in the file."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template
from xstatic.pkg import leaflet

from geojeom.messages import catalogue_of
from maps.basemap import Content
from maps.elements import emptied, literal, named
from maps.embed import blob_script, json_script
from maps.offline import policy
from maps.texts import page_texts

# Bundled from maps/web by `make pages`: one script and one stylesheet per page.
DIST = Path(__file__).resolve().parent / "dist"
_IMAGE = re.compile(r"url\((images/[^)]+)\)")


class _Page(Figure):
    """Folium's figure, with the page's language, a viewport that lets people zoom, and what it may load."""

    policy: str

    _template = Template(
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n'
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{{this.policy}}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{{this.title}}</title>\n"
        "{{this.header.render(**kwargs)}}\n</head>\n<body>\n{{this.html.render(**kwargs)}}\n"
        "<script>\n{{this.script.render(**kwargs)}}\n</script>\n</body>\n</html>\n"
    )


class _OfflineMap(folium.Map):
    """A Folium map that links to nothing: the page already holds Leaflet, and the layout gives the map its place."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []
    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <header id="head"></header>
        <aside id="left" tabindex="0"></aside>
        <main id="stage"><div class="folium-map" id={{ this.get_name()|tojson }}></div></main>
        <aside id="right" tabindex="0"></aside>
        <footer id="foot"></footer>
        <noscript>이 지도는 자바스크립트가 필요합니다. This map needs JavaScript.</noscript>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = L.map(
            {{ this.get_name()|tojson }},
            { center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }} }
        );
        {% endmacro %}
        """
    )


class _Start(MacroElement):
    """Hands the map to the page's own script, after everything else."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'document.dispatchEvent(new CustomEvent("geojeom:map", { detail: {{ this._parent.get_name() }} }));'
        "{% endmacro %}"
    )


class _Paper(MacroElement):
    """A page without a map of Leaflet's: only what is read and printed."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <header id="head"></header>
        <main id="paper"></main>
        <noscript>이 문서는 자바스크립트가 필요합니다. This document needs JavaScript.</noscript>
        {% endmacro %}
        """
    )


def page(title: str, content: Content) -> str:
    """The finished HTML, with the bundle of ``content.config["page"]`` (maps/dist).

    The result depends on the arguments only: the same content gives the same bytes.
    """
    scene = _OfflineMap(
        location=[0.0, 0.0],
        tiles=None,
        zoom_start=1,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.125,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
    )
    scene.add_child(named(_Start(), "start"))  # type: ignore[no-untyped-call]
    return _finished(title, named(scene, "scene"), content, leaflet_too=True)


def document(title: str, content: Content) -> str:
    """The finished HTML of a page to read and print: the same, without a Leaflet map."""
    paper = named(_Paper(), "paper")  # type: ignore[no-untyped-call]
    return _finished(title, paper, content, leaflet_too=False)


def _finished(title: str, body: MacroElement, content: Content, *, leaflet_too: bool) -> str:
    figure = _Page(title=escape(title))
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
