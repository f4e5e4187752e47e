from __future__ import annotations

from pathlib import Path

import pytest

from tests.maps import toy


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return toy.write(tmp_path_factory.mktemp("toy"))
