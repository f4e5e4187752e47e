import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.kernels.exponential import decay, growth


@settings(deadline=None)  # the first call compiles
@given(st.floats(0, 700))
def test_both_results_to_an_ulp_or_two_of_the_c_library(x: float) -> None:
    kept, lost = decay(x)
    assert abs(kept / np.exp(-x) - 1) < 4e-16
    assert lost == 0 if x == 0 else abs(lost / -np.expm1(-x) - 1) < 4e-16


def test_small_and_large_arguments() -> None:
    assert decay(0.0) == (1.0, 0.0)
    assert decay(1e-300) == (1.0, 1e-300)
    kept, lost = decay(1e9)
    assert 0 <= kept < 1e-300
    assert lost == 1.0


@settings(deadline=None)  # the first call compiles
@given(st.floats(0, 50), st.floats(0, 50))
def test_never_decreasing(a: float, b: float) -> None:
    small, large = sorted((a, b))
    assert decay(small)[1] <= decay(large)[1] + 3e-16


@settings(deadline=None)  # the first call compiles
@given(st.floats(0, math.log(2)))
def test_growth_to_an_ulp_or_two_of_the_c_library(x: float) -> None:
    found = growth(x)
    assert found == 0 if x == 0 else abs(found / np.expm1(x) - 1) < 4e-16
