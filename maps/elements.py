"""The elements of our pages, as Folium renders them: fixed names, a head of our own, and text that is no template.

Folium (by branca) gives every element a random name and every page a head, and has no public way to say otherwise; its
elements, and so ours, are written as a class with a ``_template``. The private names that this takes (``_id``,
``_children``, ``_parent``, ``_template``) stand here and in no other module, which ``tests/test_house.py`` holds. All
are as old as branca itself, and the tests of the pages' bytes fail where they change.
"""

from __future__ import annotations

from typing import TypeVar

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

E = TypeVar("E", bound=Element)


class Page(Figure):
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


class OfflineMap(folium.Map):
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


class Start(MacroElement):
    """Hands the map to the page's own script, after everything else."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'document.dispatchEvent(new CustomEvent("geojeom:map", { detail: {{ this._parent.get_name() }} }));'
        "{% endmacro %}"
    )


class Paper(MacroElement):
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


class _Literal(Element):
    """Text by way of a variable, so that nothing in it is read as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


def named(element: E, name: str) -> E:
    """The element under a fixed name, so that the same content gives the same bytes."""
    element._id = name  # noqa: SLF001
    return element


def emptied(element: Element) -> None:
    """Take out what Folium put into an element by itself."""
    element._children.clear()  # noqa: SLF001


def literal(parent: Element, text: str) -> None:
    """Put text into an element as it is."""
    parent.add_child(named(_Literal(text), f"part{len(parent._children)}"))  # noqa: SLF001
