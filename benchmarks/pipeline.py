"""Seconds from an installed environment to three pages, as ``geojeom run`` takes them, in a process of its own each.

The sample city with no kernels compiled and none of its files read (cold), the same with kernels compiled, another city
with kernels compiled, and then the sample city again after one weight has changed, and after one candidate more.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import yaml

ROOT = Path(__file__).resolve().parent.parent
# What is aimed at, in seconds, on two cores that do nothing else.
TARGETS = {
    "sample city, cold": 30,
    "sample city, compiled": 15,
    "another city": 15,
    "one weight": 4,
    "one candidate": 4,
}


def run(region: Path, kernels: Path) -> tuple[float, float, list[str]]:
    """Run the pipeline in the folder of a region file.

    Returns wall seconds, seconds of processor time (which say more on a machine that is busy), and the steps with
    their wall seconds.
    """
    command = [sys.executable, "-m", "geojeom.cli", "run", region.name]
    env = os.environ | {"NUMBA_CACHE_DIR": str(kernels), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(command, cwd=region.parent, env=env, check=True, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used, [line for line in done.stdout.splitlines() if line.endswith(" s")]


def city(folder: Path, scale: float) -> Path:
    """The sample city at a scale with its region file, whose weights are a file beside it."""
    subprocess.run([sys.executable, ROOT / "data" / "sample", folder / "city", "--scale", f"{scale:g}"], check=True)
    shutil.copy(ROOT / "data" / "profiles" / "balanced.yaml", folder / "weights.yaml")
    text = (ROOT / "data" / "regions" / "haemil.yaml").read_text("utf-8").replace("../cache/haemil/", "city/")
    region = folder / "region.yaml"
    content = yaml.safe_load(text) | {"profile": "weights.yaml"}
    region.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return region


def more_weight(folder: Path) -> None:
    """Raise the first weight by a tenth."""
    path = folder / "weights.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    name = next(iter(content["weights"]))
    content["weights"][name] *= 1.1
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def one_more(folder: Path) -> None:
    """Add a candidate: the first one again, smaller and under another id and name."""
    path = folder / "city" / "candidates.geojson"
    content = json.loads(path.read_text("utf-8"))
    first = json.loads(json.dumps(content["features"][0]))
    first["properties"] |= {"district_id": "MORE", "name": "하나 더"}
    ring = first["geometry"]["coordinates"][0]
    middle = [sum(axis) / len(ring) for axis in zip(*ring, strict=True)]
    first["geometry"]["coordinates"] = [
        [[m + 0.8 * (c - m) for c, m in zip(point, middle, strict=True)] for point in ring]
    ]
    content["features"].append(first)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        kernels = Path(scratch, "kernels")
        folders = {name: Path(scratch, name) for name in ("cold", "compiled", "other")}
        for folder in folders.values():
            folder.mkdir()
        first, second, other = city(folders["cold"], 1.0), city(folders["compiled"], 1.0), city(folders["other"], 0.3)
        taken = {"sample city, cold": run(first, kernels), "sample city, compiled": run(second, kernels)}
        taken["another city"] = run(other, kernels)
        more_weight(second.parent)
        taken["one weight"] = run(second, kernels)
        one_more(second.parent)
        taken["one candidate"] = run(second, kernels)
        cells = len(pd.read_parquet(other.parent / "results" / "haemil" / "cells.parquet", columns=["cell_id"]))
    print(f"{os.cpu_count()} cores; the other city has {cells:,} cells")
    for name, (wall, used, _) in taken.items():
        print(f"{name:24}{wall:7.1f} s, {used:5.1f} s of processor time   (asked for: {TARGETS[name]} s)")
    for name, (*_, steps) in taken.items():
        print(f"\n{name}:")
        for step in steps:
            print(f"  {step}")


if __name__ == "__main__":
    main()
