"""YAML 1.2's core schema: what each spelling is (yaml.org/spec/1.2.2, chapter 10.3), and what is refused in bounds."""

import contextlib
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geojeom.checked_yaml import read_yaml
from geojeom.errors import RegionError


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("020", 20),
        ("+5", 5),
        ("0o17", 15),
        ("0x1F", 31),
        ("5e1", 50.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("-.inf", -math.inf),
        ("~", None),
        ("", None),
        ("TRUE", True),
        ("yes", "yes"),
        ("NO", "NO"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("2025-02-30", "2025-02-30"),
        ("0b11", "0b11"),
        ("１２", "１２"),
        # Beyond the core schema, as it shows what it says: thousands apart, and no other underscores.
        ("60_000_000", 60_000_000),
        ("1_00", "1_00"),
    ],
)
def test_a_value_is_what_it_shows(tmp_path: Path, written: str, read: object) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"k: {written}\n", encoding="utf-8")
    found = read_yaml(path)["k"]
    assert (found, type(found)) == (read, type(read))


BILLION_LAUGHS = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"{here}: &{here} [{', '.join([f'*{before}'] * 9)}]\n" for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('k: !!int "abc"', "no number"),
        ("k: " + "9" * 5000, "a number of 5000 digits"),
        ("k: " + "[" * 900 + "]" * 900, "more than 32 deep"),
        ("k: &a [*a]", "an anchor inside itself"),
        (BILLION_LAUGHS, "unfold to too much"),
        ("k: &a " + "x" * 100_000 + "\nl: [" + "*a, " * 100 + "1]", "unfold to too much"),
        ("k: " + "x" * 1_000_001, "a larger file"),
        ('k: "\\ud800"', "half a character"),
        ('k: "\\UFFFFFFFF"', "valid YAML"),
        ("k: !!python/name:os.system", "a tag that settings do not have"),
        ("k: !!timestamp 2025-02-30", "a tag that settings do not have"),
        ("{[a]: 1}", "a key that is no text"),
    ],
)
def test_what_has_no_end_or_no_sense_is_one_short_fault(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegionError, match=said) as caught:
        read_yaml(path)
    assert len(str(caught.value)) < 600


def test_keys_are_texts_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("k: {01: a, 2: b, null: c, true: d}\n", encoding="utf-8")
    assert read_yaml(path) == {"k": {"01": "a", "2": "b", "null": "c", "true": "d"}}


@given(st.binary(max_size=80) | st.text(alphabet=" \n-:[]{}&*!|>'\"#%@`,?~<ab01.", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(raw)
    with contextlib.suppress(RegionError):
        read_yaml(path)
