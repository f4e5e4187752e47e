"""People beyond the national minimum, on a street of five cells (conftest), reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.messages import Remark, from_column
from geojeom.tables import check_schema
from spatial.config.minimum import Minimum
from spatial.measures.gaps import beyond_minimum, gaps

# At 3.6 km/h 100 m take 100 s. A clinic (cells c, d) must be within 1.7 min = 102 s: cells b, c, d, e have one, a has
# not. A library (cell e) within 3 min by car at 36 km/h = 10 s a cell: all have one. No pharmacy is known.


def test_share_of_people_beyond(place) -> None:
    # A: 100 of 400 lack a clinic, none a library, mean 1/8. B: none of 50.
    out = beyond_minimum(place, kinds=["clinic", "pharmacy", "library"])
    assert out.value.tolist() == pytest.approx([0.125, 0])
    assert out.notes[0] == ["mean of 2 kinds; no data on pharmacy"]
    assert beyond_minimum(place, kinds=["clinic"]).value.tolist() == pytest.approx([0.25, 0])
    assert beyond_minimum(place, kinds=["clinic"]).notes == [[], []]
    assert np.isnan(beyond_minimum(place, kinds=["pharmacy"]).value).all()


def test_half_the_speed_on_foot(place) -> None:
    # 100 m now take 200 s: b and e lack a clinic too.
    slow = replace(place, minimum=place.minimum.model_copy(update={"walk_kmh": 1.8}))
    assert beyond_minimum(slow, kinds=["clinic", "library"]).value.tolist() == pytest.approx([0.5, 0.5])


def test_homes_around_the_district_count(place) -> None:
    # 100 s on foot from A reach c as well: 100 of 450 people lack a clinic.
    around = replace(place, minimum=place.minimum.model_copy(update={"around_walk_min": 1.7}))
    assert beyond_minimum(around, kinds=["clinic"]).value[0] == pytest.approx(100 / 450)


def test_a_kind_the_standard_does_not_name_is_refused(place) -> None:
    with pytest.raises(ValueError, match="the national minimum names no wifi; it names clinic, pharmacy, library"):
        beyond_minimum(place, kinds=["wifi"])


def test_the_table_of_gaps(place) -> None:
    table = gaps(place)
    check_schema(table, "gaps", "gaps")
    a = table[table["district_id"] == "A"].set_index("kind")
    assert a["people"].tolist() == [400, 400, 400]
    assert a.loc["clinic", ["beyond", "share"]].tolist() == [100, 0.25]
    assert a.loc["library", "beyond"] == 0
    assert np.isnan(a.loc["pharmacy", "share"])
    assert from_column(a.loc["pharmacy", "missing"]) == [Remark("facilities.unknown", kinds=["pharmacy"])]
    nobody = gaps(replace(place, cells=place.cells.assign(population=place.cells["youth"])))
    check_schema(nobody, "gaps", "gaps")
    assert nobody["people"].isna().all()
    assert {remark for text in nobody["missing"] for remark in from_column(text)} == {"no people known there"}


def test_the_shipped_standard_has_the_minutes_of_the_reference() -> None:
    standard = read_catalogue(CATALOGUES / "minimum.yaml", Minimum)
    minutes = {kind: (within.mode, within.minutes) for kind, within in standard.kinds.items()}
    # Domain reference 2.2, upper ends: five that its sources print.
    assert minutes["kindergarten"] == ("walk", 10)
    assert minutes["elementary_school"] == ("walk", 15)
    assert minutes["library"] == ("drive", 10)
    assert minutes["welfare_centre"] == ("drive", 30)
    assert minutes["culture"] == ("drive", 20)
    assert (standard.walk_kmh, standard.drive_kmh) == (3, 25)
