from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from simulation.kernels.compiled import kernel
from simulation.kernels.product import product, row_in_loops, row_in_vectors
from simulation.kernels.vectors import VECTOR


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


@kernel
def in_loops(indptr, indices, weight, share, first, last, out):
    for i in range(first, last):
        row_in_loops(indices, weight, share, indptr[i], indptr[i + 1], out[i])


@kernel
def in_vectors(indptr, indices, weight, share, first, last, out):
    for i in range(first, last):
        row_in_vectors(indices, weight, share, indptr[i], indptr[i + 1], out[i])


@pytest.mark.parametrize("lanes", [16, 80])
def test_plain_loops_have_the_bits_of_the_vectors(lanes: int) -> None:
    rng = np.random.default_rng(7)
    matrix = sparse.random(300, 200, density=0.1, format="csr", dtype=np.float32, random_state=rng)
    share = rng.random((200, lanes), np.float32)
    both = []
    for one in (in_loops, in_vectors):
        out = np.full((300, lanes), np.nan, np.float32)
        one(matrix.indptr.astype(np.int64), matrix.indices, matrix.data, share, 0, 300, out)
        both.append(out)
    assert both[0].tobytes() == both[1].tobytes()


# llvmlite as it is, or without its vectors, as another version might be.
WITHOUT = """
import sys
import numpy as np
from llvmlite import ir
if sys.argv[1] == "without":
    ir.IRBuilder.shuffle_vector = None
from simulation.kernels import compiled
from simulation.kernels.product import product
share = np.random.default_rng(1).random((50, 32), dtype=np.float32)
indices = np.arange(50, dtype=np.int32)[::-1].copy()
out = np.empty((5, 32), np.float32)
product(np.arange(0, 60, 10), indices, np.linspace(0, 1, 50, dtype=np.float32), share, 0, 5, out)
print(compiled.VECTORS, out.tobytes().hex())
"""


@pytest.mark.slow
def test_where_the_vectors_cannot_be_compiled_plain_loops_stand_in(tmp_path: Path) -> None:
    def run(how: str) -> list[str]:
        root = Path(__file__).resolve().parents[3]
        env = os.environ | {"PYTHONPATH": str(root), "NUMBA_CACHE_DIR": str(tmp_path / how)}
        command = [sys.executable, "-c", WITHOUT, how]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.split()

    told = [run("with"), run("without")]
    assert [one[0] for one in told] == ["True", "False"]
    assert told[0][1] == told[1][1]
