"""The better roll-out on the diffusion page: what moves, what is lost without it, and what more money would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from maps.basemap import Content
from maps.geometry import to_mercator


def rollout_content(
    better: Sequence[pd.DataFrame] | None,
    cells: gpd.GeoDataFrame,
    zones: pd.DataFrame,
    scenarios: Sequence[Mapping[str, Any]],
) -> Content:
    """What the page says of a better roll-out; None where the region asks for none.

    ``better`` are the tables ``rollout``, ``rollout_limits`` and ``rollout_frontier``, ``scenarios`` those of the page:
    a roll-out of a plan that is not among them is not shown. Months count from the start; ``before`` are the first and
    the last opening in the plan as it is.
    """
    if better is None:
        return Content({"rollout": None}, {})
    rollout, limits, frontier = better
    ids = [scenario["id"] for scenario in scenarios]
    if rollout.attrs.get("scenario") not in ids:
        return Content({"rollout": None}, {})
    told = {name: rollout.attrs[name] for name in ("before", "value", "bound", "gap", "services", "left_out")}
    return Content(
        {
            "rollout": {
                "scenario": ids.index(rollout.attrs["scenario"]),
                **told,
                "moves": _moves(rollout, cells, zones),
                "same": int((~_moved(rollout)).sum()),
                "limits": _limits(limits),
                "frontier": frontier.sort_values("share").to_dict("records"),
            }
        },
        {},
    )


def _moved(rollout: pd.DataFrame) -> pd.Series:
    """Whether what a row opens opens otherwise than before: at another time, or on one side alone."""
    before, last, after = (rollout[name].astype("float64") for name in ("month_before", "last_before", "month_after"))
    return (before != after) | (last != after)


def _moves(rollout: pd.DataFrame, cells: gpd.GeoDataFrame, zones: pd.DataFrame) -> list[dict[str, Any]]:
    """All that moves, what most users would be lost without first; then what no longer opens."""
    moved = rollout[_moved(rollout)].sort_values("users_lost", ascending=False, na_position="last", kind="stable")
    xy = cells.set_index("cell_id")[["x_m", "y_m"]].loc[moved["cell_id"]].to_numpy()
    x, y = to_mercator(cells.crs).transform(*xy.T)
    zone = pd.Index(zones["zone_id"]).get_indexer(pd.Index(moved["zone_id"]))
    # Null where there is none: plain JSON has no NA.
    plain = moved.astype(object).where(moved.notna(), None)
    return [
        {
            **{name: row[name] for name in ("service", "units", "capex_krw")},
            "zone": int(at_zone),
            "at": [round(float(px), 1), round(float(py), 1)],
            "before": None if row["month_before"] is None else [row["month_before"], row["last_before"]],
            "after": row["month_after"],
            "users": None if row["users_lost"] is None else round(row["users_lost"]),
            "lacking": row["lacking"] or 0,
        }
        for row, px, py, at_zone in zip(plain.to_dict("records"), x, y, zone, strict=True)
    ]


def _limits(limits: pd.DataFrame) -> list[dict[str, Any]]:
    """Capital of all payers by year, and running cost where it binds: it has a limit in every year to the horizon.

    What 100 million won more of a year's capital bring at most is said for money that comes as its limits do, so much
    of it from each payer: most openings have several, and more money of one alone opens none of them.
    """
    rows = []
    running = limits["payer"] == "running"
    capital = limits[~running]
    for year in sorted(set(capital["year"].tolist())):
        own = capital[capital["year"] == year]
        limit_krw = int(own["limit_krw"].sum())
        price = own["users_per_100m_krw"].astype(float)
        # Of nothing there are no shares: then as if all came from whose money is worth most.
        brings = float((price * own["limit_krw"].astype(float)).sum() / limit_krw) if limit_krw else float(price.max())
        rows.append((year, "built", limit_krw, int(own["used_krw"].sum()), brings))
    binds = limits[running & (limits["users_per_100m_krw"] > 0)]
    figures = (binds[name].tolist() for name in ("year", "limit_krw", "used_krw", "users_per_100m_krw"))
    rows += [(year, "opex", *own) for year, *own in zip(*figures, strict=True)]
    return [dict(zip(("year", "kind", "limit_krw", "used_krw", "brings"), row, strict=True)) for row in sorted(rows)]
