"""Folium's elements as the pages need them: with fixed names, a head of our own, and text that is no template.

Folium (by branca) gives every element a random name and every page a head, and has no public way to say otherwise. The
private names that this takes (``_id``, ``_children``) are used here and nowhere else; both are as old as branca itself,
and the tests of the pages' bytes fail where they change.
"""

from __future__ import annotations

from typing import TypeVar

from branca.element import Element
from jinja2 import Template

E = TypeVar("E", bound=Element)


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


class _Literal(Element):
    """Text by way of a variable, so that nothing in it is read as a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
