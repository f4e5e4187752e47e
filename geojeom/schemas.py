"""What the tables that flow between the rooms hold: one schema per table (docs/files.md says what the columns mean)."""

from __future__ import annotations

import pandera.pandas as pa

METHODS = ["weighted_sum", "topsis", "vikor", "promethee"]
WEIGHTINGS = ["uniform", "profile", "ordinal"]
KINDS = ["new", "redevelopment", "existing"]
PAYERS = ("national", "province", "city", "local", "operator", "private_cash", "private_in_kind", "other")
# Tables with a column ``geometry``.
_SHAPED = ("boundary", "zones", "land", "protected", "zoning", "parcels", "facilities", "streets", "candidates")
WITH_GEOMETRY = {"zones", "cells", "facilities", "backdrop", "districts", "parcels", "zoning"} | {
    f"source_{name}" for name in (*_SHAPED, "streets_ferries")
}
LAYERS = ["water", "green", "industrial", "rail", "street_major", "street_minor", "motorway", "boundary"]
UNIT_SHARE = pa.Check.in_range(0, 1)
NOT_NEGATIVE = pa.Check.ge(0)


def _count(required: bool = True) -> pa.Column:
    return pa.Column("Int64", NOT_NEGATIVE, nullable=True, required=required)


def _measure(*checks: pa.Check, nullable: bool = True, required: bool = True) -> pa.Column:
    return pa.Column(float, list(checks), nullable=nullable, required=required)


def _code(unique: bool = False, nullable: bool = False) -> pa.Column:
    return pa.Column(str, unique=unique, nullable=nullable)


def _remarks() -> pa.Column:
    """Remarks as ``geojeom.messages.column_data`` writes them; null where there is nothing to say."""
    listed = pa.Check(lambda text: text[:1] == "[", element_wise=True, error="remarks as a JSON list")
    return pa.Column(str, listed, nullable=True)


def _shares(nullable: bool) -> pa.Column:
    """Lists of numbers that sum to 1."""
    whole = pa.Check(lambda shares: abs(sum(shares) - 1) < 1e-6, element_wise=True, error="shares that sum to 1")
    return pa.Column(object, whole, nullable=nullable)


def _openings() -> dict[str, pa.Column]:
    """Columns of a table of openings; made anew, as a schema takes its columns for its own."""
    return {
        "district_id": _code(),
        "opening_id": _code(),
        "part": pa.Column(str, pa.Check.isin(["in_district", "diffusion"])),
        "service": _code(),
        "cell_id": _code(),
        "zone_id": _code(nullable=True),
        "month": pa.Column("Int64", NOT_NEGATIVE),
        "works_from": pa.Column("Int64", NOT_NEGATIVE, nullable=True),
        "closes": pa.Column("Int64", NOT_NEGATIVE, nullable=True, required=False),
        "date": _code(),
        "units": pa.Column("Int64", pa.Check.gt(0)),
        "capex_krw": pa.Column("Int64", NOT_NEGATIVE),
        "opex_krw_year": pa.Column("Int64", NOT_NEGATIVE),
        **{f"{payer}_krw": pa.Column("Int64", NOT_NEGATIVE) for payer in PAYERS},
    }


COUNTS = ["population", "elderly", "youth", "households", "jobs", "transit_stops", "subway_stations"]
_PLACED = {name: _measure(required=False) for name in ("x_m", "y_m")}
_COUNTED = {name: _count(required=False) for name in COUNTS}

