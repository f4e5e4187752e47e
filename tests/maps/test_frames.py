from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from maps.frames import encode, quantise
from tests.maps.decoding import decode, share_of

FRAMES = arrays(np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=12))


def test_shares_by_hand() -> None:
    # 255·√y: 0 -> 0, 0.01 -> 25.5 -> 26 (rounded half to even), 0.25 -> 127.5 -> 128, 1 -> 255.
    assert quantise(np.array([0, 0.01, 0.25, 1.0])).tolist() == [0, 26, 128, 255]
    assert share_of(np.array([0, 51, 255], dtype=np.uint8)).tolist() == pytest.approx([0, 0.04, 1])


@given(st.floats(0, 1))
def test_the_error_is_at_most_half_a_step(share: float) -> None:
    error = abs(float(share_of(quantise(np.array([share])))[0]) - share)
    assert error <= np.sqrt(share) / 255 + 0.25 / 255**2 + 1e-12


def test_what_is_no_share_is_refused() -> None:
    for wrong in (-0.01, 1.01, float("nan")):
        with pytest.raises(ValueError, match="0 to 1"):
            quantise(np.array([0.5, wrong]))


def test_encoding_is_changes_cell_after_cell() -> None:
    frames = np.array([[0, 7], [2, 7], [1, 9]], dtype=np.uint8)
    assert list(encode(frames)) == [0, 2, 255, 7, 0, 2]


@given(FRAMES)
def test_frames_read_back(frames: np.ndarray) -> None:
    assert (decode(encode(frames), len(frames)) == frames).all()
