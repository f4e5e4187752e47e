"""Two plans beside each other on the diffusion page: what one has more of than the other, world by world."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from geojeom.messages import from_data
from maps.basemap import Content
from maps.embed import json_text
from simulation.runs.quantiles import over_worlds, ratio

Bands = list[list[int | None]]


def beside_content(data: xr.Dataset) -> Content:
    """Of ``data`` (diffusion.nc) what the page says of two scenarios beside each other, by service and end of year.

    Blob ``beside-k`` (JSON) is of scenario k. ``own``: by service ``users`` in all and ``cost`` (KRW per user) as bands
    of P10, P50, P90 over worlds, and the shares ``elderly`` and ``declining`` of people who can use it, the same in
    every world. ``less``: by other scenario and service, bands of k less the other, as the worlds of all scenarios
    share their chance. None is unknown, or not stated of so few worlds.
    """
    inside, outside = (
        data[f"total_{where}"].transpose("scenario", "service", "month", "world").to_numpy()[:, :, ::12]
        for where in ("inside", "outside")
    )
    users = inside + outside
    spent_krw = data["spent_krw"].transpose("scenario", "service", "year").to_numpy()
    worlds = {"inside": inside, "outside": outside, "users": users, "cost": ratio(spent_krw[..., None], users)}
    scenarios, services = range(data.sizes["scenario"]), range(data.sizes["service"])
    blobs = {}
    for k in scenarios:
        own = [_own(data.isel(scenario=k, service=s), users[k, s]) for s in services]
        less = [
            None
            if other == k
            else [{name: _bands(each[k, s] - each[other, s]) for name, each in worlds.items()} for s in services]
            for other in scenarios
        ]
        blobs[f"beside-{k}"] = json_text({"own": own, "less": less}).encode()
    reasons = json.loads(data.attrs.get("not_measured", "{}"))
    return Content({"notMeasured": {name: from_data(reason).as_data() for name, reason in reasons.items()}}, blobs)


def _own(data: xr.Dataset, users: NDArray[np.int64]) -> dict[str, Any]:
    """One scenario and service; ``users`` by year and world."""
    return {
        "users": _bands(users),
        "cost": _whole(data["cost_per_adopter_krw"].transpose("year", "quantile").to_numpy()),
        **{name: data[f"coverage_{name}"].to_numpy().astype(float).round(6) for name in ("elderly", "declining")},
    }


def _bands(values: NDArray[Any]) -> Bands:
    """P10, P50 and P90 of values by year and world."""
    return _whole(over_worlds(values))


def _whole(values: NDArray[Any]) -> Bands:
    """Whole persons or won; None where there is none."""
    return [[None if np.isnan(value) else round(float(value)) for value in band] for band in values]
