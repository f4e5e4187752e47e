"""Installed from its wheel, Geojeom needs no checkout: catalogues, generator, rules and pages come along."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources: building writes beside them."""
    source = tmp_path_factory.mktemp("source") / "geojeom"
    leave = shutil.ignore_patterns(".*", "__pycache__", "results", "cache", "artefacts", "tests", "*.egg-info")
    shutil.copytree(ROOT, source, ignore=leave)
    out = source.parent / "wheels"
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(out),
        str(source),
    ]
    subprocess.run(build, check=True)
    return next(out.glob("geojeom-*.whl"))


@pytest.fixture(scope="module")
def console(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``geojeom`` in an environment of its own that holds this wheel, and the libraries of the one tests run in."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    paths = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    site = Path(paths["purelib"])
    target = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(home),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(target, check=True)
    # A path file is read for its folders alone: the checkout that the tests' environment points to stays unseen.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return Path(paths["scripts"]) / "geojeom"


def test_the_wheel_holds_all_that_a_run_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [path for path in (ROOT / "data").rglob("*.yaml") if "cache" not in path.relative_to(ROOT).parts]
    assert {f"geojeom/{path.relative_to(ROOT).as_posix()}" for path in shipped} <= names
    assert {f"geojeom/data/sample/{path.name}" for path in (ROOT / "data/sample").glob("*.py")} <= names
    assert {f"{room}/rules.smk" for room in ("spatial", "simulation", "decisions", "maps")} <= names
    parts = [path for folder in ("assets", "dist") for path in (ROOT / "maps" / folder).iterdir()]
    assert {path.relative_to(ROOT).as_posix() for path in parts} <= names
    assert not {name for name in names if name.startswith("maps/web")}
    assert not {name for name in names if name.startswith(("tests", "benchmarks", "geojeom/data/cache"))}


def test_the_sample_city_from_an_empty_folder(console: Path, tmp_path: Path) -> None:
    here = tmp_path / "빈 폴더"
    # Folders of these names lie on many a planner's disk; they must not be taken for the rooms.
    for name in ("maps", "simulation", "data"):
        (here / name).mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def geojeom(*arguments: str) -> str:
        done = subprocess.run(
            [console, *arguments], cwd=here, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    geojeom("sample", "해밀")
    printed = geojeom("run", "해밀/haemil.yaml")
    pages = [Path("results", "haemil", f"{page}.html") for page in ("compare", "diffusion", "report")]
    assert printed.splitlines()[-3:] == [str(page) for page in pages]
    assert all((here / page).stat().st_size > 100_000 for page in pages)
    assert sorted(path.name for path in here.iterdir()) == ["data", "maps", "results", "simulation", "해밀"]
    assert "nothing has changed" in geojeom("run", "해밀")
