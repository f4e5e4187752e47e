"""Wall time and peak memory of the whole pipeline on the sample city, rule by rule.

Cold: an empty results folder and no compiled kernels. Warm: the same again with the kernels compiled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
REGION = ROOT / "data" / "regions" / "haemil.yaml"


def run(folder: Path, kernels: Path) -> float:
    """Run the pipeline in ``folder``; returns wall seconds."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", ROOT / "Snakefile", "--directory", folder]
    command += ["--cores", "2", "--quiet", "all", "--config", f"region={REGION}"]
    start = time.perf_counter()
    subprocess.run(command, check=True, env=os.environ | {"NUMBA_CACHE_DIR": str(kernels)})
    return time.perf_counter() - start


def measured(folder: Path) -> pd.DataFrame:
    """Return seconds and peak memory per rule, as Snakemake measured them."""
    files = sorted(folder.glob("results/*/benchmarks/*.tsv"))
    rows = {path.stem: pd.read_csv(path, sep="\t").iloc[-1] for path in files}
    return pd.DataFrame({rule: {"s": row["s"], "peak_MiB": row["max_rss"]} for rule, row in rows.items()}).T


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        kernels = Path(scratch, "kernels")
        wall = {name: run(Path(scratch, name), kernels) for name in ("cold", "warm")}
        table = measured(Path(scratch, "cold")).join(measured(Path(scratch, "warm")), lsuffix="_cold", rsuffix="_warm")
    print(f"whole pipeline, 2 cores: cold {wall['cold']:.1f} s, warm {wall['warm']:.1f} s")
    print(table.round(1).to_string())


if __name__ == "__main__":
    main()
