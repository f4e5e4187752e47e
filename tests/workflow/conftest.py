"""What the tests of whole runs share.

A copy of the house with a small sample city in it, run once by Snakemake: the tests then change one thing each. And the
whole sample city, run once by Geojeom as it is installed from its wheel.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from geojeom import cli, warm
from geojeom.catalogues import CATALOGUES
from geojeom.results import configuration
from geojeom.workers import workers
from tests.browser.waiting import context
from tests.conftest import Once
from tests.workflow import copies
from tests.workflow.copies import ROOT

# A region file whose name a shell would trip over.
REGION = "my;town! $HOME 서울.yaml"


@dataclass
class House:
    """A copy of the project with its own small city, profile and results."""

    folder: Path

    def run(self, *args: str, region: str = REGION) -> subprocess.CompletedProcess:
        """Run Snakemake in the copy, with the copy's own modules; the region is handed on as ``make`` does it."""
        command = [sys.executable, "-m", "snakemake", "--cores", "2", *args]
        env = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONUTF8": "1", "GEOJEOM_REGION": region}
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def would_run(self) -> set[str]:
        """Return the rules a run would execute now."""
        done = self.run("--dry-run")
        assert done.returncode == 0, done.stderr
        return set(re.findall(r"^(?:local)?(?:rule|checkpoint) (\w+):", done.stdout + done.stderr, re.MULTILINE))

    def as_it_was(self) -> AbstractContextManager[None]:
        """Put results and what Snakemake knows of them back afterwards: no run has to do it."""
        return copies.as_they_were(self.folder, "results", ".snakemake")

    @contextmanager
    def edited(self, name: str, old: str, new: str) -> Iterator[None]:
        """Replace ``old`` in a file of the copy, and put the file back afterwards, as it was and with its time."""
        path = self.folder / name
        text, stat = path.read_text("utf-8"), path.stat()
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        try:
            yield
        finally:
            path.write_text(text, "utf-8")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.fixture(scope="module")
def page(browser):
    """One page for all tests of a file, with the network cut."""
    window = context(browser, offline=True, viewport={"width": 1280, "height": 800})
    yield window.new_page()
    window.close()


@pytest.fixture(scope="session")
def whole(once: Once, sample_city: Callable[[float], Path]) -> Path:
    """The folder ``city`` with a small sample city's sources, and its results after one run: ``results/small``.

    The first run of all, so that whatever is a copy of the project has its kernels compiled.
    """

    def make(folder: Path) -> None:
        shutil.copytree(sample_city(0.1), folder / "city")
        text = (ROOT / "data/regions/haemil.yaml").read_text("utf-8").replace("../cache/haemil/", "city/")
        # Its plans are plans of Haemil.
        content = yaml.safe_load(text) | {"region": "small", "simulation": {"worlds": 8}, "plans": []}
        (folder / "small.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        bring(Path(cli.function("simulation", "resolve")([str(folder / "small.yaml")], folder / "results")[0]))

    return once("whole", make)


def bring(folder: Path) -> list[str]:
    """Bring a region's results up to date, as ``geojeom run`` does but in this process; the steps that ran."""
    with workers(1) as here:
        return warm.run(folder, configuration(folder), copies.COMMANDS, CATALOGUES, workers=here, say=lambda text: None)


@pytest.fixture(scope="session")
def house(tmp_path_factory, sample_city, whole) -> House:
    # In a folder a shell would trip over, but for the colon: PYTHONPATH has no way to name one.
    folder = copies.house(tmp_path_factory.mktemp("house") / copies.HOSTILE.replace(":", ""))
    shutil.copytree(sample_city(0.1), folder / "city")
    shutil.copy(folder / "data/profiles/balanced.yaml", folder / "profile.yaml")
    shutil.copy(folder / "data/plans/default.yaml", folder / "plan.yaml")
    region = (folder / "data/regions/haemil.yaml").read_text("utf-8").replace("../cache/haemil/", "city/")
    own = {"region": "small", "profile": "profile.yaml", "plan": "plan.yaml", "plans": []}
    content = yaml.safe_load(region) | own
    content["simulation"] = (content.get("simulation") or {}) | {"worlds": 8}
    (folder / REGION).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return House(folder)


@pytest.fixture(scope="session")
def built(house) -> House:
    """The house after one full run."""
    done = house.run()
    assert done.returncode == 0, done.stderr[-4000:]
    return house


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of the sources: building writes beside them."""
    source = tmp_path_factory.mktemp("source") / "geojeom"
    made = ("__pycache__", "results", "cache", "artefacts", "node_modules", "*.egg-info")
    leave = shutil.ignore_patterns(".*", "tests", *made)
    shutil.copytree(ROOT, source, ignore=leave)
    out = source.parent / "wheels"
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", out, source], check=True)
    return next(out.glob("geojeom-*.whl"))


@dataclass
class Installed:
    """Geojeom in an environment of its own, used from ``here``, a folder that held nothing of it before."""

    console: Path
    here: Path

    def run(self, *arguments: str) -> str:
        """What ``geojeom ARGUMENTS`` prints; it must end well."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [self.console, *arguments], cwd=self.here, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def installed(wheel, whole, tmp_path_factory) -> Installed:
    """The wheel in an environment that sees the libraries of the one the tests run in, and not the checkout."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    paths = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    target = [sys.executable, "-m", "pip", "--python", home, "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(target, check=True)
    # Kernels of the same sources are the same wherever they lie; tests/simulation/test_cold_start.py has none kept.
    for kept in (path for room in copies.SOURCES for path in (ROOT / room).rglob("__pycache__/*.nb?")):
        target = Path(paths["purelib"]) / kept.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(kept, target)
    # A path file is read for its folders alone: the checkout that the tests' environment points to stays unseen.
    (Path(paths["purelib"]) / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    here = tmp_path_factory.mktemp("user") / "빈 폴더"
    # Folders of these names lie on many a planner's disk; they must not be taken for the rooms.
    for name in ("maps", "simulation", "data"):
        (here / name).mkdir(parents=True)
    return Installed(Path(paths["scripts"]) / "geojeom", here)


@pytest.fixture(scope="session")
def haemil(installed, once: Once) -> tuple[Path, list[str]]:
    """The folder of the whole sample city's results, and the lines that its run printed."""
    installed.run("sample", "haemil")
    # Whoever looks at its files hereafter need not draw it once more (see sample_city).
    leave = shutil.ignore_patterns("haemil.yaml")
    once(
        "sample-1", lambda folder: shutil.copytree(installed.here / "haemil", folder, ignore=leave, dirs_exist_ok=True)
    )
    printed = installed.run("run", "haemil/haemil.yaml")
    return installed.here / "results" / "haemil", printed.splitlines()
