"""The pictures of a plan's document, as pixels and vectors: where it opens what, when, and who pays in which year."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geojeom.extras import library
from maps.document.amounts import spending
from maps.document.materials import Materials
from simulation.plans.payers import PAYERS

# As maps/web/map/palette.js has them: apart for colour-blind eyes and in print. Shapes and hatches tell the rest apart.
SERIES = ("#1b4f8f", "#c2620c", "#4a7f3a", "#8b3d7c")
MARKERS, HATCHES = ("o", "s", "^", "D", "v", "P"), ("", "///")
GROUND, LINE, HUB, INK = "#f1f0ec", "#a9afb5", "#cfe4b8", "#222222"
DPI, WIDTH_IN = 200, 6.6


def drawer(made: Materials, font: Path) -> Callable[[str], tuple[bytes, bytes, float]]:
    """What draws a picture of the outline by its id: PNG, SVG, and height over width; labels in ``font``."""
    matplotlib = library("matplotlib", "office")
    figures = library("matplotlib.figure", "office")
    manager = library("matplotlib.font_manager", "office")
    manager.fontManager.addfont(str(font))
    family = manager.FontProperties(fname=str(font)).get_name()
    settings = {"font.family": family, "font.size": 8, "axes.unicode_minus": False, "svg.hashsalt": "geojeom"}

    def draw(name: str) -> tuple[bytes, bytes, float]:
        with matplotlib.rc_context(settings):
            figure = figures.Figure(figsize=(WIDTH_IN, 4), dpi=DPI, layout="constrained")
            PICTURES[name](made, figure)
            images = []
            for form in ("png", "svg"):
                stream = io.BytesIO()
                # Without the day, the same plan gives the same file.
                figure.savefig(stream, format=form, metadata={"Date": None} if form == "svg" else {"Software": None})
                images.append(stream.getvalue())
        width, height = figure.get_size_inches()
        return images[0], images[1], float(height / width)

    return draw


def draw_map(made: Materials, figure: Any) -> None:
    """Hub, zones and openings by service, with scale and north."""
    axes = figure.add_subplot()
    for shape in made.zones.geometry:
        _polygon(axes, shape, facecolor=GROUND, edgecolor=LINE, linewidth=0.5)
    hub = made.districts.set_index("district_id").loc[made.plan.hub]
    _polygon(axes, hub["geometry"], facecolor=HUB, edgecolor=INK, linewidth=1.4)
    west, south, east, north = made.zones.total_bounds
    step = 0.012 * max(east - west, north - south)
    centres = made.city.cells[["x_m", "y_m"]].to_numpy(float)
    stood: dict[int, int] = {}
    for number, code in enumerate(made.services):
        own = made.plan.openings[made.plan.openings["service"] == code]
        cells = own["cell"].drop_duplicates().to_numpy()
        # What stands on one cell is drawn side by side.
        turns = [stood.setdefault(int(cell), 0) for cell in cells]
        stood.update({int(cell): turn + 1 for cell, turn in zip(cells, turns, strict=True)})
        xy = centres[cells] + np.array([_aside(turn, step) for turn in turns]).reshape(-1, 2)
        axes.scatter(xy[:, 0], xy[:, 1], s=22, label=made.service(code), zorder=3, **_mark(number))
    _name_zones(made, axes)
    _scale(axes, west, south, east - west)
    axes.annotate("N", (0.97, 0.97), (0.97, 0.88), "axes fraction", ha="center", arrowprops={"arrowstyle": "-|>"})
    axes.set_aspect("equal")
    axes.set_axis_off()
    figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=7)
    rows = -(-len(made.services) // 3)
    figure.set_size_inches(WIDTH_IN, min(8.0, WIDTH_IN * (north - south) / (east - west) + 0.2 * rows + 0.2))


def _aside(turn: int, step: float) -> tuple[float, float]:
    if turn == 0:
        return 0.0, 0.0
    angle, ring = np.pi / 3 * (turn - 1), 1 + (turn - 1) // 6
    return float(ring * step * np.cos(angle)), float(ring * step * np.sin(angle))


def _mark(number: int) -> dict[str, Any]:
    """Colour and shape of the number-th service."""
    colour = SERIES[number % len(SERIES)]
    marker = MARKERS[(number // len(SERIES) + number) % len(MARKERS)]
    return {"color": colour, "marker": marker, "edgecolors": "white", "linewidths": 0.5}


def _polygon(axes: Any, shape: Any, **style: Any) -> None:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon":
            axes.fill(*shapely.get_coordinates(part.exterior).T, **style)


def _name_zones(made: Materials, axes: Any) -> None:
    """Name the zones that something opens in."""
    opened = set(made.plan.openings["zone_id"].dropna())
    for zone in made.zones[made.zones["zone_id"].isin(opened)].itertuples():
        point = zone.geometry.representative_point()
        name = str(zone.name).split()[-1]
        axes.annotate(name, (point.x, point.y), fontsize=6, color="#555555", ha="center", va="center", zorder=2)


def _scale(axes: Any, west: float, south: float, width: float) -> None:
    """A bar of a round length below the map."""
    length = next(
        size for size in (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 1) if size < width / 3
    )
    y = south - 0.03 * width
    axes.plot([west, west + length], [y, y], color=INK, linewidth=2)
    said = f"{length // 1000} km" if length >= 1000 else f"{length} m"
    axes.annotate(said, (west + length, y), (3, 0), textcoords="offset points", va="center", fontsize=7)


def draw_gantt(made: Materials, figure: Any) -> None:
    """The dated steps as points, each service from its first money to its last opening."""
    axes = figure.add_subplot()
    openings = made.plan.openings
    money = spending(made)
    names: list[str] = []
    for row in made.rows("schedule"):
        if (at := row["planned"] or row["actual"]) is None:
            continue
        axes.plot(_month(at), len(names), marker="D", color=SERIES[1], linestyle="none")
        axes.annotate(at, (_month(at), len(names)), (6, 0), textcoords="offset points", va="center", fontsize=6)
        names.append(str(row["name"] or made.choice("step", row["step"])))
    for code in made.services:
        own = openings[openings["service"] == code]
        first, last = _month(own["date"].min()), _month(own["date"].max())
        paid = min(first, float(money.loc[money["service"] == code, "year"].min()))
        axes.barh(len(names), first - paid, left=paid, height=0.5, color="#c9dde8")
        axes.barh(len(names), max(last - first, 1 / 12), left=first, height=0.5, color=SERIES[0])
        months = sorted({_month(date) for date in own["date"]})
        axes.plot(months, [len(names)] * len(months), marker="|", color="white", linestyle="none", markersize=5)
        names.append(str(made.service(code)))
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    low, high = axes.get_xlim()
    years = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    axes.set_xticks(list(years), [str(year) for year in years])
    axes.set_xlim(low, high + 0.06 * (high - low))
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    figure.set_size_inches(WIDTH_IN, 0.6 + 0.24 * max(len(names), 4))


def _month(text: str) -> float:
    """A month as a point of the years' axis."""
    at = pd.Period(text, freq="M")
    return float(at.year + (at.month - 1) / 12)


