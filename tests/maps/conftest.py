from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Once
from tests.maps import toy


@pytest.fixture(scope="session")
def toy_folder(once: Once) -> Path:
    return once("toy", toy.write)
