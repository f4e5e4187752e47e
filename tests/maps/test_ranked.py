"""Districts found earlier, read for the page: only as GeoJSON, and only those of these very cells."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from geojeom.errors import SourceError
from maps.ranked import searched
from spatial.reading.provenance import sha256

LAYER = '<OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
VRT = f"<OGRVRTDataSource>{LAYER}</OGRVRTDataSource>"
LINKED = '{"type": "link", "properties": {"href": "http://a.example"}}'


def found(folder: Path, areas: str, cells_sha256: str | None = None) -> Path:
    """What a search for new districts leaves, with ``areas`` as its outlines."""
    (folder / "cells.parquet").write_bytes(b"cells")
    (folder / "suitability_new.parquet").write_bytes(b"surface")
    told = {"cells_sha256": cells_sha256 or sha256(folder / "cells.parquet")}
    (folder / "found_new.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "found_new.geojson").write_text(areas, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "areas",
    [
        VRT,
        f'{{"type": "FeatureCollection", "crs": {LINKED}, "features": []}}',
        "ID\n1\n",
    ],
)
def test_outlines_that_are_no_geojson_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, areas: str
) -> None:
    monkeypatch.setattr("maps.ranked.read_table", lambda *_: None)
    with pytest.raises(SourceError, match=r"found_new\.geojson"):
        searched(found(tmp_path, areas))


def test_outlines_of_other_cells_are_not_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        searched(found(tmp_path, VRT, "of other cells"))
    assert "the districts found as new are of other cells and not shown" in caplog.text
