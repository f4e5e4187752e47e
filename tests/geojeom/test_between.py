"""Files between the steps: one that is absent or cut off says which command makes it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from geojeom.between import open_dataset
from geojeom.errors import SourceError


@pytest.mark.parametrize("content", [b"", b"CDF\x01", b"\x89HDF\r\n\x1a\n" + b"\0" * 50, b"no dataset"])
def test_an_ensemble_that_is_cut_off_says_what_to_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "diffusion.nc").write_bytes(content)
    with (
        pytest.raises(SourceError, match=r"run `geojeom decisions ensemble \S+` again"),
        open_dataset(tmp_path / "diffusion.nc"),
    ):
        pass


def test_no_ensemble_says_what_to_run(tmp_path: Path) -> None:
    with (
        pytest.raises(SourceError, match=r"Run `geojeom decisions ensemble \S+` first"),
        open_dataset(tmp_path / "diffusion.nc"),
    ):
        pass
