from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


def load_toy() -> ModuleType:
    place = Path(__file__).with_name("toy.py")
    spec = importlib.util.spec_from_file_location("toy_region", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def toy_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_toy().write(tmp_path_factory.mktemp("toy"))
