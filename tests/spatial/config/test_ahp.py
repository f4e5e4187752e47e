"""Weights from pairwise judgements: a published hierarchy, and what an inconsistent matrix is told."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from pydantic import ValidationError

from geojeom.catalogues import CATALOGUES
from geojeom.checked_yaml import read_catalogue
from geojeom.models import Text
from spatial.config.ahp import ahp, contradiction, judged, provenance
from spatial.config.catalogue import Pairwise, Profile


def matrix_of(text: str) -> np.ndarray:
    return np.array([[float(Fraction(word)) for word in row.split()] for row in text.split(",")])


# Papathanasiou and Ploskas 2018, site selection. doi 10.1007/978-3-319-91648-4
CRITERIA = matrix_of("1 1 5 3, 1 1 5 3, 1/5 1/5 1 1/3, 1/3 1/3 3 1")
SITES_BY_CRITERION = [
    "1 5 1 1 1/3 3, 1/5 1 1/3 1/5 1/7 1, 1 3 1 1/3 1/5 1, 1 5 3 1 1/3 3, 3 7 5 3 1 7, 1/3 1 1 1/3 1/7 1",
    "1 7 3 1/3 1/3 1/3, 1/7 1 1/3 1/7 1/9 1/7, 1/3 3 1 1/5 1/5 1/5, 3 7 5 1 1 1, 3 9 5 1 1 1, 3 7 5 1 1 1",
    "1 1/9 1/7 1/9 1 1/5, 9 1 1 1 5 3, 7 1 1 1 5 1, 9 1 1 1 7 3, 1 1/5 1/5 1/7 1 1/3, 5 1/3 1 1/3 3 1",
    "1 1/5 1/5 1/3 1/7 1/5, 5 1 1 3 1/3 1, 5 1 1 1 1/3 1, 3 1/3 1 1 1/7 1, 7 3 3 7 1 5, 5 1 1 1 1/5 1",
]


def test_site_selection_to_the_printed_digits() -> None:
    found = ahp(CRITERIA)
    assert found.weights.round(4).tolist() == [0.3899, 0.3899, 0.0679, 0.1524]
    assert [round(value, 4) for value in (found.lambda_max, found.ci, found.cr)] == [4.0435, 0.0145, 0.0161]
    assert found.consistent
    sites = [ahp(matrix_of(text)) for text in SITES_BY_CRITERION]
    assert [round(site.cr, 4) for site in sites] == [0.0335, 0.0264, 0.0221, 0.0398]
    priorities = np.column_stack([site.weights for site in sites]) @ found.weights
    assert priorities.round(3).tolist() == [0.117, 0.071, 0.095, 0.212, 0.350, 0.155]


def test_consistent_judgements_give_back_their_weights() -> None:
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    found = ahp(weights[:, None] / weights)
    assert found.weights.tolist() == pytest.approx(weights.tolist())
    assert (found.lambda_max, found.ci, found.cr) == pytest.approx((4, 0, 0), abs=1e-12)
    assert found.triple_ratio == pytest.approx(1)


def test_the_judgements_that_fit_least_are_named() -> None:
    # Consistent with weights 8:4:2:1 but for the first to the last, 1/2 instead of 8.
    matrix = np.array([[1, 2, 4, 1 / 2], [1 / 2, 1, 2, 4], [1 / 4, 1 / 2, 1, 2], [2, 1 / 4, 1 / 2, 1]])
    found = ahp(matrix)
    assert not found.consistent
    # By way of the second (2·4) or the third (4·2) the first is 8 times the last, 16 times what was said.
    assert found.triple in {(0, 1, 3), (0, 2, 3)}
    assert found.triple_ratio == pytest.approx(16)


def test_two_criteria_are_always_consistent() -> None:
    found = ahp(np.array([[1, 4], [1 / 4, 1]]))
    assert found.weights.tolist() == pytest.approx([0.8, 0.2])
    assert (found.cr, found.triple) == (0, None)


def test_judgements_are_read_as_written() -> None:
    read = Pairwise.model_validate({"criteria": ["a", "b"], "values": [[1, "1/5"], [5, 1]]})
    assert read.values == [[1, 0.2], [5, 1]]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([[1, 3], [3, 1]], "a to b is 3 but b to a is 3"),
        ([[2, 1], [1, 1]], "a to a is 2"),
        ([[1, 3]], "2 rows of 2"),
        ([[1, "third"], [3, 1]], "a number"),
        ([[1, -3], ["-1/3", 1]], "1/9 to 9"),
        ([[1, 12], ["1/12", 1]], "1/9 to 9"),
        ([[1, "9e999999999"], [1, 1]], "a number"),
        ([[1, True], [1, 1]], "a number"),
    ],
)
def test_judgements_that_cannot_be_meant_are_refused(values, text) -> None:
    with pytest.raises(ValidationError, match=text):
        Pairwise.model_validate({"criteria": ["a", "b"], "values": values})


def test_the_shipped_judgements_are_consistent() -> None:
    shipped = read_catalogue(CATALOGUES / "profiles" / "judged.yaml", Profile)
    found = judged(shipped)
    assert found.consistent
    assert found.weights.argmax() == 0


def test_contradicting_judgements_are_told_with_the_three_that_fit_least() -> None:
    both = {"ko": "가", "en": "a"}
    profile = {"id": "own", "label": both, "provenance": both}
    # A is 9 times B, B 9 times C, and C as important as A.
    values = [[1, 9, 1], ["1/9", 1, 9], [1, "1/9", 1]]
    own = Profile.model_validate(profile | {"pairwise": {"criteria": list("abc"), "values": values}})
    labels = {name: Text(ko=f"지표 {name}", en=f"criterion {name}") for name in "abc"}
    told = contradiction(own, labels)
    assert told is not None
    # Of three, lambda max = 1 + r^(1/3) + r^(-1/3) with r = 9 * 9 / 1: 5.5579, so CI 1.2789 and CR 1.2789 / 0.58.
    assert "consistency ratio 2.21, accepted to 0.10" in told.en
    assert "criterion a, criterion b, criterion c" in told.en
    assert "일관성 비율 2.21, 허용 0.10" in told.ko
    assert "지표 a, 지표 b, 지표 c" in told.ko
    assert contradiction(Profile.model_validate(profile | {"rule": "equal"}), labels) is None


def test_provenance_says_who_set_the_weights_when_and_how_consistent_they_are() -> None:
    both = {"ko": "가", "en": "a"}
    profile = {"id": "own", "label": both, "provenance": {"ko": "근거.", "en": "Basis."}, "rule": "equal"}
    unsaid = provenance(Profile.model_validate(profile), {})
    assert unsaid.en == "Basis. Who set the weights and when is not stated."
    own = profile | {"set_by": {"ko": "선정위원회", "en": "the committee"}, "set_on": "2026-03-12"}
    assert provenance(Profile.model_validate(own), {}).en == "Basis. Weights set by the committee, on 2026-03-12."
    # A is twice B, B twice C and A four times C: nothing contradicts.
    pairs = {"criteria": list("abc"), "values": [[1, 2, 4], ["1/2", 1, 2], ["1/4", "1/2", 1]]}
    told = provenance(Profile.model_validate({**own, "rule": None, "pairwise": pairs}), {})
    assert told.ko.endswith("쌍대비교의 일관성 비율(CR) 0.000(0.1 이하면 받아들임).")
    with pytest.raises(ValidationError, match="set_on"):
        Profile.model_validate(own | {"set_on": "12 March"})