def draw_money(made: Materials, figure: Any) -> None:
    """Capital by year, a layer for each payer."""
    axes = figure.add_subplot()
    money = spending(made)
    years = list(range(int(money["year"].min()), int(money["year"].max()) + 1))
    below = np.zeros(len(years))
    paying = [payer for payer in PAYERS if payer in set(money["payer"])]
    for number, payer in enumerate(paying):
        own = money[money["payer"] == payer].groupby("year")["krw"].sum().reindex(years, fill_value=0)
        height = own.to_numpy(float) / made.unit.won
        style = {"color": SERIES[number % 4], "hatch": HATCHES[number // 4], "edgecolor": "white"}
        axes.bar(range(len(years)), height, bottom=below, width=0.6, label=made.payer(f"{payer}_krw"), **style)
        below += height
    for place, top in enumerate(below):
        krw = int(money.loc[money["year"] == years[place], "krw"].sum())
        axes.annotate(made.unit.amount(krw), (place, top), (0, 2), textcoords="offset points", ha="center", fontsize=7)
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_ylabel(made.unit.name)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=4, frameon=False)
    figure.set_size_inches(WIDTH_IN, 3.2)


PICTURES: dict[str, Callable[[Materials, Any], None]] = {"map": draw_map, "gantt": draw_gantt, "money": draw_money}
