from __future__ import annotations

import json
import zlib
from base64 import b64decode

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.embed import blob_script, json_script, json_text, pack, plain, varints
from tests.maps.decoding import from_varints, unpack

WHOLE = st.lists(st.integers(-(2**61), 2**61), max_size=60)


@given(st.text())
def test_json_reads_back_and_holds_no_markup(text: str) -> None:
    coded = json_text({"name": text})
    assert json.loads(coded)["name"] == text
    assert not set("<>&\u2028\u2029") & set(coded)


def test_a_script_in_a_name_stays_a_name() -> None:
    element = json_script("config", "</script><script>alert(1)</script><!--")
    assert element.count("<") == 2  # the element's own start and end
    assert element.endswith("</script>")


def test_an_id_that_could_break_out_is_refused() -> None:
    with pytest.raises(ValueError, match="not an element id"):
        blob_script('x"><script>', b"")


def test_unknown_is_null_whatever_it_is_called() -> None:
    unknown = [float("nan"), np.nan, pd.NA, pd.NaT, None, float("inf"), np.float32("nan")]
    assert plain(unknown) == [None] * 7
    assert plain({"n": np.int64(3), "x": np.float32(0.5), "b": np.bool_(True), "a": np.array([1, 2])}) == {
        "n": 3,
        "x": 0.5,
        "b": True,
        "a": [1, 2],
    }


def test_varints_are_bytes_worked_out_by_hand() -> None:
    # Zigzag: 0, -1, 1, -2, 2 -> 0, 1, 2, 3, 4; 64 -> 128 = 0x80 0x01; -8193 -> 16385 = 0x81 0x80 0x01.
    assert varints(np.array([0, -1, 1, -2, 2])) == bytes([0, 1, 2, 3, 4])
    assert varints(np.array([64, -8193])) == bytes([0x80, 0x01, 0x81, 0x80, 0x01])
    assert varints(np.array([], dtype=np.int64)) == b""


@given(WHOLE)
def test_varints_read_back(values: list[int]) -> None:
    assert from_varints(varints(np.array(values, dtype=np.int64))).tolist() == values


@given(st.binary(max_size=500))
def test_packed_bytes_are_raw_deflate_in_base64(data: bytes) -> None:
    assert unpack(pack(data)) == data
    assert zlib.decompress(b64decode(pack(data)), wbits=-15) == data
