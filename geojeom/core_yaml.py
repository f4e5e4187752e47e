"""YAML as YAML 1.2 reads it (its core schema), bounded: a value is what it shows, or the file is refused.

PyYAML reads YAML 1.1: there ``020`` is 16, ``NO`` is false, ``12:30`` is 750, ``5e1`` is a text and ``2025-02-30`` an
error. Here ``020`` is 20, ``5e1`` is 50, and words, times and days are texts. Two things of 1.1 stay, as they show what
they say: ``<<`` merges a section into another, and ``60_000_000`` (groups of three digits) is a number.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError

from geojeom.spelling import UNSEEN

# The largest settings known have some 40 kB; no library that parses YAML bounds what a few hundred bytes may unfold to.
MAX_BYTES = 1_000_000
MAX_UNFOLDED = 4_000_000  # characters and values, an alias counting as all it stands for
MAX_DEPTH = 32
MAX_DIGITS = 30
TAG = "tag:yaml.org,2002:"
INTEGER = r"[-+]?[0-9]+|[-+]?[0-9]{1,3}(?:_[0-9]{3})+|0o[0-7]+|0x[0-9a-fA-F]+"
FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?(?:\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"


class CoreLoader(yaml.SafeLoader):
    """One document of the core schema. ``twice`` holds keys written again: (key, line, first line)."""

    yaml_implicit_resolvers: dict[str, Any] = {}
    yaml_constructors: dict[str | None, Any] = {}  # type: ignore[misc]

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.twice: list[tuple[str, int, int]] = []
        self._unfolded: dict[int, int] = {}  # finished node -> what it unfolds to
        self._total = [0]

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose as PyYAML does, while it is bounded how deep values lie and how much they unfold to.

        Parameters
        ----------
        parent : yaml.Node or None
            What the node stands in.
        index : any
            Its place in that.

        Returns
        -------
        yaml.Node or None
            The node.

        Raises
        ------
        yaml.composer.ComposerError
            Beyond ``MAX_DEPTH`` or ``MAX_UNFOLDED``, and for an anchor inside itself.
        """
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if len(self._total) > MAX_DEPTH:
            raise ComposerError(None, None, f"values more than {MAX_DEPTH} deep", event.start_mark)
        alias = isinstance(event, yaml.AliasEvent)
        self._total.append(1 + len(getattr(event, "value", "") or ""))
        node = super().compose_node(parent, index)
        size = self._total.pop()
        if alias and id(node) not in self._unfolded:
            raise ComposerError(None, None, f"an anchor inside itself: {event.anchor[:40]}", event.start_mark)
        size = self._unfolded[id(node)] if alias else size
        self._unfolded[id(node)] = size
        self._total[-1] += size
        if self._total[-1] > MAX_UNFOLDED:
            raise ComposerError(None, None, "aliases that unfold to too much", event.start_mark)
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Keys are texts, as they are written; those written twice are remembered, of which the last would stay.

        Parameters
        ----------
        node : yaml.MappingNode
            A mapping of the file.
        deep : bool
            Whether what it holds is made at once.

        Returns
        -------
        dict
            Its keys and values.

        Raises
        ------
        yaml.constructor.ConstructorError
            For a key that is no text.
        """
        first: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise ConstructorError(None, None, "a key that is no text", key.start_mark)
            if key.tag == f"{TAG}merge":
                continue
            if key.value in first:
                self.twice.append((key.value, line, first[key.value]))
            first.setdefault(key.value, line)
            key.tag = f"{TAG}str"
        return super().construct_mapping(node, deep)


def _text(loader: CoreLoader, node: yaml.ScalarNode) -> str:
    text = str(loader.construct_scalar(node))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ConstructorError(None, None, "a text with half a character", node.start_mark) from None
    if unseen := UNSEEN.search(text):
        message = f"a character that cannot be seen, U+{ord(unseen[0]):04X}, in {text[:40]!a}"
        raise ConstructorError(None, None, message, node.start_mark)
    return text


def _number(loader: CoreLoader, node: yaml.ScalarNode) -> int | float:
    whole = node.tag == f"{TAG}int"
    text = str(loader.construct_scalar(node))
    if not re.fullmatch(INTEGER if whole else f"{INTEGER}|{FLOAT}", text):
        raise ConstructorError(None, None, f"no number: {text[:40]!r}", node.start_mark)
    if len(text) > MAX_DIGITS:
        raise ConstructorError(None, None, f"a number of {len(text)} digits", node.start_mark)
    if not whole:
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    base = {"0x": 16, "0o": 8}.get(text[:2], 10)
    return int(text if base == 10 else text[2:], base)


def _bool(loader: CoreLoader, node: yaml.ScalarNode) -> bool:
    text = str(loader.construct_scalar(node)).lower()
    if text not in ("true", "false"):
        raise ConstructorError(None, None, f"neither true nor false: {text[:40]!r}", node.start_mark)
    return text == "true"


def _null(loader: CoreLoader, node: yaml.ScalarNode) -> None:
    loader.construct_scalar(node)


def _other(_: CoreLoader, node: yaml.Node) -> Any:
    raise ConstructorError(None, None, f"a tag that settings do not have: {node.tag[:40]}", node.start_mark)


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", INTEGER, "-+0123456789"),
    ("float", FLOAT, "-+0123456789."),
    ("merge", r"<<", "<"),
):
    CoreLoader.add_implicit_resolver(TAG + _tag, re.compile(f"(?:{_pattern})\\Z"), list(_first))
for _tag, _read in {"str": _text, "int": _number, "float": _number, "bool": _bool, "null": _null}.items():
    CoreLoader.add_constructor(TAG + _tag, _read)
CoreLoader.add_constructor(f"{TAG}seq", yaml.SafeLoader.construct_yaml_seq)  # type: ignore[type-var]
CoreLoader.add_constructor(f"{TAG}map", yaml.SafeLoader.construct_yaml_map)  # type: ignore[type-var]
CoreLoader.add_constructor(None, _other)
