"""Styles of QGIS layers: colours, names of columns in Korean and English, and the time a row stands for.

Written as QML, the style format of QGIS (https://docs.qgis.org, "QML - QGIS Style File Format"), which a GeoPackage
carries in its table ``layer_styles``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

# Viridis: even in lightness, safe for the colour-blind.
COLOURS = ["68,1,84", "59,82,139", "33,145,140", "94,201,98", "253,231,37"]
OUTLINE = "60,60,60,255"
# Of a polygon, a line and a point: the symbol's type, its layer's class and how it names its colour.
SYMBOLS = {
    "Polygon": ("fill", "SimpleFill", "color"),
    "Point": ("marker", "SimpleMarker", "color"),
}


def style(
    aliases: Mapping[str, str],
    shape: str,
    *,
    column: str | None = None,
    limits: Sequence[float] = (),
    time: tuple[str, str] | None = None,
) -> str:
    """The QML of one layer.

    ``aliases`` are names to show by column; ``shape`` is ``Polygon`` or ``Point``. ``column`` is coloured in five
    classes between the six rising ``limits``; without it all is one colour. ``time`` names the columns with the begin
    and the end of the time a row stands for.
    """
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Fields|Forms|Temporal")
    if time:
        attributes = {"enabled": "1", "mode": "2", "startField": time[0], "endField": time[1], "durationUnit": "min"}
        temporal = ET.SubElement(root, "temporal", attributes | {"fixedDuration": "0", "limitMode": "0"})
        for name in ("start", "end"):
            ET.SubElement(ET.SubElement(temporal, "fixedRange"), name)
    if column:
        renderer = ET.SubElement(
            root, "renderer-v2", type="graduatedSymbol", attr=column, graduatedMethod="GraduatedColor"
        )
        ranges, symbols = ET.SubElement(renderer, "ranges"), ET.SubElement(renderer, "symbols")
        for number, (low, high) in enumerate(pairwise(limits)):
            label = f"{low:,.4g} – {high:,.4g}"
            values = {"lower": repr(float(low)), "upper": repr(float(high)), "symbol": str(number), "label": label}
            ET.SubElement(ranges, "range", values | {"render": "true"})
            _symbol(symbols, str(number), shape, COLOURS[number])
    else:
        renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol")
        _symbol(ET.SubElement(renderer, "symbols"), "0", shape, COLOURS[2])
    names = ET.SubElement(root, "aliases")
    for number, (field, alias) in enumerate(aliases.items()):
        ET.SubElement(names, "alias", index=str(number), field=field, name=alias)
    return ET.tostring(root, encoding="unicode")


def _symbol(parent: ET.Element, name: str, shape: str, colour: str) -> None:
    kind, layer, key = SYMBOLS[shape]
    symbol = ET.SubElement(parent, "symbol", name=name, type=kind, alpha="0.8")
    drawn = ET.SubElement(symbol, "layer", {"class": layer, "enabled": "1"})
    options = ET.SubElement(drawn, "Option", type="Map")
    for option, value in {key: f"{colour},255", "outline_color": OUTLINE, "outline_width": "0.1"}.items():
        ET.SubElement(options, "Option", name=option, value=value, type="QString")
