"""A street of five cells in a row, small enough to reckon with by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from spatial.config.catalogue import Programme
from spatial.config.minimum import Minimum
from spatial.districts.travel import district_travel
from spatial.measures.context import Context
from spatial.reading.provenance import Account
from spatial.sources.history import empty
from spatial.sources.parcels import no_parcels
from spatial.sources.zoning import no_zoning
from spatial.streets.network import Network
from tests.tables import table

CRS = "EPSG:5179"


@pytest.fixture
def street() -> Network:
    """Five nodes 100 m apart, each in the middle of a cell; 1 m/s on foot, 10 m/s by car, both ways."""
    indptr, indices = [0], []
    for node in range(5):
        indices += [n for n in (node - 1, node + 1) if 0 <= n < 5]
        indptr.append(len(indices))
    length_m = np.full(len(indices), 100, np.float32)
    return Network(
        node_x_m=np.array([50.0, 150, 250, 350, 450]),
        node_y_m=np.full(5, 50.0),
        indptr=np.array(indptr, np.int64),
        indices=np.array(indices, np.int32),
        length_m=length_m,
        walk_s=length_m,
        drive_s=(length_m / 10).astype(np.float32),
        cell_node=np.arange(5, dtype=np.int32),
        cell_access_m=np.zeros(5, np.float32),
        kind="osm",
        circuity=1.0,
        walk_kmh=3.6,
        access_kmh=3.6,
    )


@pytest.fixture
def place(street: Network) -> Context:
    """District A holds the first two cells, B the last; what is unknown is null."""
    cells = table(
        "cells",
        geometry=[shapely.box(x, 0, x + 100, 100) for x in range(0, 500, 100)],
        cell_id=list("abcde"),
        zone_id=["1", "1", "1", "2", "2"],
        x_m=street.node_x_m,
        y_m=street.node_y_m,
        population=[100, 300, 50, 0, 50],
        elderly=[40, 60, 50, 0, 10],
        jobs=[10, None, 30, 40, None],
        buildings=[10, 10, 0, 0, 0],
        old_buildings=[4, 5, 0, 0, 0],
        undated_buildings=[2, 0, 0, 0, 0],
        transit_stops=[1, 0, 2, 0, 0],
        slope_deg=[2.0, 4.0, None, 20.0, 18.0],
        protected_m2=[0.0, 1500.0, 0.0, None, None],
        developable_m2=[10_000.0, 5_000.0, 0.0, 0.0, 2_500.0],
    )
    districts = table(
        "districts",
        geometry=[shapely.box(0, 0, 200, 100), shapely.box(400, 0, 500, 100)],
        district_id=["A", "B"],
        name=["A", "B"],
        kind=["new", "existing"],
        area_m2=[20_000.0, 10_000.0],
        land_price_krw_m2=[1e6, None],
        operator_secured=[True, None],
    )
    facilities = table(
        "facilities",
        geometry=gpd.points_from_xy([210, 390, 450, 9000], [50, 50, 50, 50]),
        kind=["clinic", "clinic", "library", "wifi"],
        count=[1, 2, 1, 3],
    )
    both = {"ko": "차수", "en": "round"}
    programme = {"id": "r", "label": both, "ceiling_krw": 1_000_000_000, "national_share_max": 0.5, "years": 3}
    return Context(
        cells=cells,
        facilities=facilities,
        districts=districts,
        travel=district_travel(districts, street.node_x_m, street.node_y_m, street),
        network=street,
        programme=Programme.model_validate(
            programme | {"kinds": ["new"], "source": "by hand", "evidence": "own_choice"}
        ),
        cell_area_m2=10_000.0,
        # At 3.6 km/h 100 m take 100 s: the next cell is near enough for a clinic, the one behind it is not.
        minimum=Minimum.model_validate(
            {
                "source": "by hand",
                "speed_source": "by hand",
                "walk_kmh": 3.6,
                "drive_kmh": 36.0,
                "around_walk_min": 1.6,
                "kinds": {
                    "clinic": {"mode": "walk", "minutes": 1.7, "evidence": "own_choice"},
                    "pharmacy": {"mode": "walk", "minutes": 10, "evidence": "own_choice"},
                    "library": {"mode": "drive", "minutes": 3, "evidence": "own_choice"},
                },
            }
        ),
        zoning=no_zoning(CRS, Account()),
        parcels=no_parcels(CRS, Account()),
        history=empty(),
    )