# Of the tables of sources (docs/files.md, sources/); outlines and lines stand in their geometry.
SOURCES: dict[str, pa.DataFrameSchema] = {
    "source_boundary": pa.DataFrameSchema({"is_box": pa.Column(bool)}),
    "source_zones": pa.DataFrameSchema(
        {"zone_id": _code(unique=True), "name": _code(), "place": pa.Column(str, nullable=True)}
    ),
    "source_rows": pa.DataFrameSchema({"code": _code(), "place": pa.Column(str, nullable=True), **_COUNTED}),
    "source_units": pa.DataFrameSchema({**_PLACED, **_COUNTED}),
    "source_buildings": pa.DataFrameSchema(
        {
            "x_m": _measure(nullable=False),
            "y_m": _measure(nullable=False),
            "floor_m2": _measure(NOT_NEGATIVE),
            "lives": pa.Column(bool),
            "works": pa.Column(bool),
            "approved": pa.Column(str, nullable=True, required=False),
        }
    ),
    "source_land": pa.DataFrameSchema(
        {
            "entry": pa.Column(str, pa.Check.isin(["water", "green", "industrial", "sea", "open_coast", "railway"])),
            **{name: pa.Column(str, nullable=True) for name in ("name", "railway", "tunnel")},
        }
    ),
    "source_protected": pa.DataFrameSchema({}),
    "source_dem": pa.DataFrameSchema(
        {
            "elevation_m": _measure(),
            "slope_deg": _measure(pa.Check.in_range(0, 90)),
            "steep_share": _measure(UNIT_SHARE),
        }
    ),
    "source_parcel_tables": pa.DataFrameSchema(
        {
            "pnu": _code(),
            "when": pa.Column("Int64", NOT_NEGATIVE),
            "land_price_krw_m2": _measure(pa.Check.gt(0), required=False),
            "public": pa.Column("boolean", nullable=True, required=False),
        }
    ),
    "source_history": pa.DataFrameSchema(
        {
            "code": _code(),
            "year": pa.Column("Int64", pa.Check.in_range(1900, 2100)),
            **{name: _count(required=False) for name in ("population", "businesses")},
        }
    ),
    "source_facilities": pa.DataFrameSchema(
        {
            "kind": _code(),
            **{name: pa.Column(str, nullable=True) for name in ("name", "opened")},
            "count": pa.Column("Int64", pa.Check.gt(0)),
        }
    ),
    "source_streets": pa.DataFrameSchema(
        {name: pa.Column(str, nullable=True) for name in ("highway", "name", "tunnel")}
    ),
    "source_streets_ferries": pa.DataFrameSchema({"way": pa.Column(int), "route": pa.Column(str, nullable=True)}),
    "source_streets_nodes": pa.DataFrameSchema({"node": pa.Column(int, unique=True)}),
    "source_streets_graph": pa.DataFrameSchema({"x": _measure(), "y": _measure()}),
    "source_candidates": pa.DataFrameSchema({}),
}

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    **SOURCES,
    "zones": pa.DataFrameSchema(
        {"zone_id": _code(unique=True), "name": _code(), "area_m2": _measure(pa.Check.gt(0), nullable=False)}
    ),
    "cells": pa.DataFrameSchema(
        {
            "cell_id": _code(unique=True),
            "x_m": _measure(nullable=False),
            "y_m": _measure(nullable=False),
            "zone_id": _code(nullable=True),
            "population": _count(),
            "elderly": _count(),
            "youth": _count(),
            "households": _count(),
            "jobs": _count(),
            "transit_stops": _count(),
            "subway_stations": _count(),
            "buildings": _count(),
            "old_buildings": _count(),
            "undated_buildings": _count(),
            "floor_area_m2": _measure(NOT_NEGATIVE),
            "water_m2": _measure(NOT_NEGATIVE),
            "protected_m2": _measure(NOT_NEGATIVE),
            "developable_m2": _measure(NOT_NEGATIVE),
            "elevation_m": _measure(),
            "slope_deg": _measure(pa.Check.in_range(0, 90)),
        }
    ),
    "facilities": pa.DataFrameSchema(
        {
            "kind": _code(),
            "name": _code(nullable=True),
            "opened": pa.Column(str, nullable=True),
            "count": pa.Column("Int64", pa.Check.gt(0)),
        }
    ),
    "backdrop": pa.DataFrameSchema(
        {
            "layer": pa.Column(str, pa.Check.isin(LAYERS)),
            "name": _code(nullable=True),
            "tunnel": pa.Column(bool),
        }
    ),
    "districts": pa.DataFrameSchema(
        {
            "district_id": _code(unique=True),
            "name": _code(),
            "kind": pa.Column(str, pa.Check.isin(KINDS)),
            "area_m2": _measure(pa.Check.gt(0), nullable=False),
            "land_price_krw_m2": _measure(NOT_NEGATIVE),
            "public_land_share": _measure(UNIT_SHARE),
            "private_share": _measure(UNIT_SHARE),
            "operator_secured": pa.Column("boolean", nullable=True),
            "control_centre": pa.Column("boolean", nullable=True),
        }
    ),
    "criteria": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "criterion": _code(),
            "value": _measure(),
            "unit": _code(),
            "source": _remarks(),
            "vintage": _code(nullable=True),
            "note": _remarks(),
            "missing": _remarks(),
        },
        unique=["district_id", "criterion"],
    ),
    "vetoes": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "veto": _code(),
            "vetoed": pa.Column("boolean", nullable=True),
            "found": _remarks(),
            "excluded_m2": _measure(NOT_NEGATIVE),
        },
        unique=["district_id", "veto"],
    ),
    "rollout": pa.DataFrameSchema(
        {
            **{name: _code() for name in ("service", "zone_id", "cell_id")},
            "units": pa.Column("Int64", pa.Check.gt(0)),
            **{
                name: pa.Column("Int64", NOT_NEGATIVE, nullable=True)
                for name in ("month_before", "last_before", "month_after")
            },
            **{name: pa.Column(str, nullable=True) for name in ("date_before", "date_after")},
            **{name: pa.Column("Int64", NOT_NEGATIVE) for name in ("capex_krw", "opex_krw_year")},
            **{f"{payer}_krw": pa.Column("Int64", NOT_NEGATIVE) for payer in PAYERS},
            "users_lost": _measure(),
            "lacking": pa.Column("Int64", NOT_NEGATIVE, nullable=True),
            "users_per_100m_krw": _measure(),
        },
        unique=["service", "zone_id"],
    ),
    "rollout_frontier": pa.DataFrameSchema(
        {
            "share": pa.Column(float, pa.Check.gt(0), unique=True),
            "capital_krw": pa.Column("Int64", NOT_NEGATIVE),
            **{name: _measure(NOT_NEGATIVE, nullable=False) for name in ("users", "bound")},
        }
    ),
    "rollout_limits": pa.DataFrameSchema(
        {
            "year": pa.Column("Int64", pa.Check.in_range(1900, 2200)),
            "payer": pa.Column(str, pa.Check.isin([*PAYERS, "all", "running"])),
            **{name: pa.Column("Int64", NOT_NEGATIVE) for name in ("limit_krw", "used_krw")},
            "users_per_100m_krw": _measure(NOT_NEGATIVE, nullable=False),
        },
        unique=["year", "payer"],
    ),
    "facts": pa.DataFrameSchema(
        {
            "id": _code(unique=True),
            "value": _measure(nullable=False),
            "unit": _code(),
            "digits": pa.Column("Int64", pa.Check.in_range(-15, 15)),
            "source": _code(),
            "row": _code(),
            "shown": _measure(nullable=False),
            "fixed": pa.Column(bool),
        }
    ),
    "programme": pa.DataFrameSchema(
        {
            "round": _code(),
            "plan_id": _code(),
            "district_id": _code(),
            "rule": _code(),
            "binding": pa.Column(bool),
            "outcome": pa.Column(str, pa.Check.isin(["met", "not_met", "unknown"])),
            "value": _measure(),
            "limit": _measure(),
            "unit": _code(),
            "found": _remarks(),
            "required": _remarks(),
            "source": _code(),
            "evidence": _code(),
        },
        unique=["round", "plan_id", "district_id", "rule"],
    ),
    "history": pa.DataFrameSchema(
        {
            "zone_id": _code(),
            "column": pa.Column(str, pa.Check.isin(["population", "businesses"])),
            "year": pa.Column("Int64", pa.Check.in_range(1900, 2100)),
            "value": _count(),
        },
        unique=["zone_id", "column", "year"],
    ),
    "parcels": pa.DataFrameSchema(
        {
            "pnu": _code(nullable=True),
            "land_price_krw_m2": _measure(pa.Check.gt(0)),
            "public": pa.Column("boolean", nullable=True),
        }
    ),
    "zoning": pa.DataFrameSchema(
        {
            "code": _code(unique=True),
            "name": _code(),
            "coverage_max_pct": _measure(NOT_NEGATIVE),
            "floor_area_max_pct": _measure(NOT_NEGATIVE),
            "fit": _measure(UNIT_SHARE),
        }
    ),
    "suitability": pa.DataFrameSchema(
        {"cell_id": _code(unique=True), "suitability": _measure(UNIT_SHARE), "closed": _code(nullable=True)}
    ),
    "gaps": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "kind": _code(),
            "mode": pa.Column(str, pa.Check.isin(["walk", "drive"])),
            "minutes": _measure(pa.Check.gt(0), nullable=False),
            "people": _measure(NOT_NEGATIVE),
            "beyond": _measure(NOT_NEGATIVE),
            "share": _measure(UNIT_SHARE),
            "missing": _remarks(),
        },
        unique=["district_id", "kind"],
    ),
    "scores": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "method": pa.Column(str, pa.Check.isin(METHODS)),
            "score": _measure(UNIT_SHARE),
            "score_low": _measure(UNIT_SHARE),
            "score_high": _measure(UNIT_SHARE),
            "rank": pa.Column("Int64", pa.Check.gt(0), nullable=True),
            "vetoed": pa.Column(bool),
            "missing": _code(nullable=True),
        },
        unique=["district_id", "method"],
    ),
    "contributions": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "criterion": _code(),
            "utility": _measure(UNIT_SHARE),
            "profile_weight": _measure(UNIT_SHARE, nullable=False),
            "weight": _measure(UNIT_SHARE, nullable=False),
            "contribution": _measure(UNIT_SHARE),
        },
        unique=["district_id", "criterion"],
    ),
    "robustness": pa.DataFrameSchema(
        {
            "district_id": _code(unique=True),
            "rank": pa.Column("Int64", pa.Check.gt(0)),
            "rank_best": pa.Column("Int64", pa.Check.gt(0)),
            "rank_worst": pa.Column("Int64", pa.Check.gt(0)),
            "settling_criterion": _code(nullable=True),
            "least_criterion": _code(nullable=True),
            "least_from": _measure(UNIT_SHARE),
            "least_to": _measure(UNIT_SHARE),
            "least_rival": _code(nullable=True),
        }
    ),
    "acceptability": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "weighting": pa.Column(str, pa.Check.isin(WEIGHTINGS)),
            "rank_acceptability": _shares(nullable=False),
            "central_weights": _shares(nullable=True),
            "confidence": _measure(UNIT_SHARE),
        },
        unique=["district_id", "weighting"],
    ),
    "tornado": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "criterion": _code(),
            "weight": _measure(UNIT_SHARE, nullable=False),
            "weight_low": _measure(UNIT_SHARE),
            "weight_high": _measure(UNIT_SHARE),
            "rival_low": _code(nullable=True),
            "rival_high": _code(nullable=True),
        },
        unique=["district_id", "criterion"],
    ),
    "pairs": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "other_id": _code(),
            "difference": _measure(pa.Check.in_range(-1, 1), nullable=False),
            **{f"winning_{weighting}": _measure(UNIT_SHARE, nullable=False) for weighting in WEIGHTINGS},
        },
        unique=["district_id", "other_id"],
    ),
    "reasons": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "other_id": _code(nullable=True),
            "reason": _remarks(),
            "unknown": _remarks(),
        },
        unique=["district_id", "other_id"],
    ),
    "plan": pa.DataFrameSchema(_openings(), unique=["district_id", "opening_id"]),
    "plans": pa.DataFrameSchema(
        {"plan_id": _code(), "number": _code(), **_openings()}, unique=["plan_id", "opening_id"]
    ),
    "money": pa.DataFrameSchema(
        {
            "plan_id": _code(),
            "district_id": _code(),
            "year": pa.Column("Int64", pa.Check.in_range(1900, 2200)),
            "part": pa.Column(str, pa.Check.isin(["in_district", "diffusion"])),
            "service": _code(),
            "kind": pa.Column(str, pa.Check.isin(["capital", "running"])),
            "payer": pa.Column(str, pa.Check.isin([*PAYERS, "unstated"])),
            "krw": pa.Column("Int64", pa.Check.gt(0)),
        },
        unique=["plan_id", "district_id", "year", "part", "service", "kind", "payer"],
    ),
    "totals": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "service": _code(),
            "month": pa.Column("Int64", NOT_NEGATIVE),
            "adopters_inside": _measure(NOT_NEGATIVE, nullable=False),
            "adopters_outside": _measure(NOT_NEGATIVE, nullable=False),
            "potential_inside": _measure(NOT_NEGATIVE, nullable=False),
            "potential_outside": _measure(NOT_NEGATIVE, nullable=False),
        },
        unique=["district_id", "service", "month"],
    ),
    "difference": pa.DataFrameSchema(
        {
            **{name: _code() for name in ("scenario_a", "scenario_b", "service")},
            "where": pa.Column(str, pa.Check.isin(["inside", "outside", "total"])),
            "month": pa.Column("Int64", NOT_NEGATIVE),
            "mean_a": _measure(NOT_NEGATIVE, nullable=False),
            "mean_b": _measure(NOT_NEGATIVE, nullable=False),
            "difference": _measure(nullable=False),
            "low": _measure(),
            "high": _measure(),
            **{name: _measure() for name in ("q10", "q90")},
            "q50": _measure(nullable=False),
            "share_higher": _measure(UNIT_SHARE, nullable=False),
        },
        unique=["scenario_a", "scenario_b", "service", "where", "month"],
    ),
    "sensitivity": pa.DataFrameSchema(
        {
            "district_id": _code(),
            "parameter": _code(unique=True),
            **{name: _measure() for name in ("first_order", "first_order_half", "total", "total_half")},
        }
    ),
}
# These two are what the region has in the end.
SCHEMAS |= {"source_zoning": SCHEMAS["zoning"], "source_parcels": SCHEMAS["parcels"]}
