"""Files of the results that the pages read: one that is cut off says which step makes it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from geojeom.errors import SourceError
from maps.folder import ensemble


@pytest.mark.parametrize("content", [b"", b"CDF\x01", b"\x89HDF\r\n\x1a\n" + b"\0" * 50, b"no dataset"])
def test_an_ensemble_that_is_cut_off_says_what_to_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "diffusion.nc").write_bytes(content)
    with pytest.raises(SourceError, match="run `geojeom decisions ensemble` again"):
        ensemble(tmp_path)


def test_no_ensemble_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Run `geojeom decisions ensemble` first"):
        ensemble(tmp_path)
