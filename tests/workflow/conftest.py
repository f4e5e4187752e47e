"""A copy of the house with a small sample city in it, run once by Snakemake; the tests then change one thing each."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class House:
    """A copy of the project with its own small city, profile and results."""

    folder: Path

    def run(self, *args: str, region: str = "small.yaml") -> subprocess.CompletedProcess:
        """Run Snakemake in the copy, with the copy's own modules."""
        command = [sys.executable, "-m", "snakemake", "--cores", "2", *args, "--config", f"region={region}"]
        env = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONUTF8": "1"}
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def would_run(self) -> set[str]:
        """Return the rules a run would execute now."""
        done = self.run("--dry-run")
        assert done.returncode == 0, done.stderr
        return set(re.findall(r"^(?:local)?(?:rule|checkpoint) (\w+):", done.stdout + done.stderr, re.MULTILINE))

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


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> House:
    folder = tmp_path_factory.mktemp("house")
    skip = shutil.ignore_patterns("cache", "__pycache__")
    for name in ("geojeom", "spatial", "simulation", "decisions", "maps", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    for name in ("Snakefile", "environment.yaml"):
        shutil.copy(ROOT / name, folder / name)
    city = folder / "city"
    subprocess.run([sys.executable, folder / "data/sample", city, "--scale", "0.1"], check=True, cwd=folder)
    shutil.copy(folder / "data/profiles/balanced.yaml", folder / "profile.yaml")
    shutil.copy(folder / "data/plans/default.yaml", folder / "plan.yaml")
    region = (folder / "data/regions/haemil.yaml").read_text("utf-8").replace("../cache/haemil/", "city/")
    content = yaml.safe_load(region) | {"region": "small", "profile": "profile.yaml", "plan": "plan.yaml"}
    content["simulation"] = (content.get("simulation") or {}) | {"worlds": 8}
    (folder / "small.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return House(folder)


@pytest.fixture(scope="session")
def built(house) -> House:
    """The house after one full run."""
    done = house.run()
    assert done.returncode == 0, done.stderr[-4000:]
    return house
