import numpy as np
import pytest
from scipy import sparse

from simulation.kernels.product import VECTOR, product


@pytest.mark.parametrize("lanes", [16, 32, 64, 80, 144])
def test_bits_of_the_plain_loop(lanes: int) -> None:
    """Neighbour after neighbour in float32, multiply and add apart."""
    rng = np.random.default_rng(3)
    matrix = sparse.random(40, 30, density=0.2, format="csr", dtype=np.float32, random_state=rng)
    share = rng.random((30, lanes), np.float32)
    expected = np.zeros((40, lanes), np.float32)
    for i in range(40):
        for k in range(matrix.indptr[i], matrix.indptr[i + 1]):
            expected[i] += matrix.data[k] * share[matrix.indices[k]]
    out = np.full((40, lanes), np.nan, np.float32)
    product(matrix.indptr.astype(np.int64), matrix.indices, matrix.data, share, 0, 40, out)
    np.testing.assert_array_equal(out, expected)
    np.testing.assert_allclose(out, matrix @ share, rtol=1e-6)


def test_only_the_rows_asked_for() -> None:
    out = np.full((3, VECTOR), -1.0, np.float32)
    indptr, indices = np.array([0, 1, 2, 2]), np.array([1, 0], np.int32)
    share = np.arange(2 * VECTOR, dtype=np.float32).reshape(2, VECTOR)
    product(indptr, indices, np.array([2.0, 3.0], np.float32), share, 1, 3, out)
    assert (out[0] == -1).all()
    np.testing.assert_array_equal(out[1], 3 * share[0])
    assert (out[2] == 0).all()
